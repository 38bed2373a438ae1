"""What the lists of knowledge are narrowed down to: the state, whose work it is, who answers for it, what was changed, what is due."""

from abc import ABC, abstractmethod
from datetime import timedelta

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faults.models import KINDS, NO_WORDS, Action, Change, GateStep, Revision, ScheduledStep, Status
from faults.templatetags.posdesk_admin import display_name
from faults.usage.report_rows import moment
from faults.usage.reports import first_day
from posdesk.numbers import whole_number

ME, NOBODY = "me", "nobody"
UNFINISHED = (Status.DRAFT, Status.REVIEW)


def _kind(queryset: QuerySet) -> str:
    return next(kind for kind, model in KINDS.items() if model is queryset.model)


def waiting_for_review(items: QuerySet) -> QuerySet:
    """Those that were handed in, whether readers have an older text of them or none."""
    handed_in = Revision.objects.in_review().filter(kind=_kind(items), item_id=OuterRef("pk"))
    return items.filter(Q(status=Status.REVIEW) | Exists(handed_in))


class StateFilter(admin.SimpleListFilter):
    """The states of items. What waits for a reviewer is in review, whether readers have an older text of it or none."""

    title, parameter_name = _("状态"), "status"
    UNSUBMITTED = "unsubmitted"

    def lookups(self, request, model_admin):
        return [*Status.choices, (self.UNSUBMITTED, _("有修改没提交"))]

    def queryset(self, request, queryset):
        match self.value():
            case Status.REVIEW:
                return waiting_for_review(queryset)
            case self.UNSUBMITTED:
                return queryset.filter(revision_state=Status.DRAFT)
            case state if state in Status.values:
                return queryset.filter(status=state)
        return queryset


class PersonFilter(ABC, admin.SimpleListFilter):
    """A choice of people: oneself, others by name, and nobody where that can be."""

    mine, nobodys = "", ""

    def lookups(self, request, model_admin):
        self.user = request.user
        others = sorted((display_name(one), str(one.pk)) for one in self.people(model_admin).distinct() if one != request.user)
        nobody = [(NOBODY, self.nobodys)] if self.nobodys else []
        return [(ME, self.mine), *((pk, name) for name, pk in others), *nobody]

    @abstractmethod
    def people(self, model_admin) -> QuerySet:
        """Who can be chosen."""

    @property
    def person(self) -> int | None:
        """The id of who was chosen; None for nobody, and for nonsense."""
        chosen = str(self.value() or "")
        if chosen == ME:
            return self.user.pk
        return whole_number(chosen)


class WorkedOnFilter(PersonFilter):
    title, parameter_name = _("谁在改"), "author"
    mine, nobodys = _("我在改的"), _("草稿，没有人在改")

    def people(self, model_admin):
        return get_user_model().objects.filter(revisions__kind=model_admin.kind)

    def queryset(self, request, queryset):
        work = Revision.objects.filter(kind=_kind(queryset), item_id=OuterRef("pk"))
        if self.value() == NOBODY:
            return queryset.filter(~Exists(work.exclude(author=None)), status__in=UNFINISHED)
        return queryset.filter(Exists(work.filter(author=self.person))) if self.person else queryset


class OwnerFilter(PersonFilter):
    title, parameter_name = _("负责人"), "owner"
    mine, nobodys = _("我负责的"), _("没有负责人")

    def people(self, model_admin):
        return get_user_model().objects.exclude(owned_faults=None)

    def queryset(self, request, queryset):
        if self.value() == NOBODY:
            return queryset.filter(owner=None)
        return queryset.filter(owner=self.person) if self.person else queryset


def _changes(request, kind: str) -> QuerySet[Change]:
    """What was done to an item's words, in the days that were chosen."""
    changes = Change.objects.filter(kind=kind, item_id=OuterRef("pk")).exclude(action__in=[Action.LOADED, *NO_WORDS])
    days = request.GET.get(ChangedFilter.parameter_name)
    return changes.filter(made_at__gte=moment(first_day(int(days)))) if days in ChangedFilter.DAYS else changes


class ChangedFilter(admin.SimpleListFilter):
    title, parameter_name = _("改动时间"), "changed"
    DAYS = {"1": _("今天"), "7": _("最近7天"), "30": _("最近30天")}

    def lookups(self, request, model_admin):
        return list(self.DAYS.items())

    def queryset(self, request, queryset):
        return queryset.filter(Exists(_changes(request, _kind(queryset)))) if self.value() in self.DAYS else queryset


class ChangedByFilter(PersonFilter):
    """Together with the time: whose changes in these days."""

    title, parameter_name = _("谁改动的"), "changed_by"
    mine = _("我改动的")

    def people(self, model_admin):
        return get_user_model().objects.filter(Exists(Change.objects.filter(kind=model_admin.kind, made_by=OuterRef("pk"))))

    def queryset(self, request, queryset):
        return queryset.filter(Exists(_changes(request, _kind(queryset)).filter(made_by=self.person))) if self.person else queryset


class DueFilter(admin.SimpleListFilter):
    """Of what readers read."""

    title, parameter_name = _("下次复核"), "due"
    SOON = timedelta(days=30)

    def lookups(self, request, model_admin):
        return [("past", _("过期未复核")), ("soon", _("30天内到期")), ("never", _("没有日期"))]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        match self.value():
            case "past":
                return queryset.overdue()
            case "soon":
                return queryset.published().filter(review_due__range=(today, today + self.SOON))
            case "never":
                return queryset.published().filter(review_due=None)
        return queryset


class ScheduledFilter(admin.SimpleListFilter):
    """What a reviewer set for a time, and what didn't come of it."""

    title, parameter_name = _("定时"), "scheduled"

    def lookups(self, request, model_admin):
        return [(GateStep.PUBLISH, _("定时发布")), (GateStep.ARCHIVE, _("定时下架")), ("refused", _("到时间没做成"))]

    def queryset(self, request, queryset):
        steps = ScheduledStep.objects.filter(kind=_kind(queryset), item_id=OuterRef("pk"))
        if self.value() == "refused":
            return queryset.filter(Exists(steps.refused()))
        return queryset.filter(Exists(steps.waiting().filter(step=self.value()))) if self.value() in GateStep.values else queryset


WORK = (WorkedOnFilter, ChangedFilter, ChangedByFilter, DueFilter, ScheduledFilter)
