"""/healthz, /readyz and /metrics: for machines, never for readers.

They are answered before any other middleware: a load balancer asks by address instead of by name, without TLS and without cookies.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from posdesk.operations.exposition import exposition
from posdesk.operations.readiness import OK, readiness
from posdesk.operations.version import VERSION


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Nothing else is asked, so that nobody restarts it because something else is away."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 if readers can be served, 503 if anything they need isn't there; each part by name, and the version that answers."""
    parts = readiness()
    is_ready = all(said == OK for said in parts.values())
    return JsonResponse({"ready": is_ready, "version": VERSION, **parts}, status=200 if is_ready else 503)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For who brings the token, 401 for others."""
    if not constant_time_compare(request.META.get("HTTP_AUTHORIZATION", ""), f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_PLAIN_0_0_4)


class HealthMiddleware:
    """Answers them; all else passes. Without METRICS_TOKEN there is no /metrics, and its address is as unknown as any other."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.views = {"/healthz": healthz, "/readyz": readyz} | ({"/metrics": metrics} if settings.METRICS_TOKEN else {})

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = self.views.get(request.path_info)
        if view is None:
            return self.get_response(request)
        request.answered_by = request.path_info.strip("/")
        return view(request)
