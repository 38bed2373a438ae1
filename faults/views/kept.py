"""Which public pages may be kept whole, and what in their address they depend on. faults/serving/pages.py keeps them."""

from collections.abc import Callable

from django.http import HttpResponse

View = Callable[..., HttpResponse]


def kept(*parameters: str) -> Callable[[View], View]:
    """Marks a view whose answer is the same for all who aren't signed in, as long as no content changes.

    `parameters`: the names in the query that it depends on. With any other name in the address it is answered anew each time, so that
    nobody's address gets into another's page.
    """

    def mark(view: View) -> View:
        view.parameters = frozenset(parameters)
        return view

    return mark
