"""Counts and times every request, and the errors of the database that end one."""

import sys
from collections.abc import Callable
from time import perf_counter

import psycopg
from django.conf import settings
from django.core.signals import got_request_exception
from django.db import Error
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from posdesk.operations.metrics import database_errors, request_seconds, requests

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
