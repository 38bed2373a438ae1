"""What is counted and measured, by the names under which Prometheus reads it, and the middleware that does it for every request.

What each means stands in docs/operating.md.
"""

import sys
from collections.abc import Callable
from time import perf_counter

import psycopg
from django.conf import settings
from django.core.signals import got_request_exception
from django.db import Error
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram, disable_created_metrics

disable_created_metrics()  # a second series for every first one, of which nobody asks when it began

BUCKETS = (0.01, 0.05, 0.1, 0.25, 1, 5)  # seconds

requests = Counter("posdesk_requests", "Requests answered", ["view", "method", "status"])
request_seconds = Histogram("posdesk_request_seconds", "Seconds until the answer is ready", ["view"], buckets=BUCKETS)
cached_pages = Counter("posdesk_kept_pages", "Pages asked of those that are kept", ["result"])  # hit, miss, 304
places_asked_for = Counter("posdesk_places", "Requests that make the site work", ["result"])  # free, waited, refused
database_errors = Counter("posdesk_database_errors", "Errors of the database that nothing caught", ["where"])  # request, recorder

METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}  # a visitor may send any word: each would be a series


class RequestMetricsMiddleware:
    """Right behind the one that gives ids, so that what other middleware answers is counted too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = perf_counter()
        response = self.get_response(request)
        view = view_name(request)
        method = request.method if request.method in METHODS else "other"
        requests.labels(view, method, f"{response.status_code // 100}xx").inc()
        request_seconds.labels(view).observe(perf_counter() - start)
        return response


def view_name(request: HttpRequest) -> str:
    """The name of the view; where none was asked, the word that middleware has put into `request.answered_by`, or “static”, or “none”."""
    if request.resolver_match:
        return request.resolver_match.view_name
    is_static = request.path_info.startswith(settings.STATIC_URL)
    return getattr(request, "answered_by", "static" if is_static else "none")


@receiver(got_request_exception)
def count_database_error(**kwargs) -> None:
    """Django says this of every request that ends in an error, while the error is being handled."""
    if isinstance(sys.exc_info()[1], Error | psycopg.Error):
        database_errors.labels("request").inc()
