"""What a page's script tells of a search: what was opened from it, that something else was asked, what was typed and left."""

import re
import secrets

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.http import require_POST

from faults.models.usage import AskedOn
from faults.search.find import find
from faults.usage.events import Repeated
from faults.usage.page_events import is_reader, search_event
from faults.usage.recorder import recorder
from faults.views.page_views import opened_event
from faults.views.visitors import same_origin
from posdesk.rate_limits import client_id, within_limit, within_shared_limit

MOST_A_MINUTE = 300  # from one address: a whole desk may sit behind it
DEEPEST = 60  # results that a page shows at the most

NOTED = 204  # nothing to show: the page has gone on by then


def _is_accepted(request: HttpRequest) -> bool:
    who = client_id(request)
    return is_reader(request) and within_limit(who, "beacons", MOST_A_MINUTE) and within_shared_limit(who, "beacons", MOST_A_MINUTE)


def _mark(request: HttpRequest) -> str:
    """The mark of a search; empty for what can't be one. What is handed over must be something that any database takes."""
    given = request.POST.get("mark", "")
    return given if re.fullmatch("[0-9a-f]{16}", given) else ""


def _opened(request: HttpRequest) -> tuple[str, str, int] | None:
    """Kind, key and rank of what was opened; None for what is no page of ours or no rank."""
    path, _, anchor = request.POST.get("page", "")[:100].partition("#")
    rank = request.POST.get("rank", "")
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if not re.fullmatch("[1-9][0-9]?", rank) or int(rank) > DEEPEST:
        return None
    term = re.fullmatch("t([1-9][0-9]{0,17})", anchor)
    keys = {"fault": match.kwargs.get("number"), "code": match.kwargs.get("code"), "terms": term and term[1]}
    key = str(keys.get(match.url_name) or "")
    return ({"terms": "term"}.get(match.url_name, match.url_name), key, int(rank)) if key else None


@require_POST
@same_origin
def opened(request: HttpRequest) -> HttpResponse:
    """From the search `mark`, the page `page` (its path) at `rank` was opened."""
    if _is_accepted(request) and (mark := _mark(request)) and (what := _opened(request)):
        recorder.add(opened_event(mark, *what))
    return HttpResponse(status=NOTED)


@require_POST
@same_origin
def repeated(request: HttpRequest) -> HttpResponse:
    """After the search `mark`, from which nothing was opened, the same reader asked something else within half a minute."""
    if _is_accepted(request) and (mark := _mark(request)):
        recorder.add(Repeated(mark, timezone.now()))
    return HttpResponse(status=NOTED)


@require_POST
@same_origin
def typed(request: HttpRequest) -> HttpResponse:
    """`q` was typed, and either something of the list below the field was opened (`page`, `rank`) or nothing was found for it."""
    if not _is_accepted(request):
        return HttpResponse(status=NOTED)
    found = find(AnonymousUser(), request.POST.get("q", ""))
    if not found.query.is_empty:
        event = search_event(found, AskedOn.TYPING, secrets.token_hex(8))
        recorder.add(event)
        if what := _opened(request):
            recorder.add(opened_event(event.mark, *what))
    return HttpResponse(status=NOTED)
