"""Which public pages may be kept whole, and what in their address they depend on. posdesk/page_cache/middleware.py keeps them."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from faults.views.errors import too_many_requests
from posdesk.rate_limits import A_MINUTE, client_id, within_limit

View = Callable[..., HttpResponse]


def cached_page(*parameters: str, limit: str = "PAGES_A_MINUTE") -> Callable[[View], View]:
    """Marks a view whose answer is the same for all who aren't signed in, as long as no content changes.

    `parameters`: the names in the query that it depends on. With any other name in the address it is answered anew each time, so that
    nobody's address gets into another's page. `limit`: the setting that says how often a minute one address may make it work; then an
    answer that says when to go on (429). What is answered from kept pages costs nothing and isn't counted.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **named) -> HttpResponse:
            if request.user.is_authenticated or within_limit(client_id(request), limit, getattr(settings, limit)):
                return view(request, **named)
            return too_many_requests(request, A_MINUTE)

        answer.parameters = frozenset(parameters)
        return answer

    return wrap
