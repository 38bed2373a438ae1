"""Notes what readers search and read. Whoever may see drafts isn't counted, nor are robots, nor pages that nobody looks at yet."""

import re
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from faults.models.usage import AskedOn
from faults.search.find import Found
from faults.usage.events import Opened, Viewed
from faults.usage.recorder import recorder
from faults.usage.searched import searched

_ROBOT = re.compile("bot|crawl|spider|slurp|preview", re.IGNORECASE)

View = Callable[..., HttpResponse]


def is_reader(request: HttpRequest) -> bool:
    """Whether a person reads what the public reads."""
    return not request.user.is_staff and not _ROBOT.search(request.headers.get("User-Agent", ""))


def _is_looked_at(request: HttpRequest) -> bool:
    """Whether the answer is shown at once: not fetched ahead, nor by the worker that keeps pages for reading without a network."""
    ahead = request.headers.get("Sec-Purpose") or request.headers.get("Purpose") or ""
    return request.method == "GET" and request.headers.get("Sec-Fetch-Dest", "document") == "document" and "prefetch" not in ahead


def note_search(request: HttpRequest, found: Found) -> str:
    """Notes a search on the page of results. Returns its mark, empty if it doesn't count."""
    if found.query.is_empty or not (_is_looked_at(request) and is_reader(request)):
        return ""
    event = searched(found, AskedOn.PAGE)
    recorder.note(event)
    return event.mark


def note_opened(mark: str, kind: str, key: str, rank: int) -> None:
    """Notes what was opened from the search with this mark."""
    recorder.note(Opened(mark, timezone.now(), kind, key, rank))


def viewed(kind: str, parameter: str) -> Callable[[View], View]:
    """The view of one entry or code, whose every showing is counted. `parameter`: the part of the address that names it."""

    def wrap(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **named) -> HttpResponse:
            response = view(request, **named)
            if response.status_code == 200 and _is_looked_at(request) and is_reader(request):
                recorder.note(Viewed(timezone.now(), kind, str(named[parameter])))
            return response

        return answer

    return wrap
