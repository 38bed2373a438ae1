"""The desk's own notes beside what a page shows: to everybody those that may be said, to colleagues the internal ones too."""

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from faults.models import Note, Publication
from faults.search.documents import name_of


def notes_on(user, items: Iterable[Publication]) -> dict[str, list[Note]]:
    """The notes that this user may read, by the names of these items; one query."""
    found = defaultdict(list)
    for note in Note.visible_to(user).filter(about__in=map(name_of, items)).select_related("owner"):
        found[note.about].append(note)
    return found


def form_for_notes(user, item: Publication) -> str:
    """The address of the form of a new note on the item, for who may write one; empty for everybody else."""
    may_write = user.is_active and user.is_staff and user.has_perm("faults.add_note")
    return f"{reverse('admin:faults_note_add')}?{urlencode({'about': name_of(item)})}" if may_write else ""
