"""Incidents: what goes wrong at many merchants at once, as one sentence that is read aloud until a time."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faults.models.content import Fault
from faults.models.variables import no_card_number
from faults.text.fold import fold
from faults.text.lines import lines

LONGEST = timedelta(days=7)  # what lasts longer is an entry


class IncidentQuerySet(models.QuerySet):
    def in_force(self):
        """Those that readers are told of now, the newest first."""
        now = timezone.now()
        return self.filter(is_proposed=False, starts_at__lte=now, ends_at__gt=now)

    def not_over(self):
        """Those in force, those to come, and those that are proposed."""
        return self.filter(ends_at__gt=timezone.now())


class Incident(models.Model):
    """Concerns entries, codes of whatever table, and searches that say one of the words; if it names none of them, everything.

    `is_proposed`: readers don't see it until somebody who may publish saves it. `set_by`: who did so, or who proposed it.
    """

    text = models.CharField(
        _("念什么"),
        max_length=120,
        validators=[RegexValidator(r"^[^{}｛｝]*$", _("这里不能有大括号。")), no_card_number],
        help_text=_("一两句，念给来电的人听：什么坏了，谁在处理，先做什么。"),
    )
    entries = models.ManyToManyField(Fault, blank=True, related_name="incidents", verbose_name=_("哪些条目"))
    codes = models.TextField(_("哪些码"), blank=True, help_text=_("一行一个，例如 91。哪家码表的都算。"))
    words = models.TextField(
        _("查哪些话"), blank=True, help_text=_("一行一个，例如“没网”。查的话里有它，就先念这一条。三样都空着：每一页都显示。")
    )
    starts_at = models.DateTimeField(_("从什么时候"), default=timezone.now)
    ends_at = models.DateTimeField(_("到什么时候"), db_index=True, help_text=_("到时候自己撤下，最长7天。"))
    is_proposed = models.BooleanField(_("只是提议"), default=False)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    set_by_name = models.CharField(_("谁定的"), max_length=150, editable=False)  # stays when the account goes

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("故障通报")
        verbose_name_plural = _("故障通报")
        default_permissions = ("add", "change", "view")  # what was said to callers stays
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="incident_has_text"),
            models.CheckConstraint(condition=models.Q(ends_at__gte=models.F("starts_at")), name="incident_ends_behind_its_start"),
        ]

    def __str__(self):
        return self.text

    def clean(self):
        """Raises ValidationError for times that make no sense, and for words that nearly every search says."""
        self.codes = "\n".join(dict.fromkeys(code.upper() for code in self.code_list))
        self.words = "\n".join(dict.fromkeys(self.word_list))
        if self.starts_at and self.ends_at:
            self._clean_times()
        if short := [word for word in self.word_list if len(fold(word)) < 2]:
            raise ValidationError({"words": _("“%(word)s”太短，几乎每句话里都有。写两个字以上。") % {"word": short[0]}})

    def _clean_times(self) -> None:
        if self.ends_at <= max(self.starts_at, timezone.now()):
            raise ValidationError({"ends_at": _("这个时间已经过了，或者在开始以前。请写一个以后的时间。")})
        if self.ends_at - self.starts_at > LONGEST:
            raise ValidationError({"ends_at": _("最长7天。更久的事请写成条目。")})

    @property
    def code_list(self) -> list[str]:
        return lines(self.codes)

    @property
    def word_list(self) -> list[str]:
        return lines(self.words)

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        if self.is_over:
            return _("没发就过了") if self.is_proposed else _("结束了")
        if self.is_proposed:
            return _("提议，等复核的人发")
        return _("有效") if self.starts_at <= timezone.now() else _("还没开始")
