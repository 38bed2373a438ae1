"""A field in which an entry, a code or a term is chosen by typing; its value is the item's name, such as fault:40."""

from collections import defaultdict

from django import forms
from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import JsonResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from faults.admin.autocomplete import ChoiceSelect
from faults.editing.states import state_text
from faults.models import Fault, Publication, ReturnCode
from faults.search.documents import items_of, name_of
from faults.search.find import find

OFFERED = 20
NAMES = "fault:40 / code:cup:97 / term:签到"
TYPED = '<noscript><input type="text" name="{}" value="{}" maxlength="60" placeholder="{}" aria-label="{}"></noscript>'


class ItemSelect(ChoiceSelect):
    """Without script the name is typed."""

    def __init__(self):
        super().__init__(Fault._meta.get_field("merged_into"), admin.site)

    def get_url(self):
        return reverse("item_choices")

    def render(self, name, value, attrs=None, renderer=None):
        return super().render(name, value, attrs, renderer) + format_html(TYPED, name, value or "", NAMES, _("哪一条"))

    def optgroups(self, name, value, attr=None):
        chosen = [(key, called(item)) for key, item in items_of(value).items()]
        options = [("", ""), *chosen]
        return [(None, [self.create_option(name, key, label, key in value, place) for place, (key, label) in enumerate(options)], 0)]


class ItemChoiceForm(forms.Form):
    """One item, to go on with."""

    name = forms.CharField(label=gettext_lazy("哪一条"), widget=ItemSelect, required=False)


@permission_required("faults.view_wording", raise_exception=True)
@require_GET
def item_choices(request):
    """What search finds for the words typed so far, the best first, as select2 reads it."""
    items = offered(request.user, request.GET.get("term", "")[:200])[:OFFERED]
    results = [{"id": name_of(item), "text": called(item)} for item in items]
    return JsonResponse({"results": results, "pagination": {"more": False}})


def offered(user, text: str) -> list[Publication]:
    """What search finds for the text, what is only near included: a code in all tables, that of the hit first."""
    found = find(user, text)
    items = [hit.item for hit in (*found.hits, *found.weak)]
    tables = defaultdict(list)
    for row in ReturnCode.everything.filter(code__in=[item.code for item in items if isinstance(item, ReturnCode)]).in_table_order():
        tables[row.code].append(row)
    return list(dict.fromkeys(one for item in items for one in (item, *tables[getattr(item, "code", "")])))


def called(item: Publication) -> str:
    """The item as it is offered: of what readers don't see, with its state."""
    return str(item) if item.is_published else f"{item}（{state_text(item)}）"
