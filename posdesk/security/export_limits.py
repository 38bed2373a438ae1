"""Taking the knowledge or a list of use away: so many times an hour an account, and written down each time."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from posdesk.rate_limits import within_limit
from posdesk.security.audit import record_event
from posdesk.security.models import AuditEvent
from posdesk.security.too_many_requests import too_many_requests

MOST, SECONDS = 20, 60 * 60

View = Callable[..., HttpResponse]


def limit_exports(view: View) -> View:
    """The view, with a page that says when to come back instead of the twenty-first file in an hour."""

    @wraps(view)
    def answer(request: HttpRequest, *arguments, **named) -> HttpResponse:
        if not within_limit(f"account {request.user.pk}", "export", MOST, SECONDS):
            said = _("一个账号一小时最多导出%(most)s次。") % {"most": MOST}
            return too_many_requests(request, said, timezone.now() + timedelta(seconds=SECONDS))
        response = view(request, *arguments, **named)
        if response.headers.get("Content-Disposition"):
            record_event(AuditEvent.EXPORTED, request.get_full_path(), request=request)
        return response

    return answer
