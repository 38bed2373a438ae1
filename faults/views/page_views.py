"""What each showing of a page is noted as: it goes with the answer, also where that is kept (posdesk/page_cache/middleware.py)."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from faults.usage.events import Opened, Viewed
from faults.usage.page_events import Events

View = Callable[..., HttpResponse]


def opened_event(mark: str, kind: str, key: str, rank: int) -> Opened:
    """From the search with this mark, what was opened just now."""
    return Opened(mark, timezone.now(), kind, key, rank)


def counts_views(kind: str, parameter: str) -> Callable[[View], View]:
    """The view of one entry or code, whose every showing is counted. `parameter`: the part of the address that names it."""

    def wrap(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **named) -> HttpResponse:
            response = view(request, **named)
            if response.status_code == 200:
                response.showing = Events([Viewed(timezone.now(), kind, str(named[parameter]))])
            return response

        return answer

    return wrap
