"""What is made of a failed search: its row on the list of such searches is dealt with once that is saved."""

import re

from django import forms

from faults.models import Alias
from faults.usage.report_texts import deal_with
from posdesk.masking import mask_card_numbers, mask_digits

LONGEST = Alias._meta.get_field("text").max_length
_COVERED = re.compile(r"\*[\W\d]*")  # a covered number, with what is left of it


class FoldedForm(forms.Form):
    """The text that a row's searches fold to."""

    from_search = forms.CharField(max_length=200, strip=False)

    def clean_from_search(self) -> str:
        """As the searches' own is stored."""
        return mask_digits(self.cleaned_data["from_search"])


def mark_dealt_with(request, data) -> bool:
    """Takes the searches that the data names off the lists, for a user who may. Returns whether it did."""
    form = FoldedForm(data)
    if not (request.user.has_perm("faults.add_dealtwith") and form.is_valid()):
        return False
    deal_with(form.cleaned_data["from_search"], request.user)
    return True


def without_numbers(said: str) -> str:
    """What was searched for, without any card number."""
    return " ".join(_COVERED.sub(" ", mask_card_numbers(said, most=4 * LONGEST)).split())


def callers_words(request) -> str:
    """What was searched for, as an alias of what is written for it: at most as long as one is."""
    return without_numbers(request.GET.get("alias", ""))[:LONGEST] if request.method == "GET" else ""


class FromSearchMixin:
    """An admin whose form may be opened from a row of the list, with the row's text in its address."""

    def get_formset_kwargs(self, request, obj, inline, prefix):
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        return given | ({"initial": [{"text": said}]} if inline.model is Alias and (said := callers_words(request)) else {})

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change:
            mark_dealt_with(request, request.GET)
