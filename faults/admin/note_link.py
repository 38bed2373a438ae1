"""Beside the form of what notes are on: a link to them, and to the form of a new one."""

from urllib.parse import urlencode

from django.urls import reverse

from faults.models import Note, Publication, Status
from faults.search.documents import name_of


class NoteLinkMixin:
    """For an admin of entries, codes or terms."""

    def desk_context(self, request, object_id: str | None) -> dict:
        context = super().desk_context(request, object_id)
        return context | (note_links(request.user, context["item"]) if "item" in context else {})


def note_links(user, item: Publication) -> dict:
    """Where the item's notes are and how many are in use, and where one is added; nothing for who may not."""
    about = urlencode({"about": name_of(item)})
    links = {}
    if user.has_perm("faults.view_note"):
        links["notes"] = Note.everything.filter(about=name_of(item)).exclude(status=Status.ARCHIVED).count()
        links["notes_url"] = f"{reverse('admin:faults_note_changelist')}?{about}"
    if user.has_perm("faults.add_note"):
        links["note_add_url"] = f"{reverse('admin:faults_note_add')}?{about}"
    return links
