"""Entries: a fault, procedure or notice with its causes and their fixes. This relation is the heart of the product."""

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from faults.models.choices import Confidence, Kind, Likelihood
from faults.models.lines import lines
from faults.models.lists import Actor, Category, Environment, Source
from faults.models.parts import Part
from faults.models.publication import Guarded, Publication, PublicationQuerySet, PublishedManager

MAX_NUMBER = 999_999
# What an acquirer asks for whatever the matter, and how it is put where an entry's own text doesn't name it.
ALWAYS_ASKED = {
    "商户号": "商户号",
    "终端号": "终端号",
    "机型": "机型",
    "时间": "时间",
    "流水号": "流水号",
    "照片": "签购单照片（遮住卡号，没有单子就不用）",
}


class FaultQuerySet(PublicationQuerySet):
    def faults(self):
        return self.filter(kind=Kind.FAULT)

    def procedures(self):
        return self.filter(kind=Kind.PROCEDURE)

    def notices(self):
        return self.filter(kind=Kind.NOTICE)

    def with_list_parts(self):
        """What a row in a list shows, in a fixed number of queries."""
        return self.select_related("category").prefetch_related("environments", "screen_texts", "aliases")

    def with_everything(self):
        """What the entry's own page shows, in a fixed number of queries."""
        return self.select_related("category", "owner", "reviewed_by").prefetch_related(
            "environments", "screen_texts", "aliases", "myths", "sources", "fixes__actor", "causes__fixes__actor", "links"
        )

    def heir_of(self, number: int) -> "Fault | None":
        """Of these rows, the nearest that the entry of this number was merged into, however many merges away; None if there is none."""
        first = self.model.everything.filter(number=number).values_list("merged_into", flat=True).first()
        line = self.model.everything.line_from(first)
        here = self.in_bulk(line)
        return next((here[pk] for pk in line if pk in here), None)

    def line_from(self, pk: int | None) -> list[int]:
        """The ids of an entry and of those that it was merged into, one after the other; a circle ends where it would close."""
        into = dict(self.exclude(merged_into=None).values_list("pk", "merged_into"))
        line = []
        while pk and pk not in line:
            line.append(pk)
            pk = into.get(pk)
        return line


class EveryFault(models.Manager.from_queryset(FaultQuerySet)):
    def get_by_natural_key(self, number):
        return self.get(number=number)


class PublishedFault(PublishedManager.from_queryset(FaultQuerySet)):
    pass


def next_number() -> int:
    """One more than the highest number ever given, to entries that were deleted too."""
    deleted = apps.get_model("faults", "Change").objects.filter(kind="fault", action="deleted").values_list("row__number", flat=True)
    return max([Fault.everything.aggregate(top=models.Max("number"))["top"] or 0, *deleted]) + 1


