"""The site with pages that fail, as any page may one day."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import path

from posdesk.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401 (Django looks here)

CARD = "6222021234567890"


def fails(request):
    raise ValueError(f"卡 {CARD} 读不出来")


def refuses(request):
    raise PermissionDenied


def loses_the_database(request):
    raise OperationalError("gone")


def says_then_fails(request):
    messages.info(request, "存好了")
    raise ValueError


def shows_messages(request):
    return HttpResponse(" ".join(map(str, messages.get_messages(request))))


urlpatterns = [
    path("fails/", fails, name="fails"),
    path("refuses/", refuses),
    path("loses-the-database/", loses_the_database),
    path("admin/says-then-fails/", says_then_fails),
    path("admin/shows-messages/", shows_messages),
    *urlpatterns,
]
