"""From what was found to what is noted of it."""

from django.utils import timezone

from faults.models import Outcome, Search
from faults.models.usage import AskedOn
from faults.search.find import Found
from faults.usage.events import Searched
from posdesk.masking import mask_digits

LONGEST = Search._meta.get_field("text").max_length


def search_event(found: Found, source: AskedOn, mark: str) -> Searched:
    """The search as it is noted, under its mark."""
    best = [hit.score for hit in (found.hits or found.weak)[:1]]
    return Searched(
        mark=mark,
        at=timezone.now(),
        text=_storable(found.query.text),
        folded=_storable(found.query.folded),
        source=source,
        outcome=_outcome(found),
        results=len(found.hits),
        best_score=best[0] if best else None,
    )


def _outcome(found: Found) -> Outcome:
    if found.unknown_code:
        return Outcome.UNKNOWN
    if found.hits:
        return Outcome.ANSWERED
    return Outcome.NEAR if found.weak else Outcome.NOTHING


def _storable(text: str) -> str:
    """Without long runs of digits, and without what a database can't hold."""
    return mask_digits("".join(character for character in text if character.isprintable()))[:LONGEST]
