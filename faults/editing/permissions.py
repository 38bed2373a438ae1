"""Who may do what with an item. `user` None is the operator at the command line, who may do everything."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from faults.models import WRITING, Action, Audience, Change, DeskRules, Note, Publication, Revision, SecondFactorPolicy, kind_of


def is_reviewed(item: Publication, row: dict | None = None) -> bool:
    """Whether changes of the item wait for a reviewer. `row`: what it is to say; looked up where that matters and it isn't given."""
    if isinstance(item, Note):
        return _is_said_aloud(item, row)
    return kind_of(item) in DeskRules.current().reviewed_kinds()


def _is_said_aloud(note: Note, row: dict | None) -> bool:
    """Whether readers see the note, or will once the work on it is published."""
    next_row = row or Revision.objects.of(note).values_list("row", flat=True).first() or {}
    return Audience.SAYABLE in (note.audience, next_row.get("audience"))


def may_write(user, item: Publication) -> bool:
    """Whether the user may change the item's draft."""
    return user is None or user.has_perm(f"faults.change_{item._meta.model_name}")


def may_publish(user, item: Publication) -> bool:
    """Whether the user may decide what readers see of the item."""
    return user is None or user.has_perm("faults.publish") or (may_write(user, item) and not is_reviewed(item))


def may_approve(user, item: Publication) -> bool:
    """Whether the user may publish the item as it now stands: one's own words need a second pair of eyes, or their own permission."""
    own = user is not None and is_reviewed(item) and has_written(user, item) and not user.has_perm("faults.approve_own")
    return may_publish(user, item) and not own


def has_written(user, item: Publication) -> bool:
    """Whether the words since the last publication are the user's: who mends what another has submitted is not its author."""
    done = Change.objects.since_publication(item).order_by("pk").values_list("action", "made_by")
    authors, is_submitted = set(), False
    for action, made_by in done:
        if action == Action.DISCARDED:
            authors.clear()
        elif action in WRITING and not (is_submitted and authors - {made_by}):
            authors.add(made_by)
        is_submitted = action == Action.SUBMITTED or (is_submitted and action not in (Action.TAKEN_BACK, Action.RETURNED, Action.DISCARDED))
    return user.pk in authors


def require(is_allowed: bool, sentence: str = "") -> None:
    """Raises PermissionDenied with the sentence unless it is allowed."""
    if not is_allowed:
        raise PermissionDenied(sentence or _("这一步您没有权限做。需要的话，请找管理员。"))


def must_have_second_factor(user) -> bool:
    """Whether the desk's rules ask the person for one. The setting SECOND_FACTOR_REQUIRED."""
    whom = DeskRules.current().second_factor
    is_decider = user.is_superuser or user.has_perm("faults.publish") or user.has_perm("auth.change_user")
    return whom == SecondFactorPolicy.STAFF or (whom == SecondFactorPolicy.DECIDERS and is_decider)
