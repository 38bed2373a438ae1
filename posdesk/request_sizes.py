"""How large a request may be, decided before anything reads it: what is refused here costs nothing but the page that says so."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from posdesk.numbers import whole_number

MOST = 16 * 1024  # bytes; of what readers may write, 300 characters, the longest form is 3 kB


class RequestSizeMiddleware:
    """Lets only who is signed in send more than MOST, and only to the forms that need it, which LARGE_FORMS names by their path.

    A body without a length is none: Django reads as much as Content-Length says. Raises RequestDataTooBig (413).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_small(request):
            if not request.path_info.startswith(settings.LARGE_FORMS):
                raise RequestDataTooBig(f"more than {MOST} bytes")
            if SESSION_KEY not in request.session:  # it may have ended while somebody wrote: what they wrote is in their browser
                return redirect_to_login(request.get_full_path())
        # NUL is what PostgreSQL takes in no text, and nobody types it. In forms Django's fields refuse it.
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "")
        return self.get_response(request)


def _is_small(request: HttpRequest) -> bool:
    length = whole_number(request.META.get("CONTENT_LENGTH") or "0")
    return length is not None and length <= MOST
