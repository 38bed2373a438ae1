"""A page that gives entries a category, an owner, a date of review: one entry, or all that were chosen in the list."""

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from faults.admin.actions import one_by_one
from faults.editing.assigning import assign, file_under
from faults.editing.history import newest_change
from faults.models import Category
from faults.templatetags.posdesk_admin import display_name
from posdesk.numbers import whole_number

MOST = 500  # entries at a time


class PersonField(forms.ModelChoiceField):
    """People under the names that the desk calls them by."""

    def label_from_instance(self, obj):
        return display_name(obj)


class AssignForm(forms.Form):
    """What is left empty stays as it is."""

    category = forms.ModelChoiceField(Category.objects.all(), label=_("类别"), required=False, empty_label=_("不改"))
    owner = PersonField(
        get_user_model().objects.filter(is_staff=True, is_active=True), label=_("负责人"), required=False, empty_label=_("不改")
    )
    review_due = forms.DateField(label=_("下次复核"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def take(self, item, user) -> None:
        """Gives the item what was chosen."""
        owner, review_due, category = (self.cleaned_data[name] for name in ("owner", "review_due", "category"))
        if owner or review_due:
            assign(item, user, owner, review_due)
        if category:
            file_under(item, category, user)


class AssignMixin:
    def get_urls(self):
        return [path("assign/", self.admin_site.admin_view(self.assign_view), name="faults_fault_assign"), *super().get_urls()]

    def assign_view(self, request):
        if not self.has_change_permission(request):
            raise PermissionDenied
        ids = [pk for one in request.GET.get("ids", "").split(",") if (pk := whole_number(one)) is not None]
        items, form = list(self.get_queryset(request).filter(pk__in=ids[:MOST])), AssignForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            one_by_one(request, items, lambda item: form.take(item, request.user))
            return HttpResponseRedirect(self.change_url(items[0]) if len(items) == 1 else reverse("admin:faults_fault_changelist"))
        context = {"title": _("改类别、负责人、复核日期"), "opts": self.opts, "items": items, "form": form}
        context |= {"left_out": len(ids[MOST:]), "most": MOST, "seen": newest_change()}
        return TemplateResponse(request, "admin/knowledge/assign.html", self.admin_site.each_context(request) | context)
