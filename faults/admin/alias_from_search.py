"""From a search to an alias: the words a caller used become an entry's, through the gate like any other change."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faults.admin.base import CARD
from faults.admin.entry_choice import EntryChoiceForm
from faults.admin.from_search import mark_dealt_with
from faults.editing.edits import current_row, save_edit
from faults.editing.revisions import lock, revision_of
from faults.models import Action, Alias, Fault, Status
from faults.models.content import MAX_NUMBER
from faults.search.find import find
from faults.text.fold import fold
from posdesk.masking import has_card_number
from posdesk.stored_language import in_stored_language

OFFERED = 8  # entries that the words may be meant for


class AliasForm(EntryChoiceForm):
    """The words, and the entry they are for: that of the button that was pressed, or one that was chosen."""

    text = forms.CharField(label=gettext_lazy("商户说法"), max_length=Alias._meta.get_field("text").max_length)
    offered = forms.IntegerField(required=False, min_value=1, max_value=MAX_NUMBER)

    def clean_text(self) -> str:
        if has_card_number(self.cleaned_data["text"]):
            raise ValidationError(CARD)
        return self.cleaned_data["text"]

    def choice(self) -> Fault:
        offered = self.cleaned_data["offered"]
        entry = self.numbered(offered) if offered else super().choice()
        if entry.status == Status.ARCHIVED:
            raise ValidationError(_("%(entry)s 已经下架了，不能再加。") % {"entry": entry})
        return entry


@transaction.atomic
def add_alias(entry: Fault, text: str, user) -> Fault:
    """Gives the entry the words behind those it has. Raises PermissionDenied; ValidationError, LookupError for what can't be."""
    entry = lock(entry)
    row = current_row(entry)
    if fold(text) in map(fold, row["aliases"]):
        raise ValidationError(_("%(entry)s 已经有这个说法了。") % {"entry": entry})
    with in_stored_language():
        why = _("来自查询：%(text)s") % {"text": text}
    return save_edit("fault", row | {"aliases": [*row["aliases"], text]}, user, Action.CHANGED, why, entry)


@permission_required(["faults.view_search", "faults.change_fault"], raise_exception=True)
def alias(request):
    """Shows which entries a search for the words finds; one press adds them to one of these, or to another."""
    is_adding = request.method == "POST" and "again" not in request.POST
    text = request.POST.get("text", request.GET.get("text", ""))[:200]
    form = AliasForm(request.POST) if is_adding else AliasForm(initial={"text": text, "entry": request.POST.get("entry")})
    if is_adding and form.is_valid() and (entry := _added(form, request.user)):
        mark_dealt_with(request, request.GET)
        messages.success(request, _("已加上“%(text)s”：%(entry)s。") % {"text": form.cleaned_data["text"], "entry": entry})
        return HttpResponseRedirect(_next(entry))
    context = {"title": _("加成商户说法"), "form": form, "entries": _offered(request.user, text)}
    return TemplateResponse(request, "admin/usage/alias.html", admin.site.each_context(request) | context)


def _added(form: AliasForm, user) -> Fault | None:
    """The entry that took the words; None if it was refused, which the form then says."""
    try:
        return add_alias(form.chosen, form.cleaned_data["text"], user)
    except (ValidationError, LookupError) as error:
        form.add_error(None, error if isinstance(error, ValidationError) else str(error.args[0]))
        return None


def _next(entry: Fault) -> str:
    """Where what waits for readers is reviewed; a draft's own form."""
    page = "review" if revision_of(entry) and entry.is_published else "change"
    return reverse(f"admin:faults_fault_{page}", args=[entry.pk])


def _offered(user, text: str) -> list[Fault]:
    """The entries that a search for the words finds, what is only near included."""
    found = find(user, text)
    entries = [hit.item for hit in (*found.hits, *found.weak) if isinstance(hit.item, Fault)]
    return [entry for entry in entries if entry.status != Status.ARCHIVED][:OFFERED]
