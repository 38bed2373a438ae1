"""Loads the knowledge files: plan first, then apply. What an editor has changed since it was loaded stays; the rest is renewed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from faults.editing.describe import describe_all, desk_of
from faults.editing.history import record, record_missing_history
from faults.editing.knowledge_files import SHAPES, Knowledge, KnowledgeError, in_current_shape, key_of, read_folder
from faults.editing.references import References
from faults.editing.renewal import combined, still_open
from faults.editing.row_writer import link, write
from faults.models import Action as Done
from faults.models import LoadedItem
from faults.search import index

VERSIONED = {"code", "fault", "term", "synonym", "wording", "elsewhere"}


class Action(StrEnum):
    ADD = "add"  # not in the database
    RENEW = "renew"  # in the database as it was loaded; the file has a newer text
    SAME = "same"
    COMBINE = "combine"  # an editor changed some of it, the files something else: both stay
    KEEP = "keep"  # an editor changed, renamed or deleted it, and the files have nothing new beside that


@dataclass(frozen=True)
class Step:
    """What is to be done with one item of the files. `row`: what it is to say; `wanted`: what the files say; `conflicts`: what both
    changed otherwise, by field, as LoadedItem keeps it."""

    kind: str
    key: str
    action: Action
    row: dict
    wanted: dict
    conflicts: dict = field(default_factory=dict)


def plan(folder: Path) -> list[Step]:
    """Compares the files with the database. Changes nothing. Raises KnowledgeError for files that can't be read."""
    knowledge = read_folder(folder)
    loaded = LoadedItem.objects.in_bulk(field_name="key")
    return [step for kind in SHAPES for step in _plan_kind(kind, knowledge, loaded)]


def _plan_kind(kind: str, knowledge: Knowledge, loaded: dict[str, LoadedItem]) -> list[Step]:
    here = {key_of(kind, row): row for row in describe_all(kind)}
    return [_step(kind, key_of(kind, row), row, here, loaded) for row in knowledge.rows[kind]]


def _step(kind: str, key: str, wanted: dict, here: dict[str, dict], loaded: dict[str, LoadedItem]) -> Step:
    ours, item = here.get(key), loaded.get(key)
    if ours is None:  # what an editor deleted or renamed doesn't come back
        return Step(kind, key, Action.KEEP if item else Action.ADD, wanted, wanted)
    if ours == wanted:
        return Step(kind, key, Action.SAME, wanted, wanted)
    if item is None:  # it was made here
        return Step(kind, key, Action.KEEP, ours, wanted)
    base = in_current_shape(kind, item.row)
    row, conflicts = combined(base, ours, wanted)
    conflicts = still_open(item.conflicts, ours, wanted) | conflicts if kind in VERSIONED else {}  # nobody is asked about lists
    action = Action.RENEW if ours == base else Action.KEEP if row == ours else Action.COMBINE
    return Step(kind, key, action, row, wanted, conflicts)


@transaction.atomic
def apply(steps: list[Step], progress: Callable[[int, int], None]) -> None:
    """Carries the plan out, all of it or nothing. Calls progress(done, total) after each item.

    Raises KnowledgeError for an item the database refuses.
    """
    due = [step for step in steps if step.action in (Action.ADD, Action.RENEW, Action.COMBINE)]
    lists = [step for step in due if step.kind not in VERSIONED]
    for step in lists:
        _guarded(step, write, step.kind, step.row, None)
    references, written = References(), []
    for done, step in enumerate((step for step in due if step.kind in VERSIONED), start=len(lists) + 1):
        written.append((step, _guarded(step, write, step.kind, step.row, references)))
        progress(done, len(due))
    references.refresh()
    for step, item in written:
        _guarded(step, link, step.kind, step.row, item, references)
        record(item, Done.LOADED, row=step.row | desk_of(item))
    index.refresh(item for step, item in written)
    _remember(steps)
    record_missing_history()


def _guarded(step: Step, action, *arguments):
    """Runs the action; an item that is refused is named in the error."""
    try:
        return action(*arguments)
    except (ValidationError, LookupError) as error:
        reasons = error.messages if isinstance(error, ValidationError) else [str(error.args[0])]
        raise KnowledgeError([_("%(what)s：%(name)s") % {"what": step.key, "name": reason} for reason in reasons]) from error


def _remember(steps: list[Step]) -> None:
    """Notes what the files say of each item that came from them, so that an editor's change shows the next time, and what both changed."""
    known = set(LoadedItem.objects.values_list("key", flat=True))
    own = [step for step in steps if step.action != Action.KEEP or step.key in known]
    items = [LoadedItem(key=step.key, row=step.wanted, conflicts=step.conflicts) for step in own]
    LoadedItem.objects.bulk_create(items, update_conflicts=True, unique_fields=["key"], update_fields=["row", "conflicts"])
