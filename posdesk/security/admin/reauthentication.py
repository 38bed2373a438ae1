"""The password asked for once more, before what an unwatched screen must not be enough for; and what a wrong answer leads to."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminPasswordWidget

from posdesk.security.second_factor import register_failure

WRONG = _("密码不对。")
TOO_MANY_FAILURES = _("错得太多，请从密码重新开始。")


class PasswordForm(forms.Form):
    """The password of whoever is signed in."""

    password = forms.CharField(
        label=_("您的登录密码"), strip=False, widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "current-password"})
    )


def wrong_answer(request: HttpRequest, form: forms.Form, field: str = "password", why: str = WRONG) -> HttpResponseRedirect | None:
    """Says on the form that the field was wrong, and returns None; sends to the start whoever was wrong too often."""
    if register_failure(request):
        messages.error(request, TOO_MANY_FAILURES)
        return HttpResponseRedirect(reverse("admin:login"))
    form.add_error(field, why)
    return None
