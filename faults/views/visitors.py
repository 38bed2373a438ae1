"""Readers who say something: told apart by a random token for some days, kept from flooding the desk, never known.

The cookie's path is that of what is said, so that no page is asked for or answered with it.
"""

import hmac
import re
import secrets
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

COOKIE = "visitor"
PATH = "say/"  # where urls.py has everything that readers say
SECONDS = 7 * 24 * 60 * 60  # then the token is another one
A_MINUTE = 60  # seconds
OF_ALL = 20  # times what one address may say, all together may

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


def from_our_pages(view: View) -> View:
    """The view for what our own pages send. Instead of a token, which would need a cookie on every page, the browser's own word
    of where it comes from; another site can't forge that. Raises PermissionDenied."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, **named) -> HttpResponse:
        origin = request.headers.get("Origin")
        if origin and urlsplit(origin).netloc != request.get_host():
            raise PermissionDenied(_("这一步只能从本站的网页上做。"))
        return view(request, **named)

    return answer


def has_room(request: HttpRequest, what: str, most: int) -> bool:
    """Whether this may be said now: `most` times a minute from one address, OF_ALL times that from all together.

    The address is hashed with the secret key and the day, and forgotten after a minute: a desk behind one line isn't stopped by
    another's flood, and nobody is written down.
    """
    return _counted(f"{what}:{_hashed(request)}") <= most and _counted(what) <= most * OF_ALL


def _hashed(request: HttpRequest) -> str:
    said = f"{timezone.localdate()} {request.META.get('REMOTE_ADDR', '')}"
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), "sha256").hexdigest()[:16]


def _counted(key: str) -> int:
    cache.add(key, 0, A_MINUTE)
    try:
        return cache.incr(key)
    except ValueError:  # the minute ended between the two
        return 1
