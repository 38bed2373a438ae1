"""Headers that every answer carries. The policies themselves are in policies.py."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from posdesk.security.policies import ADMIN, HEADERS


class HeadersMiddleware:
    """Sets them, and chooses the admin's policy for the admin. Stands right inside of CSPMiddleware, which writes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.path.startswith(reverse("admin:index")):
            response._csp_config = ADMIN
        return response
