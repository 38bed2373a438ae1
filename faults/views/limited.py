"""Views that cost work, and who asks for too much of it."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from faults.serving.limits import A_MINUTE, address_of, has_room
from faults.views.errors import too_many

View = Callable[..., HttpResponse]


def limited(what: str, setting: str) -> Callable[[View], View]:
    """The view, for each address as often a minute as the setting says; then an answer that says when to go on (429).

    What is answered from kept pages doesn't count: it costs nothing.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **named) -> HttpResponse:
            if has_room(address_of(request), what, getattr(settings, setting)):
                return view(request, **named)
            return too_many(request, A_MINUTE)

        return answer

    return wrap
