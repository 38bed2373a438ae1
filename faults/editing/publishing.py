"""The one gate for every change of state: draft → in review → published → archived.

Every step checks who asks, whether it fits the state, and what the red lines say; it is written down in history, and search knows
of it in the same transaction. Raises PermissionDenied for who may not, Refused for what may not be.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from faults.checks.readiness import red_lines_of
from faults.editing import permissions
from faults.editing.edits import Unusable, apply_revision
from faults.editing.history import last_change, record
from faults.editing.revisions import dry_run, reindex, revision_of, save_revision
from faults.models import Action, Confidence, GateStep, Kind, Publication, Revision, ScheduledStep, Status, kind_of
from faults.search import index


class Refused(Exception):
    """The step is not possible. The sentence says why, and what to do."""


class Outdated(Refused):
    """Somebody changed the item after who decides has seen it."""


def require_seen(item: Publication, seen: int) -> None:
    """Raises Outdated unless `seen`, the number of the newest change that the user's page knew, is the item's last or a later one.

    The item must be locked, so that it stays so until the step is taken.
    """
    if last_change(item) > seen:
        raise Outdated(_("您看过以后，有人改了%(item)s，什么也没做。改了什么请再看一遍。") % {"item": item})


@transaction.atomic
def submit(item: Publication, user, why: str = "") -> None:
    """Hands the draft, or the revision of what is published, to the reviewers."""
    permissions.require(permissions.may_write(user, item))
    revision = _revision_in(item, Status.DRAFT)
    revision.note = ""
    _move(item, revision, Status.REVIEW)
    record(item, Action.SUBMITTED, user, why, revision.row, revision.row is not None)


@transaction.atomic
def take_back(item: Publication, user, why: str = "") -> None:
    """Takes a submission back to go on writing."""
    permissions.require(permissions.may_write(user, item))
    revision = _revision_in(item, Status.REVIEW)
    _move(item, revision, Status.DRAFT)
    record(item, Action.TAKEN_BACK, user, why, revision.row, revision.row is not None)


@transaction.atomic
def send_back(item: Publication, user, why: str) -> None:
    """Returns a submission to its author with a note."""
    permissions.require(permissions.may_publish(user, item))
    revision = _revision_in(item, Status.REVIEW)
    if not why.strip():
        raise Refused(_("退回要写明原因，作者才知道改哪里。"))
    change = record(item, Action.RETURNED, user, why, revision.row, revision.row is not None)
    revision.note = change.why
    _move(item, revision, Status.DRAFT)


@transaction.atomic
def publish(item: Publication, user, why: str = "") -> None:
    """Puts the draft, or the revision of what is published, before readers. This counts as a review."""
    item = _publishable(item, user)
    item.status = Status.PUBLISHED
    _mark_reviewed(item, user)
    item.save()
    Revision.objects.of(item).delete()
    ScheduledStep.objects.of(item).filter(step=GateStep.PUBLISH).delete()
    reindex(item)
    record(item, Action.PUBLISHED, user, why)


@transaction.atomic
def archive(item: Publication, user, why: str = "") -> None:
    """Takes the item from readers. Its number, its words and its history stay."""
    _require_archivable(item, user)
    _set_status(item, Status.ARCHIVED)
    Revision.objects.of(item).delete()
    ScheduledStep.objects.of(item).delete()
    record(item, Action.ARCHIVED, user, why)


@transaction.atomic
def reopen(item: Publication, user, why: str = "") -> None:
    """Makes a draft of what is archived."""
    permissions.require(permissions.may_write(user, item))
    if item.status != Status.ARCHIVED:
        raise Refused(_("只有下架的内容才能重新起草。"))
    _set_status(item, Status.DRAFT)
    save_revision(item, user)
    record(item, Action.REOPENED, user, why)


@transaction.atomic
def discard(item: Publication, user, why: str = "") -> None:
    """Drops the revision of a published item; readers' text stays, and what was dropped can be restored from history."""
    revision = revision_of(item)
    if revision is None or revision.row is None:
        raise Refused(_("没有可以丢弃的修改。"))
    permissions.require(permissions.may_publish(user, item) or (permissions.may_write(user, item) and revision.author == user))
    record(item, Action.DISCARDED, user, why, revision.row, is_pending=True)
    revision.delete()


