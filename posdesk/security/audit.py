"""Writes down what was done, by whom and from where: of the request that is being answered, however far from any view."""

import logging
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

from posdesk.masking import mask_card_numbers
from posdesk.security.models import Audited, AuditEvent

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


log = logging.getLogger("posdesk.audit")
LONGEST = 10_000  # characters of a deed: a role may have some hundred permissions


def record_event(what: AuditEvent, about: str = "", who=None, request: HttpRequest | None = None) -> Audited:
    """Writes a deed down. Who and where are taken from the request that is being answered, unless they are given."""
    request = request or current_request()
    who = who or _user_of(request)
    deed = Audited.objects.create(
        what=what,
        about=mask_card_numbers(about, most=LONGEST),
        who=who,
        who_name=mask_card_numbers(who.get_username()) if who else "",
        address=request.META.get("REMOTE_ADDR", "")[:45] if request else "",
        request_id=str(getattr(request, "request_id", ""))[:64],
    )
    log.info("%s %s %s", deed.what, deed.who_name or "-", deed.about)  # the journal may be kept where nobody can change it
    return deed


def _user_of(request: HttpRequest | None):
    """Whoever gave the right password; the second step may still be before them."""
    user = getattr(request, "password_user", None) or getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None
