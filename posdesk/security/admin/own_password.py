"""One's own password, changed with the old one: whoever finds an open session doesn't get to try as many as they like."""

from django.contrib import admin, messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from posdesk.security.admin.reauthentication import TOO_MANY_FAILURES
from posdesk.security.second_factor import register_failure


def change(request) -> HttpResponse:
    """Django's page, whose wrong old passwords are counted with the wrong codes of the session."""
    response = admin.site.password_change(request)
    form = (getattr(response, "context_data", None) or {}).get("form")
    if form is None or not form.has_error("old_password", "password_incorrect") or not register_failure(request):
        return response
    messages.error(request, TOO_MANY_FAILURES)
    return HttpResponseRedirect(reverse("admin:login"))
