"""Pages for what is not there, not allowed, or went wrong: each says what to do, and the id under which the log has it."""

import logging
import sys
from functools import lru_cache

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.html import escape
from django.utils.translation import activate, get_language, get_language_from_request
from django.utils.translation import gettext_lazy as _

from faults.search.query import MAX_LENGTH
from faults.traditional_chinese import LANGUAGE as TRADITIONAL
from faults.traditional_chinese import convert
from posdesk.database_errors import database_error_in, message_for
from posdesk.masking import mask_card_numbers
from posdesk.rate_limits import A_MINUTE

RETRY_AFTER = 10  # seconds
MOST = 5_000  # fields that are sent back
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_HIDDEN = "password"  # in the name of a field
_ID, _ASKED = "{request_id}", "{asked}"
BUSY = _("现在同时要做的事太多，没有轮到这一次。请等几秒，再试一次。")


def unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    """503. Without the request, so without context processors: they may need the database."""
    return _to_send_again(request, message_for(error), _submitted_fields(request))


def _to_send_again(request: HttpRequest, sentence: str, fields: list[tuple[str, str]]) -> HttpResponse:
    context = {
        "request_id": getattr(request, "request_id", ""),
        "sentence": sentence,
        "address": request.get_full_path(),
        "fields": fields,
        "asked": _asked(request),
    }
    response = HttpResponse(render_to_string("503.html", context), status=503, headers={"Retry-After": str(RETRY_AFTER)})
    add_never_cache_headers(response)
    return response


def busy(request: HttpRequest) -> HttpResponse:
    """503 for who found no place (posdesk/capacity.py). What a form held is in the page; not what came with files, which cost to read."""
    activate(get_language_from_request(request))
    fields = _submitted_fields(request) if request.content_type == "application/x-www-form-urlencoded" else []
    return _to_send_again(request, BUSY, fields) if fields else _refusal(request, "503.html", 503, RETRY_AFTER, sentence=BUSY)


def too_many_requests(request: HttpRequest, seconds: int = A_MINUTE) -> HttpResponse:
    """429, with the time after which it may be tried again."""
    return _refusal(request, "429.html", 429, seconds, seconds=seconds)


def _refusal(request: HttpRequest, template: str, status: int, retry_after: int, **context) -> HttpResponse:
    """A page that costs next to nothing, for there may be very many of them: made once a language, and only the request's id put in, and
    what was searched for."""
    page = _page_without_id(template, get_language(), tuple(context.items()))
    page = page.replace(_ID, getattr(request, "request_id", "")).replace(_ASKED, escape(_asked(request)))
    response = HttpResponse(page, status=status, headers={"Retry-After": str(retry_after)})
    add_never_cache_headers(response)
    return response


@lru_cache(maxsize=20)
def _page_without_id(template: str, language: str, context: tuple[tuple[str, object], ...]) -> str:
    page = render_to_string(template, {"request_id": _ID, "asked": _ASKED, **dict(context)})
    return convert(page) if language == TRADITIONAL else page


def _asked(request: HttpRequest) -> str:
    """The words that somebody searched for, to be sent again."""
    return mask_card_numbers(request.GET.get("q", "")[:MAX_LENGTH])


def _submitted_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What the form held, to be sent again; nothing if a secret was in it, or a file, which a page can't hold."""
    if request.method != "POST" or request.FILES or any(_HIDDEN in name for name in request.POST):
        return []
    fields = [(name, mask_card_numbers(value)) for name, values in request.POST.lists() for value in values]
    return fields if len(fields) <= MOST else []


log = logging.getLogger(__name__)
FORM_EXPIRED = _("这一页开得太久，或者浏览器不收Cookie。请回到上一页，刷新，再提交一次。")


def _sentence(exception) -> str:
    """The sentence that came with the error; Django's own, such as a bad path, are not for readers."""
    given = exception.args[0] if exception and exception.args else ""
    return given if isinstance(given, str) and not given.isascii() else ""


def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    """400; of a form that is too large, which is no fault of the address, 413."""
    if isinstance(exception, TOO_LARGE):
        return render(request, "413.html", {}, status=413)
    return render(request, "400.html", {}, status=400)


def forbidden(request: HttpRequest, exception=None) -> HttpResponse:
    """403. Django's line in the log has the path; this one, under the same id, whose account it was."""
    if hasattr(request, "user") and request.user.is_authenticated:
        log.warning("refused to account %s", request.user.pk)
    return render(request, "403.html", {"sentence": _sentence(exception)}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without the right token. `reason` is for the log, where Django has put it."""
    return render(request, "403.html", {"sentence": FORM_EXPIRED}, status=403)


def not_found(request: HttpRequest, exception=None) -> HttpResponse:
    """404."""
    return render(request, "404.html", {"sentence": _sentence(exception)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when it is the database that refuses. Without the request, so without context processors: nothing on this page may
    need what has just failed."""
    if refusal := database_error_in(sys.exception()):
        return unavailable(request, refusal)
    page = render_to_string("500.html", {"request_id": getattr(request, "request_id", ""), "asked": _asked(request)})
    response = HttpResponse(page, status=500)
    add_never_cache_headers(response)
    return response