class Fault(Guarded, Publication):
    """An entry. Its number is short, said aloud, typed, and never given to another."""

    number = models.PositiveIntegerField(
        _("编号"),
        unique=True,
        default=next_number,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_NUMBER)],
        help_text=_("可以直接念给同事的短号。定了就不改，下架了也不给别的条目用。"),
    )
    kind = models.CharField(_("类型"), max_length=9, choices=Kind, default=Kind.FAULT, db_index=True)
    title = models.CharField(_("标题"), max_length=60, help_text=_("商户一听就认得的说法，20个字以内。"))
    symptom = models.TextField(_("现象"), blank=True, help_text=_("什么时候出现，看到什么，一两句话。"))
    warning = models.TextField(_("红线提醒"), blank=True, help_text=_("碰到钱、扣卡、防拆、结算就要写。第一行是命令，第二行写怎么查清。"))
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="faults", verbose_name=_("类别"))
    environments = models.ManyToManyField(Environment, related_name="faults", verbose_name=_("适用终端"))
    reply = models.TextField(_("发给商户"), blank=True, help_text=_("能直接发微信、短信的话：客气、完整、两三句。"))
    escalation = models.TextField(_("转收单机构"), blank=True, help_text=_("都不行时打给谁，手上备好什么，一行一样。只写卡号后四位。"))
    codes = models.ManyToManyField("ReturnCode", blank=True, related_name="faults", verbose_name=_("相关的码"))
    related = models.ManyToManyField("self", through="RelatedFault", symmetrical=False, blank=True, verbose_name=_("相关条目"))
    sources = models.ManyToManyField(Source, blank=True, related_name="faults", verbose_name=_("来源"))
    confidence = models.CharField(
        _("可信度"),
        max_length=10,
        choices=Confidence,
        default=Confidence.UNVERIFIED,
        help_text=_("未核实的条目会带标记，并写“以收单机构为准”。"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="owned_faults", verbose_name=_("负责人")
    )
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged_from",
        verbose_name=_("并入"),
        help_text=_("这一条并到哪一条里了。这一条下架以后，念它的编号、打开它的网址，都会转到那一条。"),
    )

    everything = EveryFault()
    objects = PublishedFault()

    class Meta:
        verbose_name = _("条目")
        verbose_name_plural = _("条目")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1, number__lte=MAX_NUMBER), name="fault_number_in_range"),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="fault_kind_known"),
            models.CheckConstraint(condition=~models.Q(title=""), name="fault_has_title"),
        ]

    def __str__(self):
        return f"{self.number}号 {self.title}"

    def natural_key(self):
        return (self.number,)

    def get_absolute_url(self):
        return reverse("fault", args=[self.number])

    def clean(self):
        """Raises ValidationError for an entry merged into itself, at once or by way of others."""
        if self.merged_into_id and self.pk in Fault.everything.line_from(self.merged_into_id):
            raise ValidationError({"merged_into": _("一条不能并入它自己，也不能绕一圈并回来。")})

    @property
    def is_procedure(self) -> bool:
        return self.kind == Kind.PROCEDURE

    @property
    def general_fixes(self) -> list["Fix"]:
        """Fixes of the entry as a whole, from what was prefetched."""
        return [fix for fix in self.fixes.all() if fix.cause_id is None]

    @property
    def escalation_block(self) -> str:
        """What goes to the acquirer: the editor's text, and in its last line what every acquirer asks for and the text doesn't name."""
        missing = [wording for name, wording in ALWAYS_ASKED.items() if name not in self.escalation]
        return f"{self.escalation}\n另备：{'、'.join(missing)}" if missing else self.escalation

    def all_fixes(self) -> list["Fix"]:
        """Every fix, of the entry and of its causes, from what was prefetched."""
        return [*self.general_fixes, *(fix for cause in self.causes.all() for fix in cause.fixes.all())]

    def texts(self) -> list[str]:
        """Everything in the entry that we wrote, piece by piece (screen texts and aliases are others' words), from what was prefetched."""
        return [
            *(self.title, self.symptom, self.warning, self.reply, self.escalation),
            *(text for cause in self.causes.all() for text in (cause.title, cause.check_text)),
            *(text for fix in self.all_fixes() for text in (fix.steps, fix.expected, fix.otherwise, fix.note)),
            *(text for myth in self.myths.all() for text in (myth.claim, myth.verdict, myth.reason)),
            *(link.difference for link in self.links.all()),
        ]


class ScreenText(Part):
    """What a terminal shows, to the letter. Belongs to an entry or to a code."""

    fault = models.ForeignKey(Fault, null=True, blank=True, on_delete=models.CASCADE, related_name="screen_texts", verbose_name=_("条目"))
    code = models.ForeignKey(
        "ReturnCode", null=True, blank=True, on_delete=models.CASCADE, related_name="screen_texts", verbose_name=_("返回码")
    )
    text = models.CharField(_("屏幕提示"), max_length=80, help_text=_("一字不差地照抄终端上的字，最常见的排最前。"))

    class Meta(Part.Meta):
        verbose_name = _("屏幕提示")
        verbose_name_plural = _("屏幕提示")
        constraints = [
            models.CheckConstraint(condition=models.Q(fault=None) ^ models.Q(code=None), name="screen_text_has_one_owner"),
            models.UniqueConstraint(
                fields=["fault", "text"], name="screen_text_once_a_fault", violation_error_message=_("这条屏幕提示已经有了。")
            ),
            models.UniqueConstraint(
                fields=["code", "text"], name="screen_text_once_a_code", violation_error_message=_("这条屏幕提示已经有了。")
            ),
        ]

    def __str__(self):
        return self.text


class Alias(Part):
    """The caller's own words for an entry."""

    fault = models.ForeignKey(Fault, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("条目"))
    text = models.CharField(_("商户说法"), max_length=60, help_text=_("商户嘴里的话，例如“不出票”“没信号”。"))

    class Meta(Part.Meta):
        verbose_name = _("商户说法")
        verbose_name_plural = _("商户说法")
        constraints = [
            models.UniqueConstraint(fields=["fault", "text"], name="alias_once_a_fault", violation_error_message=_("这个说法已经有了。")),
        ]

    def __str__(self):
        return self.text


