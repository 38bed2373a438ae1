"""What waits for whoever has signed in, under the names of the lists' addresses: each can be counted, and had page by page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from faults.editing.note_places import lost_notes
from faults.models import KINDS, Action, Change, Flag, GateStep, Incident, LoadedItem, Publication, Revision, ScheduledStep
from faults.usage.bursts import bursts

REVIEWED_AGAIN = ("fault", "code", "term", "elsewhere", "note")  # words that readers read


@dataclass(frozen=True)
class WorkList:
    """One list.

    `make`: its rows for a user, to be counted and sliced. `template`: what writes them. `empty`: what is said when there are none; a list
    without such a sentence isn't shown then. `permission`: who has the list; empty: everybody. `page`: of an item, where a row leads to.
    """

    title: str
    make: Callable
    template: str
    empty: str = ""
    permission: str = ""
    page: str = "change"

    def is_for(self, user) -> bool:
        return not self.permission or user.has_perm(self.permission)


def _reviews(user) -> QuerySet[Revision]:
    """But for what a reviewer has approved for a later time."""
    approved = ScheduledStep.objects.waiting().filter(kind=OuterRef("kind"), item_id=OuterRef("item_id"), step=GateStep.PUBLISH)
    waiting = Revision.objects.in_review().exclude(Exists(approved)).with_changes_since_submission().select_related("author")
    return waiting if user.has_perm("faults.approve_own") else waiting.exclude(author=user)


def _mine(user) -> QuerySet[Revision]:
    return Revision.objects.filter(author=user).select_related("author")


class Overdue:
    """What should have been looked at again, of every kind, the longest ago first. Counted and sliced in a fixed number of queries."""

    def __init__(self):
        kinds = [KINDS[kind].everything.overdue().order_by().annotate(its_kind=Value(kind)) for kind in REVIEWED_AGAIN]
        first, *others = (rows.values_list("review_due", "its_kind", "pk") for rows in kinds)
        self.keys = first.union(*others, all=True).order_by("review_due", "its_kind", "pk")

    def __len__(self) -> int:
        return self.keys.count()

    def __getitem__(self, part: slice) -> list[Publication]:
        keys = [(kind, pk) for _due, kind, pk in self.keys[part]]
        items = {kind: KINDS[kind].everything.in_bulk([pk for other, pk in keys if other == kind]) for kind in REVIEWED_AGAIN}
        return [items[kind][pk] for kind, pk in keys]


_REVISIONS = "admin/work_lists/_revisions.html"
WORK_LISTS = {
    "incidents": WorkList(
        _("故障通报"), lambda user: Incident.objects.not_over(), "admin/work_lists/_incidents.html", permission="faults.view_incident"
    ),
    "bursts": WorkList(_("这些查询突然多了"), lambda user: bursts(), "admin/work_lists/_bursts.html", permission="faults.add_incident"),
    "reviews": WorkList(_("等我复核"), _reviews, _REVISIONS, _("没有等您复核的。"), "faults.publish", "review"),
    "returned": WorkList(_("退回给我的"), lambda user: _mine(user).returned().with_return(), _REVISIONS),
    "drafts": WorkList(
        _("我的草稿"), lambda user: _mine(user).drafts().filter(note="").order_by("-updated_at"), _REVISIONS, _("没有写到一半的。")
    ),
    "submitted": WorkList(_("我提交了，等复核"), lambda user: _mine(user).in_review(), _REVISIONS, page="review"),
    "flags": WorkList(
        _("读者报错"),
        lambda user: Flag.objects.open().select_related("fault", "cause"),
        "admin/work_lists/_flags.html",
        permission="faults.view_fault",
    ),
    "renewals": WorkList(
        _("知识更新，和本台的修改撞上了"),
        lambda user: LoadedItem.objects.in_conflict().order_by("key"),
        "admin/work_lists/_renewals.html",
        permission="faults.change_fault",
    ),
    "refused": WorkList(
        _("定时到了，没做成"),
        lambda user: ScheduledStep.objects.refused(),
        "admin/work_lists/_scheduled.html",
        permission="faults.publish",
        page="schedule",
    ),
    "scheduled": WorkList(
        _("定了时间的"),
        lambda user: ScheduledStep.objects.waiting(),
        "admin/work_lists/_scheduled.html",
        permission="faults.view_fault",
    ),
    "lost_notes": WorkList(
        _("批注没了位置"), lambda user: lost_notes(), "admin/work_lists/_lost_notes.html", permission="faults.change_note"
    ),
    "overdue": WorkList(_("该复核了"), lambda user: Overdue(), "admin/work_lists/_overdue.html", _("没有过期的。"), "faults.view_fault"),
    "newest": WorkList(
        _("最近的变动"),
        lambda user: Change.objects.exclude(action=Action.LOADED).order_by("-pk"),
        "admin/work_lists/_changes.html",
        _("还没有人改过什么。"),
        "faults.view_change",
    ),
}
