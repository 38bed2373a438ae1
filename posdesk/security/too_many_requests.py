"""The page that says: not now, try again at such a time."""

from datetime import datetime

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _


def too_many_requests(request: HttpRequest, sentence: str, until: datetime) -> HttpResponse:
    """The page, with status 429 and the seconds to wait in Retry-After."""
    seconds = max(int((until - timezone.now()).total_seconds()), 1)
    minutes = -(-seconds // 60)
    context = admin.site.each_context(request) | {"title": _("请稍等"), "sentence": sentence, "until": until, "minutes": minutes}
    response = render(request, "admin/security/too_many_requests.html", context, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response
