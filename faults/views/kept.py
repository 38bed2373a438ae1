"""Answers kept for readers who aren't logged in, each under the content version that it was made from."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from faults.models import ContentVersion

View = Callable[..., HttpResponse]

SECONDS = 24 * 60 * 60  # after which an answer that nobody asks for any more is let go


def kept(*parameters: str) -> Callable[[View], View]:
    """A view that answers again what it has answered, until any content changes, when asked for the same page by the same host.

    `parameters`: names of what in the query the answer depends on; anything else there is left out of account, so that nobody
    fills the cache with one page under a thousand addresses. Only the body and its type are kept, and only of an answer with
    status 200; editors, who may see drafts, are always answered anew.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **named) -> HttpResponse:
            if request.user.is_authenticated:
                return view(request, **named)
            key = _key(request, parameters)
            if was := cache.get(key):
                body, content_type = was
                return HttpResponse(body, content_type=content_type)
            response = view(request, **named)
            if response.status_code == 200:
                cache.set(key, (response.content, response.headers["Content-Type"]), SECONDS)
            return response

        return answer

    return wrap


def _key(request: HttpRequest, parameters: tuple[str, ...]) -> str:
    """Hashed, so that nothing that was typed can be read from the cache's keys. With the day: overnight a review becomes overdue."""
    said = [request.GET.get(name, "") for name in parameters]
    asked = (ContentVersion.current(), timezone.localdate(), get_language(), request.build_absolute_uri(request.path), said)
    return sha256(repr(asked).encode()).hexdigest()
