"""Rules for the desk's own notes: each stands on something that is there, and crosses no red line."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from faults.checks.entries import Problem, of_note
from faults.editing.note_places import lost_notes
from faults.models import Note, Status
from faults.search.documents import items_of


def problems() -> Iterator[Problem]:
    """Of every note that isn't archived, in a fixed number of queries."""
    for note in lost_notes():
        yield Problem(str(note), _("批注没了位置"), field="about")
    notes = list(Note.everything.exclude(status=Status.ARCHIVED))
    items = items_of({note.about for note in notes})
    for note in notes:
        yield from of_note(note, items.get(note.about))
