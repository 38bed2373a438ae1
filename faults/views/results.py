"""Search results."""

from django.shortcuts import redirect, render
from django.utils.http import urlencode

from faults.masking import has_card_number, mask_card_numbers
from faults.models import Fault
from faults.models.documents import CODE, FAULT, TERM
from faults.search.find import Found, find
from faults.views.return_codes import meanings_of

SHOWN = 30
WEAK = 3


def results(request):
    """What fits the words in `q`. A card number in the address is covered by a redirect before anything else happens."""
    text = request.GET.get("q", "")
    if has_card_number(text):
        return redirect(f"{request.path}?{urlencode({'q': mask_card_numbers(text)})}")
    found = find(request.user, text, limit=SHOWN)
    return render(request, _template(found), {"found": found, "query": found.query, **_first(request.user, found)})


def _template(found: Found) -> str:
    if found.query.is_empty:
        return "results_empty.html"
    if found.unknown_code:
        return "results_unknown.html"
    return "results.html" if found.hits else "results_none.html"


def _first(user, found: Found) -> dict:
    """What is shown in full: the first answer's causes, or the code with all its meanings."""
    if not found.hits:
        return {"weak": found.weak[:WEAK]}
    first = found.hits[0]
    if first.kind == FAULT:
        entry = Fault.visible_to(user).with_everything().get(pk=first.item.pk)
        return {"first": first, "entry": entry, "rest": found.hits[1:]}
    if first.kind == CODE:
        return {"first": first, "row": first.item, "meanings": meanings_of(user, first.item.code), "rest": found.hits[1:]}
    return {"first": first, "term": first.item if first.kind == TERM else None, "rest": found.hits[1:]}
