"""从这条复制: a page that says what a copy takes along and what not, and makes it."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from faults.editing.duplicating import copy_code, copy_entry
from faults.editing.publishing import Refused
from faults.models import Fault, Publication, ReturnCode


class EntryCopyForm(forms.Form):
    """Nothing is asked: the new entry gets the next number."""

    def copy(self, entry: Fault, user) -> Fault:
        """The copy."""
        return copy_entry(entry, user)


class CodeCopyForm(forms.ModelForm):
    """Into which table, and under which code there; one that is taken is refused."""

    class Meta:
        model = ReturnCode
        fields = ["scheme", "code"]

    def clean_code(self):
        return self.cleaned_data["code"].strip().upper()

    def copy(self, code: ReturnCode, user) -> ReturnCode:
        """The copy."""
        return copy_code(code, self.cleaned_data["scheme"].slug, self.cleaned_data["code"], user)


class CopyMixin:
    """For entries and codes."""

    def get_urls(self):
        name = f"faults_{self.opts.model_name}_copy"
        return [path("<int:pk>/copy/", self.admin_site.admin_view(self.copy_view), name=name), *super().get_urls()]

    def desk_context(self, request, object_id: str | None) -> dict:
        context = super().desk_context(request, object_id)
        return context | {"may_copy": "item" in context and self.has_add_permission(request)}

    def copy_view(self, request, pk: int):
        """Says what the copy will have, and makes it."""
        item = self.item_or_404(request, pk)
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = self._copy_form(request, item)
        if request.method == "POST" and form.is_valid() and (copied := self._copied(request, form, item)):
            self.message_user(request, _("已复制成草稿：%(item)s。改好再提交复核。") % {"item": copied})
            return HttpResponseRedirect(self.change_url(copied))
        context = {"title": _("从这条复制：%(item)s") % {"item": item}, "opts": self.opts, "original": item, "form": form}
        return TemplateResponse(request, "admin/knowledge/copy.html", self.admin_site.each_context(request) | context)

    def _copy_form(self, request, item: Publication) -> forms.BaseForm:
        data = request.POST if request.method == "POST" else None
        return EntryCopyForm(data) if self.model is Fault else CodeCopyForm(data, initial={"scheme": "", "code": item.code})

    def _copied(self, request, form, item: Publication) -> Publication | None:
        """The copy; None if it was refused, which the form then says."""
        try:
            return form.copy(item, request.user)
        except (Refused, ValidationError, LookupError) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error.args[0]))
            return None
