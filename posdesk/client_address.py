"""The reader's own address, also behind proxies that we run."""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class ClientAddressMiddleware:
    """Puts the reader's address where everything looks for it, into REMOTE_ADDR.

    PROXIES proxies of ours stand in front, each adding to X-Forwarded-For whom it spoke with. So the reader's address is that far
    from the right; whatever stands to the left of it the reader wrote, and it isn't believed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.PROXIES and (address := _forwarded(request)):
            request.META["REMOTE_ADDR"] = address
        return self.get_response(request)


def _forwarded(request: HttpRequest) -> str:
    """The address that the outermost of our proxies saw; empty if they didn't say."""
    said = [word.strip() for word in request.headers.get("X-Forwarded-For", "").split(",")]
    try:
        return str(ip_address(said[-settings.PROXIES]))
    except (IndexError, ValueError):
        return ""
