"""Which version a page showed. It goes with every step: nobody decides on words that changed after they were read."""

from django import forms
from unfold.forms import ActionForm

from faults.editing.history import newest_change
from posdesk.numbers import whole_number


def seen_in(data) -> int:
    """The number of the newest change that the posted page knew; 0, which is before all of them, for nonsense."""
    return whole_number(data.get("seen")) or 0


class SeenActionForm(ActionForm):
    """The choice above a list of what to do with several items, with what the list knew."""

    seen = forms.CharField(label="", required=False, widget=forms.HiddenInput, initial=newest_change)
