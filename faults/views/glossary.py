"""The glossary."""

from django.shortcuts import render

from faults.models import Term
from faults.views.cached_page import cached_page


@cached_page()
def terms(request):
    """All terms, in the order of their reading."""
    return render(request, "terms.html", {"terms": Term.visible_to(request.user)})
