"""The page for when the database refuses: what was sent stands in it, so that nothing typed is lost, with a button to send it again."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from posdesk.database_errors import message_for
from posdesk.masking import mask_card_numbers

RETRY_AFTER = 10  # seconds
MOST = 5_000  # fields that are sent back
_HIDDEN = "password"  # in the name of a field


def unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    """503. Without the request, so without context processors: they may need the database."""
    context = {
        "request_id": getattr(request, "request_id", ""),
        "sentence": message_for(error),
        "address": request.get_full_path(),
        "fields": _submitted_fields(request),
    }
    response = HttpResponse(render_to_string("503.html", context), status=503, headers={"Retry-After": str(RETRY_AFTER)})
    add_never_cache_headers(response)
    return response


def _submitted_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What the form held, to be sent again; nothing if a secret was in it, or a file, which a page can't hold."""
    if request.method != "POST" or request.FILES or any(_HIDDEN in name for name in request.POST):
        return []
    fields = [(name, mask_card_numbers(value)) for name, values in request.POST.lists() for value in values]
    return fields if len(fields) <= MOST else []
