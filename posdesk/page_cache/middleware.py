"""Keeps public pages whole under the version of the content that they were made from: nothing stale is ever shown."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from django.conf import settings
from django.core.cache import cache, caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.module_loading import import_string
from django.utils.translation import activate, get_language_from_request

from posdesk.operations.metrics import cached_pages
from posdesk.page_cache.keys import cache_key, cached_view_of, clean_query
from posdesk.page_cache.models import ContentVersion
from posdesk.page_cache.page import CachedPage
from posdesk.page_cache.replica import reading_from_replica
from posdesk.rate_limits import client_id, within_limit
from posdesk.security.sessions import is_signed_in

SECONDS = 24 * 60 * 60  # after which a page that nobody asks for any more is let go
_LASTING = (HTTPStatus.OK, HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND)


class PageCacheMiddleware:
    """Answers with what is kept before anything else is asked, or keeps what a view marked `cached_page` answers.

    A page that has a stamp of its own is kept under that, any other under the version of the content.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.too_many_requests = import_string(settings.TOO_MANY_REQUESTS_VIEW)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        match = cached_view_of(request)
        if match is None:
            return self.get_response(request)
        activate(get_language_from_request(request))  # for a page that says why there is no answer, too
        clean_query(request, match.func.parameters, match.func.repeated)
        if is_signed_in(request):
            return self._private(request)
        request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)  # nobody's: the page is everybody's
        with reading_from_replica() as version:
            stamp_now = partial(match.func.stamp, version, **match.kwargs)
            stamp = stamp_now()
            name = cache_key(request, stamp or version)
            request.resolver_match = match  # which whoever measures looks for, also when the view isn't asked
            # A version never comes again, a stamp may: it must not name what was made amid a change, be it one of the clock.
            return self._shared(
                request, name, match.func.limit, lambda: stamp_now() == stamp and (not stamp or ContentVersion.current() == version)
            )

    def _private(self, request: HttpRequest) -> HttpResponse:
        """Whoever is signed in sees drafts, and what was saved a moment ago: always anew, from the primary, for nobody else."""
        response = self.get_response(request)
        add_never_cache_headers(response)
        return response

    def _shared(self, request: HttpRequest, name: str, limit: str, may_keep: Callable[[], bool]) -> HttpResponse:
        page = _get(name)
        cached_pages.labels("hit" if page else "miss").inc()
        if page is None:
            if not within_limit(client_id(request), limit, getattr(settings, limit)):
                return self.too_many_requests(request)
            response = self.get_response(request)
            if response.status_code not in _LASTING or response.cookies:
                return response
            page = CachedPage.of(response)
            if may_keep():
                _keep(name, page)
        return page.answer(request)


def _keep(name: str, page: CachedPage) -> None:
    for store in (caches["local"], cache):
        store.set(name, page, SECONDS)


def _get(name: str) -> CachedPage | None:
    """From this process, or else from the cache that all nodes share. Under one name there is never anything else: no copy gets old."""
    page = caches["local"].get(name)
    if page is None and (page := cache.get(name)):
        caches["local"].set(name, page, SECONDS)
    return page
