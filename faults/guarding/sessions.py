"""Sessions that end: after so long without a request, after so long in any case, and when the account's keys have changed."""

import time
from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY

BEGAN, SEEN = "began", "seen"  # seconds since 1970
A_MINUTE = 60  # seconds between two notes of when it was last used


def begin(request: HttpRequest) -> None:
    """Starts both clocks, at sign-in, under a new key, and with the second step still to do."""
    request.session.cycle_key()  # Django leaves the key to somebody who signs in again
    request.session.pop(DEVICE_ID_SESSION_KEY, None)
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


class SessionLimitsMiddleware:
    """Ends sessions that are over before anything asks who is signed in. Who brings no cookie costs nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            _renew_or_end(request.session, int(time.time()))
        return self.get_response(request)


def _renew_or_end(session, now: int) -> None:
    began, seen = session.get(BEGAN, 0), session.get(SEEN, 0)
    if now - began > settings.SESSION_MAX_SECONDS or now - seen > settings.SESSION_IDLE_SECONDS:
        session.flush()
    elif now - seen >= A_MINUTE:
        session[SEEN] = now


def end_all(user, but: str | None = None) -> int:
    """Ends the person's sessions, but the one with that key. Returns how many it were. Only staff have any, so all are looked at."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    living = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=but)
    theirs = [row.session_key for row in living.iterator() if row.get_decoded().get(SESSION_KEY) == str(user.pk)]
    for key in theirs:
        store(key).delete()
    return len(theirs)


def forget_ended() -> None:
    """Deletes what is left of sessions that are over."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
