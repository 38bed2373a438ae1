"""Who has given the password alone is nobody yet: on every page, by every method, until the second step is done.

`request.user` is nobody then; `request.password_user` is whoever the password belongs to, and only the pages of the second step ask for it.
"""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from posdesk.security import second_factor

ENTER_CODE, SET_UP = "second_step", "second_factor_set_up"  # names of the pages of the step that is missing


def missing_step(request: HttpRequest) -> str:
    """The name of the page that the person must pass first; nothing when they have passed, need none or aren't signed in."""
    person = request.password_user
    if not person.is_authenticated or person.is_verified():
        return ""
    if second_factor.is_set_up(person):
        return ENTER_CODE
    return SET_UP if second_factor.is_required(person) else ""


class SecondFactorMiddleware:
    """Stands inside of Django's and django-otp's own, which say who the session belongs to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.password_user = request.user
        request.missing_step = SimpleLazyObject(lambda: missing_step(request))
        request.user = SimpleLazyObject(lambda: AnonymousUser() if request.missing_step else request.password_user)
        return self._redirect(request) or self.get_response(request)

    def _redirect(self, request: HttpRequest) -> HttpResponse | None:
        """To the missing step, from any page of the admin but that step's."""
        if not request.path.startswith(reverse("admin:index")) or not request.missing_step:
            return None
        if request.path == reverse("admin:logout"):
            request.user = request.password_user  # so that the session is really ended
            return None
        step = reverse(str(request.missing_step))
        then = request.get_full_path() if request.method == "GET" else reverse("admin:index")
        return None if request.path == step else HttpResponseRedirect(f"{step}?{urlencode({'next': then})}")
