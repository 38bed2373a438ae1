"""Who is asking: the request that is being answered, for what is noted far from any view. None at the command line."""

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

_current: ContextVar[HttpRequest | None] = ContextVar("asked", default=None)


def current_request() -> HttpRequest | None:
    """The request that is being answered."""
    return _current.get()


class CurrentRequestMiddleware:
    """Keeps the request where `current_request` finds it, until it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _current.set(request)
        try:
            return self.get_response(request)
        finally:
            _current.reset(token)
