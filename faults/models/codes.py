"""Return codes (ISO 8583 field 39): one row for each table that uses the code."""

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from faults.models.choices import Confidence, Generation
from faults.models.code_tables import CODE_PATTERN, CodeTable, ResponseClass, Retry
from faults.models.lists import Actor, Source
from faults.models.parts import Part
from faults.models.publication import Advice, Publication, PublicationQuerySet, PublishedManager
from faults.text.lines import lines
from posdesk.stored_language import in_stored_language

IN_TABLE_ORDER = ("-scheme__is_own", "scheme__position", "scheme_id")


class ReturnCodeQuerySet(PublicationQuerySet):
    def in_table_order(self):
        return self.order_by(*IN_TABLE_ORDER, "code")

    def with_list_parts(self):
        """What a row of the code table shows, in a fixed number of queries."""
        return self.prefetch_related("retry", "response_class", "screen_texts", "who_acts__actor")

    def with_everything(self):
        """What the code's own page shows, in a fixed number of queries."""
        return self.select_related("reviewed_by").prefetch_related(
            "retry", "response_class", "screen_texts", "who_acts__actor", "myths", "sources"
        )


class _WithTable:
    """Each code comes with its table, without whose name no code is spoken of."""

    def get_queryset(self):
        return super().get_queryset().select_related("scheme")


class EveryReturnCode(_WithTable, models.Manager.from_queryset(ReturnCodeQuerySet)):
    def get_by_natural_key(self, scheme, code):
        return self.get(scheme=scheme, code=code)


class PublishedReturnCode(_WithTable, PublishedManager.from_queryset(ReturnCodeQuerySet)):
    pass


class ReturnCode(Advice, Publication):
    """What one table says a code means, and what follows for cashier and cardholder."""

    scheme = models.ForeignKey(
        CodeTable, to_field="slug", db_column="scheme", on_delete=models.PROTECT, related_name="codes", verbose_name=_("码表")
    )
    code = models.CharField(
        _("返回码"),
        max_length=40,
        validators=[RegexValidator(CODE_PATTERN, _("返回码只用数字和大写字母，中间可以有点和横线，例如 97、A0、ACQ.SYSTEM_ERROR。"))],
        db_index=True,
    )
    meaning = models.CharField(_("意思"), max_length=60, help_text=_("一句话，20个字以内。"))
    detail = models.TextField(_("说明"), blank=True)
    aliases = models.TextField(_("别名"), blank=True, help_text=_("一行一个：商户和外卡终端对这个码的说法，例如“余额不足”“do not honor”。"))
    generation = models.CharField(_("新旧码表"), max_length=4, choices=Generation, blank=True)
    old_meaning = models.CharField(_("旧表的意思"), max_length=120, blank=True, help_text=_("新旧两表意思不同才填。"))
    new_meaning = models.CharField(_("新表的意思"), max_length=120, blank=True)
    response_class = models.ForeignKey(
        ResponseClass,
        to_field="slug",
        db_column="response_class",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="codes",
        verbose_name=_("分类"),
        help_text=_("码表没给就空着，不要猜。"),
    )
    retry = models.ForeignKey(
        Retry, to_field="slug", db_column="retry", on_delete=models.PROTECT, related_name="codes", verbose_name=_("能不能重试")
    )
    actors = models.ManyToManyField(Actor, through="CodeActor", related_name="codes", verbose_name=_("谁来处理"))
    keep_card = models.BooleanField(
        _("留不留卡"), null=True, blank=True, default=None, help_text=_("码表没写就空着，不要猜；留卡也只按收单机构的书面规定办。")
    )
    warning = models.TextField(_("红线提醒"), blank=True, help_text=_("第一行是命令，第二行写怎么查清。"))
    say = models.TextField(_("可以对持卡人说"), blank=True)
    dont_say = models.TextField(_("不要说"), blank=True, help_text=_("一行一句。"))
    check_text = models.CharField(_("问"), max_length=200, blank=True)
    steps = models.TextField(_("做"), blank=True, help_text=_("一行一步。"))
    expected = models.CharField(_("正常应该怎样"), max_length=120, blank=True)
    note = models.TextField(_("注意"), blank=True)
    confused_with = models.ManyToManyField("self", symmetrical=False, blank=True, verbose_name=_("容易弄混的码"))
    sources = models.ManyToManyField(Source, blank=True, related_name="codes", verbose_name=_("来源"))
    confidence = models.CharField(_("可信度"), max_length=10, choices=Confidence, default=Confidence.UNVERIFIED)

    everything = EveryReturnCode()
    objects = PublishedReturnCode()

    class Meta:
        verbose_name = _("返回码")
        verbose_name_plural = _("返回码")
        ordering = ["scheme", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "code"], name="code_once_a_scheme", violation_error_message=_("这张码表里已经有这个码。")
            ),
            models.CheckConstraint(condition=~models.Q(code="") & ~models.Q(meaning=""), name="code_has_meaning"),
        ]

    @in_stored_language()
    def __str__(self):
        """Stored in history, in the audit log, in the list of what waits."""
        return f"{self.scheme} {self.code} {self.meaning}"

    def natural_key(self):
        return (self.scheme_id, self.code)

    def get_absolute_url(self):
        return reverse("code", args=[self.code])

    @property
    def address(self) -> str:
        """Of its code's page with this row first; only another than the desk's own table is named."""
        return self.get_absolute_url() if self.scheme.is_own else f"{self.get_absolute_url()}?scheme={self.scheme_id}"

    @property
    def leaves_result_unknown(self) -> bool:
        """Whether nobody at the counter knows after it whether money moved: the first red line."""
        return self.code in self.scheme.red_line_codes

    @property
    def step_list(self) -> list[str]:
        return lines(self.steps)

    @property
    def alias_list(self) -> list[str]:
        return lines(self.aliases)

    @property
    def dont_say_list(self) -> list[str]:
        return lines(self.dont_say)

    @property
    def say_to_merchant(self) -> str:
        """What is read out to whoever rang, from what is stored: the meaning, the red line's order or whether to retry, and who acts."""
        order = self.warning_lines[0] if self.warning else f"{self.retry}。"
        who = "、".join(actor.name for actor in self.acting)
        return f"报{self.code}，意思是：{self.meaning}。{order}" + (f"由{who}处理。" if who else "")

    @property
    def acting(self) -> list[Actor]:
        """Who acts, in order, from what was prefetched."""
        return [step.actor for step in self.who_acts.all()]


class CodeActor(Part):
    """Who acts on a code, in which order."""

    code = models.ForeignKey(ReturnCode, on_delete=models.CASCADE, related_name="who_acts", verbose_name=_("返回码"))
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, verbose_name=_("谁来处理"))

    class Meta(Part.Meta):
        verbose_name = _("谁来处理")
        verbose_name_plural = _("谁来处理")
        constraints = [
            models.UniqueConstraint(fields=["code", "actor"], name="actor_once_a_code", violation_error_message=_("这一方已经在里面了。"))
        ]

    def __str__(self):
        return str(self.actor)
