"""Return codes: one code with all its meanings, and the table."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from faults.filters import CodeFilter
from faults.models import Fault, ReturnCode
from faults.views.lists import filtered_list

PAGE_SIZE = 100


def meanings_of(user, code: str) -> list[ReturnCode]:
    """Every table's row for the code, UnionPay first."""
    return list(ReturnCode.visible_to(user).filter(code=code).in_table_order().with_everything())


def code(request, code: str):
    """One code: retry or not, who acts, keep the card or not; then what every table says. `?scheme=` chooses whose comes first."""
    if code != code.upper():
        return redirect("code", code.upper(), permanent=True)
    meanings = meanings_of(request.user, code)
    if not meanings:
        raise Http404(_("%(code)s 不在任何一张码表里。") % {"code": code})
    row = next((row for row in meanings if row.scheme == request.GET.get("scheme")), meanings[0])
    context = {
        "row": row,
        "meanings": meanings,
        "faults": Fault.visible_to(request.user).filter(codes__in=meanings).distinct(),
        "confused_with": ReturnCode.visible_to(request.user).filter(pk__in=row.confused_with.values("pk")).in_table_order(),
    }
    return render(request, "code.html", context)


def codes(request):
    """The quick-reference table."""
    rows = ReturnCode.visible_to(request.user).in_table_order().with_list_parts()
    return filtered_list(request, "codes.html", CodeFilter(request.GET, rows, request=request), PAGE_SIZE)
