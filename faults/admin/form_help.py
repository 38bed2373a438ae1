"""Help while writing: whether it is ready, whether it is there already, and how it will look. Nothing is saved."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from faults.admin.form_fields import REFUSED, Fields, Line, mistakes, sections
from faults.checks.readiness import readiness_of
from faults.editing.edits import Unusable, apply_revision
from faults.editing.revisions import dry_run, revision_of
from faults.models import Change, Fault, ReturnCode
from faults.search.find import find
from faults.views import entries, return_codes
from posdesk.numbers import whole_number

SIMILAR = 5
NOT_YET = _("表单里还有没填好的地方，填好了再看。")


class FormHelpMixin:
    def get_urls(self):
        view, name = self.admin_site.admin_view, f"faults_{self.opts.model_name}"
        return [
            path("readiness/", view(require_POST(self.readiness_view)), name=f"{name}_readiness"),
            path("similar/", view(self.similar_view), name=f"{name}_similar"),
            path("preview/", view(require_POST(self.preview_form_view)), name=f"{name}_preview_form"),
            path("<int:pk>/preview/", view(self.preview_view), name=f"{name}_preview"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """The form with its sections, and with what is wrong beside links to where it is."""
        form, inlines = context["adminform"].form, context["inline_admin_formsets"]
        formsets, problems = [inline.formset for inline in inlines], context.get("readiness")
        refused = (mistakes(form, formsets) or [Line(_("表单没有填好。"), REFUSED)]) if form.is_bound else []
        last = Change.objects.of(obj).first() if obj else None
        context |= {
            "sections": sections(context["adminform"], inlines),
            "mistakes": refused,
            "readiness": refused or (problems and Fields(form, formsets).lines(problems)),
            "most_fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
            "is_last_change_own": last is not None and last.made_by_id == request.user.pk,
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        request.fields = Fields(form, formsets)

    def readiness_view(self, request):
        """The readiness list of the form as it is typed."""
        found, response = self._dry_run(request, readiness_of)
        lines = response.context_data["mistakes"] if found is None else request.fields.lines(found)
        return render(request, "admin/knowledge/_readiness.html", {"readiness": lines})

    def similar_view(self, request):
        """Entries and codes that a caller's words would find already."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        query, own = request.GET.get("q", "")[:200], request.GET.get("own", "")
        found = find(request.user, query).hits if query.strip() else []
        hits = [hit.item for hit in found if isinstance(hit.item, Fault) and str(hit.item.pk) != own]
        return render(request, "admin/knowledge/_similar.html", {"similar": hits[:SIMILAR]})

    def preview_form_view(self, request):
        """The form as it is typed, on the public page."""
        page, _response = self._dry_run(request, lambda item: self._public_page(request, item))
        return page if page is not None else HttpResponse(NOT_YET, status=400)

    def preview_view(self, request, pk: int):
        """The item on the public page as it will be when the work on it is published."""
        item = self.item_or_404(request, pk)
        revision = revision_of(item)
        if not revision or revision.row is None:
            return self._public_page(request, item)
        try:
            with dry_run():
                return self._public_page(request, apply_revision(pk, revision))
        except Unusable as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(self.review_url(pk))

    def _public_page(self, request, item) -> HttpResponse:
        if isinstance(item, Fault):
            return render(
                request, "entry.html", entries.entry_context(request, Fault.everything.with_everything().get(pk=item.pk)) | PREVIEW
            )
        if isinstance(item, ReturnCode):
            return render(request, "code.html", return_codes.code_context(request, item.code, item.scheme_id) | PREVIEW)
        return TemplateResponse(request, "admin/knowledge/no_preview.html", self.admin_site.each_context(request)).render()

    def _dry_run(self, request, inspect):
        pk = whole_number(request.POST.get("_item"))
        item = None if pk is None else self.item_or_404(request, pk)
        return self.dry_run_form(request, item, inspect)


PREVIEW = {"is_preview": True}
