"""Where notes stand within an entry: beside the cause or the step whose words they name.

Loading knowledge, a form and a table all rewrite causes and steps, so a note is matched anew wherever it is shown. Width, punctuation
and particles don't matter, other words do: “顾客还在” and “顾客不在” are as like as two wordings of one cause, and what stands beside the
wrong one is read out to the wrong caller. A note whose place is gone stands at the head of its entry, and waits on the work list.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import prefetch_related_objects

from faults.models import Cause, Fault, Fix, Note, Publication, Status
from faults.search.documents import items_of
from faults.text.fold import fold, words
from faults.text.lines import lines


class Place(NamedTuple):
    """A cause, or a step of a fix. `cause`: its title, empty for fixes of the whole entry; `step`: its words, empty for a cause."""

    cause: str
    step: str
    part: Cause | Fix
    number: int = 0  # of the step in its fix, from 0


def places_of(fault: Fault) -> list[Place]:
    """Every place in the entry that a note can stand beside, in the order of its page; from what was prefetched."""
    found = []
    for cause in fault.causes.all():
        title = cause.written("title")
        found.append(Place(title, "", cause))
        found += [place for fix in cause.fixes.all() for place in _steps(title, fix)]
    return found + [place for fix in fault.general_fixes for place in _steps("", fix)]


def _steps(cause: str, fix: Fix) -> list[Place]:
    return [Place(cause, step, fix, number) for number, step in enumerate(lines(fix.written("steps")))]


def place_of(note: Note, places: Iterable[Place]) -> Place | None:
    """Where the note stands; None if its words are there no more. The cause of a step may be reworded, if no other has that step."""
    cause, step = _key(note.cause), _key(note.step)
    same = [place for place in places if _key(place.step) == step]
    exact = [place for place in same if _key(place.cause) == cause]
    if exact:
        return exact[0]
    return same[0] if step and len(same) == 1 else None


def _key(text: str) -> str:
    return "".join(words(fold(text)))


def as_value(cause: str, step: str) -> str:
    """A place as one word, as forms and addresses hold it; empty for the whole."""
    return json.dumps([cause, step], ensure_ascii=False) if cause or step else ""


def put_in_place(notes: Iterable[Note], fault: Fault) -> list[Note]:
    """Gives causes and fixes the notes beside them: `cause.notes`, and `fix.notes` by the number of the step.

    Returns the others, for the head of the entry: those on the whole, and those whose place is gone. From what was prefetched.
    """
    places, at_head = places_of(fault), []
    for note in notes:
        place = place_of(note, places) if note.place_label else None
        if place is None:
            at_head.append(note)
        elif isinstance(place.part, Cause):
            place.part.notes = [*getattr(place.part, "notes", []), note]
        else:
            place.part.notes = getattr(place.part, "notes", None) or defaultdict(list)
            place.part.notes[place.number].append(note)
    return at_head


def lost_notes() -> list[Note]:
    """The notes in use whose place is gone, or what they are about; in a fixed number of queries."""
    notes = list(Note.everything.exclude(status=Status.ARCHIVED).order_by("number"))
    items = items_of({note.about for note in notes})
    entries = {note.about: items[note.about] for note in notes if note.place_label and isinstance(items.get(note.about), Fault)}
    prefetch_related_objects(list(entries.values()), "causes__fixes", "fixes")
    places = {name: places_of(entry) for name, entry in entries.items()}
    return [note for note in notes if _is_lost(note, items.get(note.about), places.get(note.about, []))]


def _is_lost(note: Note, item: Publication | None, places: list[Place]) -> bool:
    if item is None or item.status == Status.ARCHIVED:
        return True
    return bool(note.place_label) and place_of(note, places) is None
