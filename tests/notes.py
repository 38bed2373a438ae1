"""Notes for tests, made through the gate."""

from faults.editing import publishing
from faults.editing.assigning import assign
from faults.editing.edits import save_edit
from faults.models import Action, Note
from faults.models.notes import next_note_number


def noted(text: str, about: str = "fault:40", *, cause="", step="", audience="internal", is_published=True, owner=None) -> Note:
    """A note with these words there, by the operator."""
    row = {"number": next_note_number(), "about": about, "cause": cause, "step": step, "audience": audience, "text": text}
    note = save_edit("note", row, None, Action.CREATED)
    if owner:
        assign(note, None, owner)
    if is_published:
        publishing.publish(note, None)
    return Note.everything.get(pk=note.pk)
