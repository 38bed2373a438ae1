"""Merging an entry into another, with what will change shown first."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from faults.admin.entry_choice import EntryChoiceForm
from faults.admin.seen import seen_in
from faults.editing.describe import snapshot
from faults.editing.difference import Difference, differences
from faults.editing.display_names import display_names
from faults.editing.history import last_change
from faults.editing.merging import merge, merged_row, merged_wordings
from faults.editing.publishing import Refused
from faults.models import Fault


class MergeMixin:
    def get_urls(self):
        return [path("<int:pk>/merge/", self.admin_site.admin_view(self.merge_view), name="faults_fault_merge"), *super().get_urls()]

    def merge_view(self, request, pk: int):
        """Asks for the heir, shows what it gains, and merges."""
        entry = self.item_or_404(request, pk)
        if not request.user.has_perm("faults.publish"):
            raise PermissionDenied
        form = EntryChoiceForm(request.POST or request.GET or None)
        target = form.chosen if form.is_bound and form.is_valid() else None
        if request.method == "POST" and target:
            try:
                merge(entry, target, request.user, seen_in(request.POST))
            except Refused as error:
                messages.error(request, str(error))
            else:
                messages.success(request, _("%(entry)s 已并入 %(heir)s。") % {"entry": entry, "heir": target})
                return HttpResponseRedirect(self.change_url(target))
        gained = _gained(entry, target) if target else []
        context = {"title": _("并入别的条目：%(entry)s") % {"entry": entry}, "opts": self.opts, "original": entry}
        context |= {"form": form, "heir": target, "differences": gained, "seen": target and max(last_change(entry), last_change(target))}
        return TemplateResponse(request, "admin/knowledge/merge.html", self.admin_site.each_context(request) | context)


def _gained(entry: Fault, heir: Fault) -> list[Difference]:
    """What the heir will say, and be found by, that it doesn't now."""
    names = display_names()
    wordings = ({"words": words} for words in merged_wordings(entry, heir))
    return [*differences("fault", snapshot(heir), merged_row(entry, heir), names), *differences("wording", *wordings, names)]
