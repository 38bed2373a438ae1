"""Answers kept for readers who aren't logged in, each under the content version that it was made from."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from faults.models import ContentVersion

SECONDS = 24 * 60 * 60  # after which an answer that nobody asks for any more is let go


def kept(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The view, answering again what it has answered to the same address in the same language, until any content changes.

    Only the body is kept, and only of an answer with status 200; editors, who may see drafts, are always answered anew.
    """

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request)
        key = _key(request)
        body = cache.get(key)
        if body is not None:
            return HttpResponse(body)
        response = view(request)
        if response.status_code == 200:
            cache.set(key, response.content, SECONDS)
        return response

    return answer


def _key(request: HttpRequest) -> str:
    """Hashed, so that nothing that was typed can be read from the cache's keys."""
    asked = f"{ContentVersion.current()} {get_language()} {request.get_full_path()}"
    return sha256(asked.encode()).hexdigest()
