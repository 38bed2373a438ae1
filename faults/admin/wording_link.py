"""Beside the form of what callers ask for: a link to in what words they do."""

from urllib.parse import urlencode

from django.urls import reverse

from faults.models import Publication, Wording
from faults.search.documents import name_of


class WordingLinkMixin:
    """For an admin of entries, codes or terms."""

    def desk_context(self, request, object_id: str | None) -> dict:
        context = super().desk_context(request, object_id)
        return context | (wording_link(request.user, context["item"]) if "item" in context else {})


def wording_link(user, item: Publication) -> dict:
    """Where the item's wordings are, or can be added, and how many there are; nothing for who may not."""
    name = name_of(item)
    wording = Wording.everything.filter(name=name).first() if user.has_perm("faults.view_wording") else None
    if wording:
        return {"wording_url": reverse("admin:faults_wording_change", args=[wording.pk]), "wordings": len(wording.word_list)}
    if user.has_perm("faults.add_wording"):
        return {"wording_url": f"{reverse('admin:faults_wording_add')}?{urlencode({'name': name})}", "wordings": 0}
    return {}
