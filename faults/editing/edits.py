"""Writing: new words for an item, from a form, a table or its history.

Readers keep the words of a published item until the gate lets the new ones through.
"""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from faults.checks.readiness import red_lines_of
from faults.editing import permissions
from faults.editing.describe import snapshot
from faults.editing.history import record
from faults.editing.knowledge_files import in_current_shape, key_of
from faults.editing.references import References
from faults.editing.renewal import are_lines, combined_lines
from faults.editing.revisions import reindex, revision_of, save_revision
from faults.editing.row_fields import check
from faults.editing.row_writer import link, named, write
from faults.models import KINDS, Action, Publication, Revision, Status, kind_of
from faults.text.normalize import normalized_values


class Unusable(Exception):
    """A revision whose words can't be put into its item any more. The sentence says why, and what to do."""


# Decided by the gate, by rules, by assigning or merging, never by a new text.
NOT_TEXT = {"status", "reviewed", "review_due", "merged_into", "owner"}


def same_text(one: dict, other: dict) -> bool:
    """Whether two rows say the same, whatever their states and dates."""
    keys = (one.keys() | other.keys()) - NOT_TEXT
    return all(one.get(key) == other.get(key) for key in keys)


def joined_texts(opened: dict, current: dict, typed: dict) -> dict:
    """The typed row, with the current words in whatever still says what it said when it was opened: somebody else changed those. Lists
    of words that both changed are joined line by line."""
    before = {key: normalized_values(opened.get(key)) for key in current.keys() - NOT_TEXT}
    kept = {key: current[key] for key, value in before.items() if value == typed.get(key)}
    both = {key: (value, typed.get(key), current[key]) for key, value in before.items() if key not in kept}
    return typed | kept | {key: combined_lines(*values) for key, values in both.items() if are_lines(key, *values)}


def current_row(item: Publication) -> dict:
    """What the item will say once the work on it is published; what it says now if there is none."""
    return pending_row(item) or snapshot(item)


def pending_row(item: Publication) -> dict | None:
    """What waits for a published item; None if nothing does."""
    revision = revision_of(item)
    return revision.row if revision else None


@transaction.atomic
def save_edit(
    kind: str, row: dict, user, action: Action, why: str = "", item: Publication | None = None, references: References | None = None
):
    """Gives an item these words: a new one becomes a draft, a draft is written over, a published one gets a revision. Returns the item.

    Raises PermissionDenied; ValidationError or LookupError for words that the models refuse.
    """
    row = row | in_current_shape(kind, row)
    if item is None:
        permissions.require(user is None or user.has_perm(f"faults.add_{KINDS[kind]._meta.model_name}"))
        if named(kind, row):
            raise ValidationError(_("%(key)s已经有了，是另外一条。") % {"key": key_of(kind, row)})
        item = apply_row(KINDS[kind](pk=row.get("pk"), status=Status.DRAFT), row, references)
        return record_edit(item, user, action, why)
    permissions.require(permissions.may_write(user, item))
    if item.status == Status.PUBLISHED:
        return propose(item, row, user, action, why, references)
    return record_edit(apply_row(item, row, references), user, action, why)


def record_edit(item: Publication, user, action: Action, why: str = "") -> Publication:
    """Everything that follows when words were saved straight into an item that readers don't see."""
    if item.status != Status.ARCHIVED:
        save_revision(item, user)
    reindex(item)
    record(item, action, user, why)
    return item


def propose(item: Publication, row: dict, user, action: Action, why: str = "", references: References | None = None) -> Publication:
    """New words for a published item: a revision, or at once where the administrator wants no review and no red line is crossed.

    Raises ValidationError or LookupError for words that the models refuse.
    """
    kind, now = kind_of(item), snapshot(item)
    if same_text(row, pending_row(item) or now):
        return item
    row = now | row | {key: value for key, value in now.items() if key in NOT_TEXT}
    check(kind, in_current_shape(kind, row), references or References())
    if permissions.is_reviewed(item, row) or (applied := _applied_at_once(item, row, references)) is None:
        record(item, action, user, why, row, is_pending=True)
        save_revision(item, user, row)
        return item
    Revision.objects.of(item).delete()
    reindex(applied)
    record(applied, action, user, why)
    return applied


def _applied_at_once(item: Publication, row: dict, references: References | None) -> Publication | None:
    """The item with its new words; None, and nothing is written, if they cross a red line."""
    with transaction.atomic():
        applied = apply_row(type(item).everything.get(pk=item.pk), row, references)
        if not red_lines_of(applied):
            return applied
        transaction.set_rollback(True)
    return None


def apply_revision(pk: int, revision: Revision) -> Publication:
    """The item as it will be once the revision is published, written. Raises Unusable, after which the transaction must be undone."""
    item, references = revision.model.everything.get(pk=pk), References()
    try:
        check(revision.kind, in_current_shape(revision.kind, revision.row), references)
        return apply_row(item, revision.row, references)
    except (ValidationError, LookupError, IntegrityError) as error:
        sentence = _("这份修改用不了（%(why)s）。读者看到的没有变。请从历史里恢复一个版本，或者丢弃这份修改。")
        raise Unusable(sentence % {"why": _refusal(error)}) from error


def _refusal(error: ValidationError | LookupError | IntegrityError) -> str:
    if isinstance(error, ValidationError):
        return "；".join(error.messages)
    return str(error.args[0]) if isinstance(error, LookupError) else _("它的名字或编号别的内容已经用了")  # an item alone is checked before


def apply_row(item: Publication, row: dict, references: References | None = None) -> Publication:
    """Writes a row's words over the item, with its parts and links; its state and its dates stay. Returns it as saved."""
    references = references or References()
    kind = kind_of(item)
    kept = {name: getattr(item, name) for name in ("status", "reviewed_on", "review_due")}
    row = row | in_current_shape(kind, row)
    item = write(kind, row, references, item)
    for name, value in kept.items():
        setattr(item, name, value)
    item.save()
    references.add(item)
    link(kind, row, item, references)
    return item
