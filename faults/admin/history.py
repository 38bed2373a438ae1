"""History in the admin: every version of an item, any two compared, one restored, and what was deleted brought back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Max
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from faults.admin.seen import seen_in
from faults.editing.describe import snapshot
from faults.editing.difference import differences
from faults.editing.display_names import display_names
from faults.editing.edits import save_edit
from faults.editing.history import last_change, last_writer
from faults.editing.publishing import Refused, require_seen
from faults.models import KINDS, WITH_HISTORY, Action, Change, Publication, Revision
from posdesk.numbers import whole_number
from posdesk.stored_language import in_stored_language

PAGE_SIZE = 50
NAMING = {"number", "title", "scheme", "code", "meaning", "name"}  # the fields that items are called by


class HistoryMixin:
    def get_urls(self):
        view, name = self.admin_site.admin_view, f"faults_{self.opts.model_name}"
        return [
            path("<int:pk>/history/compare/", view(self.compare_view), name=f"{name}_compare"),
            path("restore/<int:change>/", view(require_POST(self.restore_view)), name=f"{name}_restore"),
            path("deleted/", view(self.deleted_view), name=f"{name}_deleted"),
            *super().get_urls(),
        ]

    def may_restore(self, request) -> bool:
        """Whether versions can be restored, and by this user: knowledge goes through the gate, lists have none."""
        return self.model in KINDS.values() and self.has_change_permission(request)

    def item_or_404(self, request, pk: int):
        """The item, drafts included, for those who may see the admin's list. Raises PermissionDenied, Http404."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)

    @property
    def kind(self) -> str:
        return next(kind for kind, model in WITH_HISTORY.items() if model is self.model)

    def history_view(self, request, object_id, extra_context=None):
        """Every change of the item, the newest first."""
        if (pk := whole_number(object_id)) is None:
            raise Http404
        item = self.item_or_404(request, pk)
        page = Paginator(Change.objects.of(item), PAGE_SIZE).get_page(request.GET.get("page"))
        context = {"title": _("历史：%(item)s") % {"item": item}, "original": item, "page": page, "seen": last_change(item)}
        return self._page(request, "admin/knowledge/history.html", context)

    def compare_view(self, request, pk: int):
        """What is different between two versions, or between one and what the item says now."""
        item = self.item_or_404(request, pk)
        before = self._version(item, request.GET.get("from"))
        after = self._version(item, request.GET.get("to")) if request.GET.get("to") else None
        if after and after.pk < before.pk:
            before, after = after, before
        found = differences(self.kind, before.row, after.row if after else snapshot(item), display_names())
        context = {"title": _("对比：%(item)s") % {"item": item}, "original": item, "before": before, "after": after, "differences": found}
        return self._page(request, "admin/knowledge/compare.html", context)

    def _version(self, item, number: str | None) -> Change:
        if (pk := whole_number(number)) is None:
            raise Http404
        return get_object_or_404(Change.objects.of(item), pk=pk)

    def restore_view(self, request, change: int):
        """Gives the item the words it had, through the gate; what was deleted comes back as a draft."""
        if not self.may_restore(request):
            raise PermissionDenied
        old = get_object_or_404(Change.objects.filter(kind=self.kind), pk=change)
        try:
            item, said = self._restore(request, old)
        except (ValidationError, LookupError, Refused) as error:
            reasons = error.messages if isinstance(error, ValidationError) else [str(error.args[0])]
            messages.error(request, _("没有恢复：%(reasons)s") % {"reasons": "；".join(reasons)})
            is_here = self.model.everything.filter(pk=old.item_id).exists()
            return HttpResponseRedirect(self.history_url(old.item_id) if is_here else "../../deleted/")
        messages.success(request, said)
        return HttpResponseRedirect(self.change_url(item))

    @transaction.atomic
    def _restore(self, request, old: Change) -> tuple[Publication, str]:
        """Writes the old words over those that the page showed, or into a new draft under the old number. The item, and what to say."""
        item = self.model.everything.select_for_update(of=("self",)).filter(pk=old.item_id).first()
        if item:
            require_seen(item, seen_in(request.POST))
        with in_stored_language():
            why = _("恢复到第%(number)s号版本") % {"number": old.pk}
        restored = save_edit(self.kind, old.row | {"pk": old.item_id}, request.user, Action.RESTORED, why, item)
        if item:
            return restored, _("旧版本已取回：%(item)s。要复核的内容，复核以后读者才看到；不用复核的已经生效。") % {
                "item": self._name_in(old.row)
            }
        if writer := last_writer(restored):
            Revision.objects.of(restored).update(author=writer)
        return restored, _("已找回：%(item)s，现在是草稿。") % {"item": restored}

    def _name_in(self, row: dict) -> str:
        """What an item with these words is called: a published one keeps its title until the old one is approved."""
        return str(self.model(**{("scheme_id" if field == "scheme" else field): row[field] for field in NAMING & row.keys()}))

    def history_url(self, pk: int) -> str:
        """The address of the item's history."""
        return reverse(f"admin:faults_{self.opts.model_name}_history", args=[pk])

    def deleted_view(self, request):
        """What was deleted, the last first, each as it was."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        last = Change.objects.filter(kind=self.kind).values("item_id").annotate(last=Max("pk")).values("last")
        gone = Change.objects.filter(pk__in=last, action=Action.DELETED).order_by("-pk")
        page = Paginator(gone, PAGE_SIZE).get_page(request.GET.get("page"))
        context = {"title": _("已删除的%(kind)s") % {"kind": self.opts.verbose_name}, "page": page}
        return self._page(request, "admin/knowledge/deleted.html", context)

    def _page(self, request, template: str, context: dict):
        shared = self.admin_site.each_context(request) | {"opts": self.opts}
        return TemplateResponse(request, template, shared | {"may_restore": self.may_restore(request)} | context)
