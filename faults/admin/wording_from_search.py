"""From a search to a wording: what was meant is chosen, then its list opens with the words behind those it has."""

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from faults.admin.from_search import without_numbers
from faults.admin.item_choice import ItemChoiceForm, offered
from faults.models import Status
from faults.search.documents import name_of

OFFERED = 8  # items that the words may be meant for


@permission_required(["faults.view_search", "faults.add_wording", "faults.change_wording"], raise_exception=True)
@require_GET
def wording(request):
    """Shows what a search for the words finds. Nothing is saved here: a choice leads to the form of its wordings."""
    text = without_numbers(request.GET.get("text", "")[:200])
    context = {
        "title": _("加成说法"),
        "text": text,
        "from_search": request.GET.get("from_search", "")[:200],
        "items": [(name_of(item), item) for item in offered(request.user, text) if item.status != Status.ARCHIVED][:OFFERED],
        "form": ItemChoiceForm(),
    }
    return TemplateResponse(request, "admin/usage/wording.html", admin.site.each_context(request) | context)
