"""查找替换: what by what, in which kinds; then every place with what it says now and would say, to be ticked; then all of it or nothing."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from faults.admin.base import CARD
from faults.editing.importing import PlanChanged
from faults.editing.publishing import Refused
from faults.editing.replacing import ReplacePlan, TooMany, Wanted, apply, plan
from faults.models import KINDS
from faults.text.normalize import normalized
from posdesk.masking import has_card_number

HOW = [("exact", gettext_lazy("原样：哪里有这几个字都算")), ("whole", gettext_lazy("整词：前后不再接着字母或数字，例如找97，不算197"))]
LOOKED_INTO = [kind for kind in KINDS if kind != "wording"]  # unless more is asked for: wordings are callers' words, to the letter


class ReplaceForm(forms.Form):
    """What is looked for; normalized as what is stored is."""

    find = forms.CharField(label=gettext_lazy("把"), max_length=100)
    by = forms.CharField(label=gettext_lazy("换成"), max_length=200, required=False, help_text=gettext_lazy("空着：把它删掉。"))
    how = forms.ChoiceField(label=gettext_lazy("怎么找"), choices=HOW, initial="exact", widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("在哪里找"),
        choices=[(kind, model._meta.verbose_name) for kind, model in KINDS.items()],
        initial=LOOKED_INTO,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_find(self):
        if not (text := self._text("find")):
            raise ValidationError(_("请写要找的话。"))
        return text

    def clean_by(self):
        text = self._text("by")
        if text == self.cleaned_data.get("find"):
            raise ValidationError(_("两边写的是一样的，没有什么要换。"))
        return text

    def _text(self, name: str) -> str:
        text = normalized(self.cleaned_data[name])
        if has_card_number(text):
            raise ValidationError(CARD, code="card_number")
        return text

    @property
    def wanted(self) -> Wanted:
        """What was asked for, once it is valid."""
        said = self.cleaned_data
        return Wanted(said["find"], said["by"], said["how"] == "whole", tuple(kind for kind in KINDS if kind in said["kinds"]))


@never_cache
@permission_required("faults.import_knowledge", raise_exception=True)
def replace(request):
    """Asks, shows the plan, and carries out what was ticked in it."""
    form = ReplaceForm(request.POST or None)
    context = {"title": _("查找替换"), "form": form, "may_publish": _may_publish(request.user)}
    if form.is_valid():
        if "apply" in request.POST and _applied(request, form.wanted):
            return HttpResponseRedirect(reverse("replace"))
        context |= _planned(request, form)
    return TemplateResponse(request, "admin/knowledge/replace.html", admin.site.each_context(request) | context)


def _may_publish(user) -> bool:
    return user.has_perms(["faults.publish", "faults.approve_own"])


def _planned(request, form: ReplaceForm) -> dict:
    """The plan with what is ticked: what was, or at first all that nobody has to beware of."""
    try:
        made = plan(form.wanted)
    except TooMany as error:
        form.add_error("find", str(error))
        return {}
    return {"plan": made, "ticked": set(request.POST.getlist("place")) if "apply" in request.POST else _harmless(made)}


def _harmless(made: ReplacePlan) -> set[str]:
    return {key for one in made.possible for key, _difference, warning in one.shown if not warning}


def _applied(request, wanted: Wanted) -> bool:
    """Replaces what was ticked. Returns whether it was done; else a message says why it wasn't."""
    keys, publish = set(request.POST.getlist("place")), "publish" in request.POST and _may_publish(request.user)
    if not keys:
        messages.error(request, _("一处也没有打勾，什么也没换。"))
        return False
    try:
        done = apply(wanted, keys, request.POST.get("fingerprint", ""), request.user, publish)
    except (PlanChanged, TooMany, PermissionDenied, Refused, ValidationError, LookupError) as error:
        messages.error(request, _("没有换，什么也没改：%(said)s") % {"said": error.args[0] if error.args else error})
        return False
    said = _("换好了：%(items)s条里的%(places)s处，其中%(waiting)s条的修改还没发布，读者看到的还没变；没提交复核的，请在清单里提交。")
    messages.success(request, said % {"items": done.items, "places": done.places, "waiting": done.waiting})
    return True
