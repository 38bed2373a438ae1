"""What is made of a failed search: its row on the list of such searches is dealt with once that is saved."""

from django import forms

from faults.usage.report_texts import deal_with


class FoldedForm(forms.Form):
    """The text that a row's searches fold to."""

    from_search = forms.CharField(max_length=200, strip=False)


def mark_dealt_with(request, data) -> bool:
    """Takes the searches that the data names off the lists, for a user who may. Returns whether it did."""
    form = FoldedForm(data)
    if not (request.user.has_perm("faults.add_dealtwith") and form.is_valid()):
        return False
    deal_with(form.cleaned_data["from_search"], request.user)
    return True


class FromSearchMixin:
    """An admin whose form may be opened from a row of the list, with the row's text in its address."""

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change:
            mark_dealt_with(request, request.GET)
