"""Readers who say something: told apart by a random token for some days, never known.

The cookie's path is that of what is said, so that no page is asked for or answered with it.
"""

import re
import secrets
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

COOKIE = "__Secure-visitor" if settings.SESSION_COOKIE_SECURE else "visitor"
PATH = "say/"  # where urls.py has everything that readers say
SECONDS = 7 * 24 * 60 * 60  # then the token is another one

View = Callable[..., HttpResponse]


def visitor_of(request: HttpRequest) -> str:
    """The visitor's token; a new one if the browser brings none, or something else."""
    given = request.COOKIES.get(COOKIE, "")
    return given if re.fullmatch("[0-9a-f]{32}", given) else secrets.token_hex(16)


def remember(request: HttpRequest, response: HttpResponse, visitor: str) -> None:
    """Gives the browser the token to say it again, unless it brought it: its time isn't prolonged by coming back."""
    if request.COOKIES.get(COOKIE) == visitor:
        return
    path = get_script_prefix() + PATH
    response.set_cookie(COOKIE, visitor, SECONDS, path=path, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict")


def _host_in(origin: str) -> str:
    """With its port; empty if the word is no address."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def same_origin(view: View) -> View:
    """The view for what our own pages send. Instead of a token, which would need a cookie on every page, the browser's own word
    of where it comes from; another site can't forge that. Raises PermissionDenied."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, **named) -> HttpResponse:
        origin = request.headers.get("Origin")
        if origin and _host_in(origin) != request.get_host():
            raise PermissionDenied(_("这一步只能从本站的网页上做。"))
        return view(request, **named)

    return answer
