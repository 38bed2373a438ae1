"""Which public pages may be kept whole, and what in their address they depend on. posdesk/page_cache/middleware.py keeps them."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def cached_page(*parameters: str, limit: str = "PAGES_A_MINUTE") -> Callable[[View], View]:
    """Marks a view whose answer is the same for all who aren't signed in, as long as no content changes.

    `parameters`: the names in the query that it depends on; of the query the view gets these alone. `limit`: the setting that says how
    often a minute one address may make it work; then the answer says when to go on (429). What is answered from kept pages costs
    nothing and isn't counted.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **named) -> HttpResponse:
            return view(request, **named)

        answer.parameters, answer.limit = frozenset(parameters), limit
        return answer

    return mark
