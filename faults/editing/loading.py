"""Loads the knowledge files: plan first, then apply. What an editor has changed since it was loaded is left alone."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from faults.editing.describe import describe_all, desk_of
from faults.editing.history import record, record_missing_history
from faults.editing.knowledge_files import SHAPES, Knowledge, KnowledgeError, in_current_shape, key_of, read_folder
from faults.editing.references import References
from faults.editing.row_writer import link, write
from faults.models import Action as Done
from faults.models import LoadedItem
from faults.search import index

VERSIONED = {"code", "fault", "term", "synonym", "wording", "elsewhere"}


class Action(StrEnum):
    ADD = "add"  # not in the database
    RENEW = "renew"  # in the database as it was loaded; the file has a newer text
    SAME = "same"
    KEEP = "keep"  # an editor changed, renamed or deleted it: left alone


@dataclass(frozen=True)
class Step:
    """What is to be done with one item of the files."""

    kind: str
    key: str
    action: Action
    row: dict


def plan(folder: Path) -> list[Step]:
    """Compares the files with the database. Changes nothing. Raises KnowledgeError for files that can't be read."""
    knowledge = read_folder(folder)
    loaded = dict(LoadedItem.objects.values_list("key", "row"))
    return [step for kind in SHAPES for step in _plan_kind(kind, knowledge, loaded)]


def _plan_kind(kind: str, knowledge: Knowledge, loaded: dict[str, dict]) -> list[Step]:
    here = {key_of(kind, row): row for row in describe_all(kind)}
    return [_step(kind, key_of(kind, row), row, here, loaded) for row in knowledge.rows[kind]]


def _step(kind: str, key: str, wanted: dict, here: dict[str, dict], loaded: dict[str, dict]) -> Step:
    untouched = key in loaded and here.get(key) == in_current_shape(kind, loaded[key])
    return Step(kind, key, _action(here.get(key), wanted, untouched, key in loaded), wanted)


def _action(here: dict | None, wanted: dict, untouched: bool, was_loaded: bool) -> Action:
    if here is None:
        return Action.KEEP if was_loaded else Action.ADD  # what an editor deleted or renamed doesn't come back
    if here == wanted:
        return Action.SAME
    return Action.RENEW if untouched else Action.KEEP


@transaction.atomic
def apply(steps: list[Step], progress: Callable[[int, int], None]) -> None:
    """Carries the plan out, all of it or nothing. Calls progress(done, total) after each item.

    Raises KnowledgeError for an item the database refuses.
    """
    due = [step for step in steps if step.action in (Action.ADD, Action.RENEW)]
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
    """Notes what each item that the files own now looks like, so that an editor's change shows the next time."""
    kept = {step.key for step in steps if step.action == Action.KEEP}
    items = [LoadedItem(key=step.key, row=step.row) for step in steps if step.key not in kept]
    LoadedItem.objects.bulk_create(items, update_conflicts=True, unique_fields=["key"], update_fields=["row"])
