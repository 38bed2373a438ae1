"""The short lists that entries are sorted by: categories, environments, actors, and the sources they rest on."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from faults.models.choices import Verdict


class SlugManager(models.Manager):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Named(models.Model):
    """A name with a slug for addresses and fixtures, and a place in the order."""

    slug = models.SlugField(_("标识"), max_length=30, unique=True, help_text=_("用在网址和数据文件里，定了就不要改。"))
    name = models.CharField(_("名称"), max_length=30, unique=True)
    position = models.PositiveSmallIntegerField(_("排序"), default=0, db_index=True)

    objects = SlugManager()

    class Meta:
        abstract = True
        ordering = ["position", "slug"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)


class Category(Named):
    class Meta(Named.Meta):
        verbose_name = _("类别")
        verbose_name_plural = _("类别")


class Environment(Named):
    class Meta(Named.Meta):
        verbose_name = _("适用终端")
        verbose_name_plural = _("适用终端")


class Actor(Named):
    """Who has to act. `minutes`: what it costs the caller until that is done, by which the next step of a call is chosen."""

    minutes = models.PositiveSmallIntegerField(
        _("要几分钟"),
        default=10,
        db_default=10,
        validators=[MinValueValidator(1), MaxValueValidator(10_000)],
        help_text=_("从说到做完，来电的人大约要等几分钟。下一步先做什么，照它算。"),
    )

    class Meta(Named.Meta):
        verbose_name = _("谁来处理")
        verbose_name_plural = _("谁来处理")


class SourceManager(models.Manager):
    def get_by_natural_key(self, reference):
        return self.get(reference=reference)

    def rejected(self):
        """Sources looked at and not used, each with its reason."""
        return self.filter(verdict=Verdict.REJECTED)


class Source(models.Model):
    """What an entry rests on: an item of the source document (S5-01), a collected fact (F040), or a table by its name."""

    reference = models.CharField(_("编号或名称"), max_length=60, unique=True)
    title = models.CharField(_("说明"), max_length=120, blank=True)
    link = models.CharField(_("网址"), max_length=300, blank=True, db_default="", validators=[URLValidator(["https", "http"])])
    file_name = models.CharField(_("文件名"), max_length=120, blank=True, db_default="")
    dated = models.CharField(
        _("日期"),
        max_length=10,
        blank=True,
        db_default="",
        validators=[RegexValidator(r"^\d{4}(-\d{2}){0,2}$", _("写成 2026、2026-11 或 2026-11-28。"))],
    )
    page = models.CharField(_("页码或条款"), max_length=40, blank=True, db_default="")
    verdict = models.CharField(_("是否采用"), max_length=8, choices=Verdict, default=Verdict.ACCEPTED)
    reason = models.CharField(_("不采用的理由"), max_length=200, blank=True)

    objects = SourceManager()

    class Meta:
        verbose_name = _("来源")
        verbose_name_plural = _("来源")
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict=Verdict.ACCEPTED) | ~models.Q(reason=""),
                name="rejected_source_has_reason",
                violation_error_message=_("不采用的来源要写明理由。"),
            )
        ]

    def __str__(self):
        return self.title or self.reference

    def natural_key(self):
        return (self.reference,)
