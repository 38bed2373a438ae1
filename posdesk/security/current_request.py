"""Who is asking: the request that is being answered, for what is noted far from any view. None at the command line."""

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

_asked: ContextVar[HttpRequest | None] = ContextVar("asked", default=None)


def request_now() -> HttpRequest | None:
    """The request that is being answered."""
    return _asked.get()


class AskingMiddleware:
    """Keeps the request where `request_now` finds it, until it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _asked.set(request)
        try:
            return self.get_response(request)
        finally:
            _asked.reset(token)
