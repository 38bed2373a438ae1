"""Entries: a fault, procedure or notice. Its parts are in entry_parts."""

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from faults.models.choices import Confidence, Kind
from faults.models.lists import Category, Environment, Source
from faults.models.parts import order_of_causes
from faults.models.publication import Advice, Publication, PublicationQuerySet, PublishedManager

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
            "environments",
            "screen_texts",
            "aliases",
            "myths",
            "sources",
            "fixes__actor",
            "causes__fixes__actor",
            "causes__standing",
            "links",
        )

    def merge_target_of(self, number: int) -> "Fault | None":
        """Of these rows, the nearest that the entry of this number was merged into, however many merges away; None if there is none."""
        first = self.model.everything.filter(number=number).values_list("merged_into", flat=True).first()
        line = self.model.everything.merge_chain(first)
        here = self.in_bulk(line)
        return next((here[pk] for pk in line if pk in here), None)

    def merge_chain(self, pk: int | None) -> list[int]:
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


class Fault(Advice, Publication):
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
    escalation = models.TextField(
        _("转收单机构"),
        blank=True,
        help_text=_("都不行时打给谁，手上备好什么，一行一样。只写卡号后四位。可以写{客服电话}、{转收单：报修；机身号}。"),
    )
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
        if self.merged_into_id and self.pk in Fault.everything.merge_chain(self.merged_into_id):
            raise ValidationError({"merged_into": _("一条不能并入它自己，也不能绕一圈并回来。")})

    @property
    def is_procedure(self) -> bool:
        return self.kind == Kind.PROCEDURE

    @property
    def general_fixes(self) -> list:
        """Fixes of the entry as a whole, from what was prefetched."""
        return [fix for fix in self.fixes.all() if fix.cause_id is None]

    @property
    def causes_to_ask(self) -> list:
        """The causes in the order to ask about them, from what was prefetched; the situations of a procedure as the editor put them."""
        causes = list(self.causes.all())
        if self.is_procedure:
            return causes
        return [causes[place] for place in order_of_causes([cause.times_solved for cause in causes])]

    @property
    def escalation_block(self) -> str:
        """What goes to the acquirer: the editor's text, and in its last line what every acquirer asks for and the text doesn't name."""
        missing = [wording for name, wording in ALWAYS_ASKED.items() if name not in self.escalation]
        return f"{self.escalation}\n另备：{'、'.join(missing)}" if missing else self.escalation

    def all_fixes(self) -> list:
        """Every fix, of the entry and of its causes, from what was prefetched."""
        return [*self.general_fixes, *(fix for cause in self.causes.all() for fix in cause.fixes.all())]

    def text_fields(self) -> list[tuple[models.Model, str]]:
        """Where we wrote something in the entry (screen texts and aliases are others' words): the entry or its part, and the field's name.
        From what was prefetched."""
        return [
            *((self, name) for name in ("title", "symptom", "warning", "reply", "escalation")),
            *((cause, name) for cause in self.causes.all() for name in ("title", "check_text")),
            *((fix, name) for fix in self.all_fixes() for name in ("steps", "expected", "otherwise", "note")),
            *((myth, name) for myth in self.myths.all() for name in ("claim", "verdict", "reason")),
            *((link, "difference") for link in self.links.all()),
        ]

    def texts(self) -> list[str]:
        """Everything in the entry that we wrote, piece by piece, from what was prefetched."""
        return [getattr(part, name) for part, name in self.text_fields()]
