"""“有误”: a reader says what is wrong with an entry, with or without JavaScript."""

from django import forms
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _

from faults import desk_words
from faults.editing.history import version_read
from faults.models import Cause, Fault, Flag
from faults.views.visitors import same_origin
from posdesk.masking import mask_digits
from posdesk.numbers import whole_number
from posdesk.rate_limits import client_id, within_limit, within_shared_limit

MOST_A_MINUTE = 20  # from one address
TAKEN = "taken"  # in the address of the page that says so


class FlagForm(forms.Form):
    words = forms.CharField(label=_("哪里有误"), max_length=300, min_length=2, strip=True)

    def clean_words(self) -> str:
        return mask_digits(self.cleaned_data["words"])


@same_origin
def flag(request, number: int):
    """Takes a reader's word to the editors, from the call view with the cause it is about, and leads to a page that says so.

    A GET shows the form by itself.
    """
    fault = Fault.visible_to(request.user).filter(number=number).first()
    if fault is None:
        raise Http404
    form, cause = FlagForm(request.POST or None), _cause(request, fault)
    if request.method == "POST" and _has_room(request, form) and form.is_valid():
        Flag.objects.create(fault=fault, cause=cause, version=version_read(fault), words=form.cleaned_data["words"])
        return redirect(f"{request.path}?{TAKEN}")  # or who loads the answer again would say it twice
    desk_words.fill_rows([cause] if cause else [])
    context = {"fault": fault, "cause": cause, "form": form, "is_accepted": TAKEN in request.GET}
    response = render(request, "flag.html", context, status=400 if form.errors else 200)
    add_never_cache_headers(response)
    return response


def _cause(request, fault: Fault) -> Cause | None:
    """The cause that the address names, if it is one of the entry's."""
    named = whole_number(request.GET.get("cause"))
    return fault.causes.filter(pk=named).first() if named is not None else None


def _has_room(request, form: FlagForm) -> bool:
    """Whether the editors' list isn't being flooded from there right now; the form says so otherwise. Nonsense is counted too."""
    who = client_id(request)
    if within_limit(who, "flags", MOST_A_MINUTE) and (not form.is_valid() or within_shared_limit(who, "flags", MOST_A_MINUTE)):
        return True
    form.add_error(None, _("现在报错的人太多，请过一分钟再提交。您写的还在。"))
    return False
