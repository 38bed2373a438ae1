"""“有误”: a reader says what is wrong with an entry, with or without JavaScript."""

from django import forms
from django.core.cache import cache
from django.http import Http404
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from faults.editing.history import last_change
from faults.masking import mask_card_numbers
from faults.models import Fault, Flag

A_MINUTE = 60  # seconds
MOST_A_MINUTE = 20  # from all readers together: nobody's address is kept


class FlagForm(forms.Form):
    words = forms.CharField(label=_("哪里有误"), max_length=300, min_length=2, strip=True)

    def clean_words(self) -> str:
        return mask_card_numbers(self.cleaned_data["words"])


@csrf_exempt  # public pages have no cookie; all that another site could do is to send an editor a wrong word
def flag(request, number: int):
    """Takes a reader's word to the editors. A GET shows the form by itself."""
    fault = Fault.visible_to(request.user).filter(number=number).first()
    if fault is None:
        raise Http404
    form = FlagForm(request.POST or None)
    is_taken = request.method == "POST" and form.is_valid() and _has_room(form)
    if is_taken:
        Flag.objects.create(fault=fault, version=last_change(fault), words=form.cleaned_data["words"])
    response = render(
        request, "flag.html", {"fault": fault, "form": form, "is_taken": is_taken}, status=200 if is_taken or not form.errors else 400
    )
    add_never_cache_headers(response)
    return response


def _has_room(form: FlagForm) -> bool:
    """Whether the editors' list isn't being flooded right now; the form says so otherwise."""
    cache.add("flags", 0, A_MINUTE)
    if cache.incr("flags") <= MOST_A_MINUTE:
        return True
    form.add_error(None, _("现在报错的人太多，请过一分钟再提交。您写的还在。"))
    return False