@transaction.atomic
def confirm(item: Publication, user, why: str = "") -> None:
    """Says that what is published is still true. This counts as a review."""
    permissions.require(permissions.may_publish(user, item))
    if item.status != Status.PUBLISHED or revision_of(item):
        raise Refused(_("只有发布了、没有等着改的内容，才谈得上“仍然正确”。"))
    _mark_reviewed(item, user)
    item.save(update_fields=["reviewed_on", "reviewed_by", "review_due"])
    record(item, Action.CONFIRMED, user, why)


@transaction.atomic
def delete(item: Publication, user, why: str = "") -> None:
    """Removes what readers don't see. History keeps it, and brings it back."""
    permissions.require(user is None or user.has_perm(f"faults.delete_{item._meta.model_name}"))
    if item.status == Status.PUBLISHED:
        raise Refused(_("发布着的内容不能删。先下架。"))
    if hasattr(item, "merged_from") and item.merged_from.exists():
        raise Refused(_("有别的条目并到了这一条里，删了它们的编号就没有去处。"))
    record(item, Action.DELETED, user, why)
    Revision.objects.of(item).delete()
    ScheduledStep.objects.of(item).delete()
    documents = index.affected([item])
    item.delete()
    index.write_all(documents)


def require(step: GateStep, item: Publication, user) -> None:
    """Whether the gate would let the step through now; changes nothing. Raises PermissionDenied, Refused."""
    with dry_run():
        _publishable(item, user) if step == GateStep.PUBLISH else _require_archivable(item, user)


def _publishable(item: Publication, user) -> Publication:
    """The item with the words that are to be published, written into it."""
    permissions.require(permissions.may_publish(user, item))
    permissions.require(permissions.may_approve(user, item), _("自己写的要别人复核才能发布。请提交复核。"))
    revision = revision_of(item)
    if item.status == Status.PUBLISHED and (revision is None or revision.row is None):
        raise Refused(_("已经发布了，没有等着发布的修改。"))
    if revision and revision.row is not None:
        item = _revised(item, revision)
    _check_red_lines(item)
    return item


def _require_archivable(item: Publication, user) -> None:
    permissions.require(permissions.may_publish(user, item))
    if item.status == Status.ARCHIVED:
        raise Refused(_("已经下架了。"))
    if (revision := revision_of(item)) and revision.row is not None:
        raise Refused(_("还有一份没发布的修改。先发布或丢弃它，再下架。"))


def _revised(item: Publication, revision: Revision) -> Publication:
    try:
        return apply_revision(item.pk, revision)
    except Unusable as error:
        raise Refused(str(error)) from error


def _revision_in(item: Publication, state: Status) -> Revision:
    """The work in progress, if it is in this state; a draft that nobody was noted for counts as work. Raises Refused."""
    revision = revision_of(item)
    if revision is None and item.status == state:
        revision = save_revision(item, None)
    if revision is None and item.is_published:
        raise Refused(_("这一步做不了：没有要发布的修改，读者看到的就是现在这样。"))
    if revision is None or revision.state != state:
        raise Refused(_("这一步做不了：它现在不是“%(state)s”。请刷新再看。") % {"state": state.label})
    return revision


def _move(item: Publication, revision: Revision, state: Status) -> None:
    revision.state = state
    revision.save()
    if revision.row is None:
        _set_status(item, state)


def _set_status(item: Publication, status: Status) -> None:
    item.status = status
    item.save(update_fields=["status", "updated_at"])
    reindex(item)


def _mark_reviewed(item: Publication, user) -> None:
    item.reviewed_on, item.reviewed_by = timezone.localdate(), user
    item.review_due = next_review(item)


def _check_red_lines(item: Publication) -> None:
    if found := red_lines_of(item):
        raise Refused(_("碰了红线，不能发布：%(found)s") % {"found": "；".join(map(str, found))})


RISKY = timedelta(days=90)  # a red line: money, kept cards, tampering, settlement
UNVERIFIED = timedelta(days=120)  # one source, or one acquirer
PLAIN = timedelta(days=180)
STANDING = timedelta(days=365)  # rules, tables and words that change with a new edition of a standard


def next_review(item: Publication) -> date:
    """The day by which an item looked at today must be looked at again."""
    return timezone.localdate() + review_interval(item)


def review_interval(item: Publication) -> timedelta:
    """By risk first, then by kind."""
    if getattr(item, "warning", ""):
        return RISKY
    if getattr(item, "confidence", "") == Confidence.UNVERIFIED:
        return UNVERIFIED
    return STANDING if kind_of(item) != "fault" or item.kind == Kind.NOTICE else PLAIN
