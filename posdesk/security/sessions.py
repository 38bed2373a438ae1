"""Sessions that end: after so long without a request, after so long in any case, and when the account's keys have changed."""

import re
import time
from collections.abc import Callable, Iterable
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY

from posdesk.masking import mask_card_numbers

BEGAN, SEEN = "began", "seen"  # seconds since 1970
BROWSER, ADDRESS = "browser", "address"  # as the browser names itself, and from where, at sign-in
A_MINUTE = 60  # seconds between two notes of when it was last used
CLOCKS_DIFFER = 60  # seconds that the clocks of two nodes may differ
_A_KEY = re.compile("[0-9a-z]{32}")  # as Django makes them


def start(request: HttpRequest) -> None:
    """Starts both clocks, at sign-in, under a new key, and with the second step still to do."""
    request.session.cycle_key()  # Django leaves the key to somebody who signs in again
    request.session.pop(DEVICE_ID_SESSION_KEY, None)
    request.session[BEGAN] = request.session[SEEN] = int(time.time())
    request.session[BROWSER] = mask_card_numbers(request.META.get("HTTP_USER_AGENT", ""), most=300)
    request.session[ADDRESS] = request.META.get("REMOTE_ADDR", "")[:45]


class SessionTimeoutMiddleware:
    """Ends sessions that are over before anything asks who is signed in. Who brings no cookie costs nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            _touch_or_end(request.session, int(time.time()))
        return self.get_response(request)


def _touch_or_end(session, now: int) -> None:
    if is_expired(session, now):
        session.flush()
    elif now - session.get(SEEN, 0) >= A_MINUTE:
        session[SEEN] = now


def is_expired(session, now: int) -> bool:
    """Whether it is too old or was unused for too long at that time, in seconds since 1970.

    One that seems to come from the future was made under a clock that went ahead: nobody knows how old it is.
    """
    age, unused = now - session.get(BEGAN, 0), now - session.get(SEEN, 0)
    return not (-CLOCKS_DIFFER <= age <= settings.SESSION_MAX_SECONDS and -CLOCKS_DIFFER <= unused <= settings.SESSION_IDLE_SECONDS)


def is_signed_in(request: HttpRequest) -> bool:
    """Whether the session that a request names is somebody's who may still use it: asked where no middleware has opened it yet.

    What can't be a key costs no query, and nobody's session one: anybody can send a cookie.
    """
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    if not _A_KEY.fullmatch(key):
        return False
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    if SESSION_KEY not in request.session or is_expired(request.session, int(time.time())):
        return False
    return get_user(request).is_authenticated


def sessions_of(user) -> dict[str, dict]:
    """The person's sessions: key → what is noted in it. Only staff have any, so all are looked at."""
    rows = Session.objects.filter(expire_date__gt=timezone.now()).iterator()
    decoded = {row.session_key: row.get_decoded() for row in rows}
    return {key: session for key, session in decoded.items() if session.get(SESSION_KEY) == str(user.pk)}


def end(keys: Iterable[str]) -> None:
    """Ends the sessions with these keys."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for key in keys:
        store(key).delete()


def end_all(user, except_key: str | None = None) -> int:
    """Ends the person's sessions, but the one with that key. Returns how many it were."""
    theirs = [key for key in sessions_of(user) if key != except_key]
    end(theirs)
    return len(theirs)


def clear_expired() -> None:
    """Deletes what is left of sessions that are over."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
