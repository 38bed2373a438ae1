"""Card numbers typed into a field leave the address before anything else happens."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from posdesk.masking import mask_card_numbers

LONGEST = 1_000  # characters; more than search reads, and behind them nothing is read, kept or shown


def masks_query(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The view, after a redirect to the same address with the number covered if `q` holds one."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        said = request.GET.get("q", "")[:LONGEST]
        covered_words = mask_card_numbers(said)
        if covered_words == said:
            return view(request)
        covered = request.GET.copy()
        covered["q"] = covered_words
        return redirect(f"{request.path}?{covered.urlencode()}")

    return answer
