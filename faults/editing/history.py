"""History: what is versioned, and as what. An entry and all its parts are one version (django-reversion)."""

from collections.abc import Collection

import reversion
from django.db.models import Count
from reversion.models import Version

from faults.models import (
    Alias,
    Cause,
    CodeActor,
    Elsewhere,
    Fault,
    Fix,
    Myth,
    RelatedFault,
    ReturnCode,
    ScreenText,
    Status,
    SynonymGroup,
    Term,
)

PARTS = {
    Fault: ("screen_texts", "aliases", "causes", "fixes", "myths", "links"),
    Cause: ("fixes",),
    ReturnCode: ("screen_texts", "myths", "who_acts"),
    **dict.fromkeys((ScreenText, Alias, Fix, Myth, RelatedFault, CodeActor, Term, SynonymGroup, Elsewhere), ()),
}


def register() -> None:
    """Tells django-reversion what belongs together. Called once, when the app is ready."""
    for model, parts in PARTS.items():
        if not reversion.is_registered(model):
            reversion.register(model, follow=parts)


def count_published_versions(faults: Collection[Fault]) -> dict[int, int]:
    """In how many of its versions an entry stood published, by its id; one query. Entries without any are left out."""
    versions = Version.objects.get_for_model(Fault).filter(object_id__in=[str(fault.pk) for fault in faults])
    published = versions.filter(serialized_data__contains=f'"status": "{Status.PUBLISHED}"')  # as Django's serializer writes it
    return {int(pk): count for pk, count in published.order_by().values_list("object_id").annotate(Count("pk"))}
