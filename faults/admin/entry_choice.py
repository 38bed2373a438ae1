"""A form in which an entry is chosen: by typing words, a code or its number; without script by its number."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faults.admin.autocomplete import ChoiceSelect
from faults.models import Fault
from faults.models.content import MAX_NUMBER

NUMBER = gettext_lazy("编号")


class EntryChoiceForm(forms.Form):
    """One entry, drafts included. `chosen`: the entry, once the form is valid."""

    entry = forms.ModelChoiceField(
        Fault.everything.all(),
        label=gettext_lazy("哪一条"),
        required=False,
        widget=ChoiceSelect(Fault._meta.get_field("merged_into"), admin.site),
        help_text=gettext_lazy("打几个字、返回码或编号，从列出来的里面选。"),
    )
    number = forms.IntegerField(
        required=False, min_value=1, max_value=MAX_NUMBER, widget=forms.NumberInput({"placeholder": NUMBER, "aria-label": NUMBER})
    )
    chosen: Fault

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            self.chosen = self.choice()
        return cleaned

    def choice(self) -> Fault:
        """The entry that was chosen or numbered. Raises ValidationError."""
        entry, number = self.cleaned_data["entry"], self.cleaned_data["number"]
        if not (entry or number):
            raise ValidationError(_("还没有选条目。"))
        return entry or self.numbered(number)

    def numbered(self, number: int) -> Fault:
        """The entry of this number. Raises ValidationError."""
        entry = Fault.everything.filter(number=number).first()
        if entry is None:
            raise ValidationError(_("没有这个编号的条目。"))
        return entry
