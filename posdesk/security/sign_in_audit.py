"""Sign-ins, failed ones, pauses and sign-outs are written down, as Django and axes tell of them."""

from axes.signals import user_locked_out
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.utils.translation import gettext as _

from posdesk.security import second_factor, sessions
from posdesk.security.audit import record_event
from posdesk.security.models import AuditEvent
from posdesk.stored_language import in_stored_language


@receiver(user_logged_in)
def signed_in(request, user, **kwargs) -> None:
    """The password was right; with a second factor that is half the way."""
    sessions.start(request)
    record_event(AuditEvent.PASSWORD_RIGHT if second_factor.is_set_up(user) else AuditEvent.SIGNED_IN, who=user, request=request)


@receiver(user_logged_out)
def signed_out(request, user, **kwargs) -> None:
    """Not when nobody was signed in."""
    if user is not None:
        record_event(AuditEvent.SIGNED_OUT, who=user, request=request)


@receiver(user_login_failed)
def failed(credentials, request=None, **kwargs) -> None:
    """Not while sign-in is paused. A name without an account isn't written down: people type passwords there."""
    if getattr(request, "axes_failures_since_start", None) is not None:
        record_event(AuditEvent.SIGN_IN_FAILED, _account_label(credentials.get("username")), request=request)


@receiver(user_locked_out)
def locked_out(request, username, **kwargs) -> None:
    """Once a pause, not for each try during it."""
    if request.axes_failures_since_start is not None:
        record_event(AuditEvent.LOCKED_OUT, _account_label(username), request=request)


@in_stored_language()
def _account_label(name) -> str:
    there = get_user_model().objects.filter(username=name or "").exists()
    return _("账号：%(name)s") % {"name": name} if there else _("没有这个账号")