class Cause(Part):
    """A cause of a fault, or a situation of a procedure, with the one question or look that confirms it."""

    fault = models.ForeignKey(Fault, on_delete=models.CASCADE, related_name="causes", verbose_name=_("条目"))
    title = models.CharField(_("原因"), max_length=60, help_text=_("业务处理写“情况”，例如“当天，顾客还在”。"))
    likelihood = models.CharField(_("多不多见"), max_length=8, choices=Likelihood, default=Likelihood.POSSIBLE)
    check_text = models.CharField(_("怎么确认"), max_length=200, help_text=_("电话里能问能看的一句话。"))

    class Meta(Part.Meta):
        verbose_name = _("原因")
        verbose_name_plural = _("原因")
        constraints = [
            models.CheckConstraint(condition=models.Q(likelihood__in=Likelihood.values), name="cause_likelihood_known"),
            models.CheckConstraint(condition=~models.Q(check_text=""), name="cause_has_check"),
        ]

    def __str__(self):
        return self.title


class Fix(Part):
    """What to do about a cause, or about the entry as a whole: ordered steps for one actor."""

    fault = models.ForeignKey(Fault, null=True, blank=True, on_delete=models.CASCADE, related_name="fixes", verbose_name=_("条目"))
    cause = models.ForeignKey(Cause, null=True, blank=True, on_delete=models.CASCADE, related_name="fixes", verbose_name=_("原因"))
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="fixes", verbose_name=_("谁来处理"))
    steps = models.TextField(_("步骤"), help_text=_("一行一步，一步一个动作，按做的顺序写。"))
    expected = models.CharField(_("正常应该怎样"), max_length=120, blank=True)
    otherwise = models.CharField(_("不是这样"), max_length=120, blank=True, help_text=_("没出现预期结果说明什么、下一步找谁。"))
    note = models.CharField(_("注意"), max_length=200, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("处理方法")
        verbose_name_plural = _("处理方法")
        constraints = [
            models.CheckConstraint(condition=models.Q(fault=None) ^ models.Q(cause=None), name="fix_has_one_owner"),
            models.CheckConstraint(condition=~models.Q(steps=""), name="fix_has_steps"),
        ]

    def __str__(self):
        return f"{self.actor}：{self.step_list[0][:30]}"

    @property
    def step_list(self) -> list[str]:
        return lines(self.steps)


class Myth(Part):
    """What is often said and should not be followed, and why. Belongs to an entry or to a code."""

    fault = models.ForeignKey(Fault, null=True, blank=True, on_delete=models.CASCADE, related_name="myths", verbose_name=_("条目"))
    code = models.ForeignKey("ReturnCode", null=True, blank=True, on_delete=models.CASCADE, related_name="myths", verbose_name=_("返回码"))
    claim = models.CharField(_("常见的说法"), max_length=120)
    verdict = models.CharField(_("一句话结论"), max_length=12, help_text=_("两到八个字，例如“会重复扣款。”"))
    reason = models.CharField(_("为什么不对"), max_length=200)

    class Meta(Part.Meta):
        verbose_name = _("常见误区")
        verbose_name_plural = _("常见误区")
        constraints = [models.CheckConstraint(condition=models.Q(fault=None) ^ models.Q(code=None), name="myth_has_one_owner")]

    def __str__(self):
        return self.claim


class RelatedFault(Part):
    """A link from an entry to another, saying how to tell the two apart."""

    fault = models.ForeignKey(Fault, on_delete=models.CASCADE, related_name="links", verbose_name=_("条目"))
    other = models.ForeignKey(Fault, on_delete=models.CASCADE, related_name="links_back", verbose_name=_("相关条目"))
    difference = models.CharField(_("怎么分清"), max_length=120, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("相关条目")
        verbose_name_plural = _("相关条目")
        constraints = [
            models.UniqueConstraint(fields=["fault", "other"], name="related_once", violation_error_message=_("这条相关条目已经有了。")),
            models.CheckConstraint(
                condition=~models.Q(fault=models.F("other")), name="related_to_another", violation_error_message=_("条目不能和自己相关。")
            ),
        ]

    def __str__(self):
        return str(self.other)
