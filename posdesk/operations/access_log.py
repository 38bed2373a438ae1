"""One record a request, for who has no proxy that writes one. No name and no address of a reader; figures in paths are covered."""

import logging
from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from posdesk.operations.log_masking import mask_address

log = logging.getLogger("posdesk.access")


class AccessLogMiddleware:
    """Not there at all unless ACCESS_LOG is 1."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        if not settings.ACCESS_LOG:
            raise MiddlewareNotUsed("ACCESS_LOG is 0")
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = perf_counter()
        response = self.get_response(request)
        fields = _fields(request, response.status_code, seconds=perf_counter() - start)
        log.info("%(method)s %(path)s %(status)s %(ms)s ms", fields, extra=fields)
        return response


def _fields(request: HttpRequest, status: int, seconds: float) -> dict:
    """`user`: the id of who is signed in, None where nobody is or nothing has asked; to ask only for the log would cost a query."""
    return {
        "method": request.method,
        "path": mask_address(request.get_full_path()),
        "status": status,
        "ms": round(seconds * 1000, 1),
        "user": getattr(getattr(request, "_cached_user", None), "pk", None),
    }
