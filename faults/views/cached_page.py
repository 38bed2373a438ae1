"""Which public pages may be kept whole, and what in their address they depend on. posdesk/page_cache/middleware.py keeps them."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from faults.incidents import ids_in_force
from faults.page_fingerprints import Fingerprints, of_version

View = Callable[..., HttpResponse]


def cached_page(
    *parameters: str, repeated: tuple[str, ...] = (), limit: str = "PAGES_A_MINUTE", fingerprint: Callable[..., str] | None = None
) -> Callable[[View], View]:
    """Marks a view whose answer is the same for all who aren't signed in, as long as no content changes and no incident
    begins or ends.

    `parameters`: the names in the query that it depends on; of the query the view gets these alone, each once, those in `repeated`
    with all their values. `limit`: the setting that says how often a minute one address may make it work; then the answer says when to
    go on (429). What is answered from kept pages costs nothing and isn't counted. `fingerprint`: from all stamps and what the address
    names, the stamp of this page; with one the page is kept while it says the same, whatever else is published.
    """

    def stamp(version: str, **named) -> str:
        if fingerprint is None:
            told = ids_in_force(version)
            return f"{version} {told}" if told else ""
        stamps: Fingerprints | None = of_version(version)
        return fingerprint(stamps, **named) if stamps else ""

    def mark(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **named) -> HttpResponse:
            return view(request, **named)

        answer.parameters, answer.repeated, answer.limit, answer.stamp = frozenset(parameters), frozenset(repeated), limit, stamp
        return answer

    return mark
