"""Writes down what was done, by whom and from where."""

import logging

from django.http import HttpRequest

from faults.models import Audited, AuditEvent
from posdesk.masking import mask_card_numbers
from posdesk.security.current_request import current_request

log = logging.getLogger("posdesk.audit")


def record_event(what: AuditEvent, about: str = "", who=None, request: HttpRequest | None = None) -> Audited:
    """Writes a deed down. Who and where are taken from the request that is being answered, unless they are given."""
    request = request or current_request()
    who = who or _user_of(request)
    deed = Audited.objects.create(
        what=what,
        about=mask_card_numbers(about),
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
