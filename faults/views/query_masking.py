"""Card numbers typed into a field leave the address before anything else happens."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from posdesk.masking import has_card_number, mask_card_numbers


def masks_query(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The view, after a redirect to the same address with the number covered if `q` holds one."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        said = request.GET.get("q", "")
        if not has_card_number(said):
            return view(request)
        covered = request.GET.copy()
        covered["q"] = mask_card_numbers(said)
        return redirect(f"{request.path}?{covered.urlencode()}")

    return answer
