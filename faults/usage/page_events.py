"""What is shown to readers, and what is noted of it. Whoever may see drafts isn't counted, nor robots, nor pages not looked at yet."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from faults.models import Outcome, Search
from faults.models.usage import AskedOn
from faults.search.find import Found
from faults.usage.events import Event, Searched, Viewed
from faults.usage.recorder import recorder
from posdesk.masking import mask_digits
from posdesk.page_cache.page import Showing

LONGEST = Search._meta.get_field("text").max_length


def search_event(found: Found, source: AskedOn, mark: str) -> Searched:
    """The search as it is noted, under its mark."""
    return Searched(
        mark=mark,
        at=timezone.now(),
        text=_storable(found.query.text),
        folded=_storable(found.query.folded),
        source=source,
        outcome=_outcome(found),
        results=len(found.hits),
        best_score=round(found.chance, 2) if found.hits or found.weak else None,
    )


def _outcome(found: Found) -> Outcome:
    if found.unknown_code:
        return Outcome.UNKNOWN
    if found.hits:
        return Outcome.ANSWERED
    return Outcome.NEAR if found.weak else Outcome.NOTHING


def _storable(text: str) -> str:
    """Without long runs of digits, and without what a database can't hold."""
    return mask_digits("".join(character for character in text[: 2 * LONGEST] if character.isprintable()))[:LONGEST]


# A page that a reader asks for is navigated to. A service worker hands that on as a request that still says "navigate", and nothing of
# where it will be shown (Fetch, "new Request": the mode stays, the destination is empty). What it fetches by itself is no navigation.
_SHOWN_IN = {"document", "empty"}
_ROBOT = re.compile("bot|crawl|spider|slurp|preview", re.IGNORECASE)


def is_reader(request: HttpRequest) -> bool:
    """Whether a person reads what the public reads."""
    is_staff = hasattr(request, "user") and request.user.is_staff  # a kept page is answered before anybody asks who it is
    return not is_staff and not _ROBOT.search(request.META.get("HTTP_USER_AGENT", ""))


def _is_navigation(said: Mapping[str, str]) -> bool:
    """Whether the browser shows the answer; silence counts as yes. `said`: not `headers`, all of which are copied for one."""
    is_ahead = "prefetch" in (said.get("HTTP_SEC_PURPOSE") or said.get("HTTP_PURPOSE") or "")
    is_shown = said.get("HTTP_SEC_FETCH_MODE", "navigate") == "navigate" and said.get("HTTP_SEC_FETCH_DEST", "document") in _SHOWN_IN
    return is_shown and not is_ahead


@dataclass(frozen=True)
class Events(Showing):
    """What each showing of a page is noted as."""

    events: Sequence[Event]

    def is_counted(self, request: HttpRequest) -> bool:
        """Whether a reader looks at it at once: not fetched ahead, nor by the worker that keeps pages for reading without a network."""
        return request.method == "GET" and _is_navigation(request.META) and is_reader(request)

    def record(self) -> str:
        """With a new mark for its search."""
        mark, now = secrets.token_hex(8), timezone.now()
        for event in self.events:
            recorder.add(_at(event, now, mark))
        return mark

    def record_again(self, mark: str) -> None:
        """With the mark that the browser's copy has."""
        for event in self.events:
            again = _at(event, timezone.now(), mark)
            recorder.add(replace(again, is_again=True) if isinstance(again, Searched) else again)


def _at(event: Event, now: datetime, mark: str) -> Event:
    return replace(event, at=now) if isinstance(event, Viewed) else replace(event, at=now, mark=mark)
