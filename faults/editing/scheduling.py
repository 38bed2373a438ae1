"""Publishing and withdrawing at a time: decided by a reviewer now, tried now, and taken by the same gate when the time comes.

What is published then are the words that were approved: whatever was written since is not theirs. What the gate refuses stays on a
work list with its reason until somebody decides again.
"""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from faults.editing import permissions, publishing
from faults.editing.edits import pending_row
from faults.editing.history import record
from faults.editing.publishing import Refused
from faults.editing.revisions import lock
from faults.models import Action, GateStep, Publication, ScheduledStep, kind_of
from posdesk.stored_language import in_stored_language

FARTHEST = timedelta(days=730)


@transaction.atomic
def schedule(item: Publication, user, step: GateStep, at: datetime, why: str = "") -> ScheduledStep:
    """Decides that the step is taken at that time, instead of what was decided of it before. The item must be locked.

    The gate is asked now whether it would agree. Raises PermissionDenied, Refused.
    """
    if not timezone.now() < at <= timezone.now() + FARTHEST:
        raise Refused(_("时间要在现在以后、两年以内。"))
    before = ScheduledStep.objects.of(item).waiting().filter(step=GateStep.PUBLISH, at__lt=at)
    if step == GateStep.ARCHIVE and before.exists():
        permissions.require(permissions.may_publish(user, item))  # the gate may say no to what is still to be published
    else:
        publishing.require(step, item, user)
    with in_stored_language():
        said = _("定于%(at)s%(step)s") % {"at": _at(at), "step": GateStep(step).label}
        pending = pending_row(item)
        change = record(item, Action.SCHEDULED, user, f"{said}。{why}" if why else said, pending, pending is not None)
    kept = {"name": change.name, "at": at, "why": change.why, "version": change.pk, "set_by": user, "set_by_name": change.made_by_name}
    kept |= {"set_at": change.made_at, "refusal": ""}
    return ScheduledStep.objects.update_or_create(kind=kind_of(item), item_id=item.pk, step=step, defaults=kept)[0]


@transaction.atomic
def cancel(item: Publication, user, step: GateStep) -> None:
    """Takes the decision back. Raises PermissionDenied, Refused."""
    permissions.require(permissions.may_publish(user, item))
    if not (found := ScheduledStep.objects.of(item).filter(step=step).first()):
        raise Refused(_("没有这样的定时，可能已经做了，或者别人取消了。"))
    found.delete()
    with in_stored_language():
        said, pending = _("取消：定于%(at)s%(step)s") % {"at": _at(found.at), "step": found.get_step_display()}, pending_row(item)
        record(item, Action.CANCELLED, user, said, pending, pending is not None)


def take_due() -> tuple[int, int]:
    """Takes every step whose time has come. Returns how many were taken, and how many the gate refused.

    Doing it twice changes nothing more.
    """
    taken = [_take(one) for one in ScheduledStep.objects.due()]
    return taken.count(True), taken.count(False)


@in_stored_language()
def _take(one: ScheduledStep) -> bool | None:
    """Whether the step was taken; None if another process, or a person, was quicker."""
    try:
        with transaction.atomic():
            if not ScheduledStep.objects.due().filter(pk=one.pk).delete()[0]:
                return None
            item = lock(one.model.everything.get(pk=one.item_id))
            _require_approved(one)
            getattr(publishing, one.step)(item, one.set_by, one.why)
    except (Refused, PermissionDenied) as error:
        ScheduledStep.objects.filter(pk=one.pk).update(refusal=str(error))
        return False
    return True


def _require_approved(one: ScheduledStep) -> None:
    """Raises Refused for words that nobody has approved, and for a decision that is nobody's any more."""
    if one.set_by is None:
        raise Refused(_("定时的人的账号已经删了。请另一位重新定，或者取消。"))
    if one.step == GateStep.PUBLISH and one.has_new_words:
        raise Refused(_("定时以后又改过，改的话没人复核。请看过再发布，或者重新定。"))


def _at(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
