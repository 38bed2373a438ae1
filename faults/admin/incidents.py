"""Incidents in the admin: set by who may publish, proposed by who may write, in force once saved, ended early by one click."""

from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from unfold.widgets import INPUT_CLASSES

from faults.admin.autocomplete import AutocompleteMixin
from faults.admin.from_search import without_numbers
from faults.admin.lists import ListAdmin, ListForm
from faults.admin.scheduling import TO_THE_MINUTE
from faults.editing.history import record
from faults.models import Action, Fault, Incident, ReturnCode
from faults.search.find import find
from posdesk.stored_language import in_stored_language

FIRST = timedelta(hours=2)  # proposed for a new one
TEXT = "“{}”现在报的商户很多，正在核实。"  # of one that is made from searches, to be written on


def _moment(label: str) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        input_formats=[TO_THE_MINUTE, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        error_messages={"invalid": _("请写成年-月-日 时:分，例如 2027-01-31 08:00。")},
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": " ".join(INPUT_CLASSES)}, format=TO_THE_MINUTE),
    )


class IncidentForm(ListForm):
    """Codes must stand in a table. What callers say is not read aloud, and may cross a red line."""

    unread = ("words",)
    starts_at = _moment(_("从什么时候"))
    ends_at = _moment(_("到什么时候"))

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        if "ends_at" in self.fields:  # not where the page is only to be read
            self.fields["ends_at"].help_text = Incident._meta.get_field("ends_at").help_text
        for name in self.fields.keys() & {"codes", "words"}:
            self.fields[name].widget.attrs["rows"] = 3

    def clean_codes(self) -> str:
        codes = [code.upper() for code in self.cleaned_data["codes"].split()]
        known = {*ReturnCode.everything.filter(code__in=codes).values_list("code", flat=True)}
        if unknown := [code for code in codes if code not in known]:
            raise forms.ValidationError(_("%(code)s 不在任何一张码表里。") % {"code": unknown[0][:40]})
        return "\n".join(codes)


class InForceFilter(admin.SimpleListFilter):
    title, parameter_name = _("状态"), "state"
    QUESTIONS = {
        "in-force": lambda rows: rows.in_force(),
        "not-over": lambda rows: rows.not_over(),
        "over": lambda rows: rows.exclude(pk__in=rows.not_over().values("pk")),
    }

    def lookups(self, request, model_admin):
        return [("in-force", _("有效")), ("not-over", _("有效的、没开始的、提议的")), ("over", _("结束了"))]

    def queryset(self, request, queryset):
        return self.QUESTIONS[self.value()](queryset) if self.value() in self.QUESTIONS else queryset


@admin.register(Incident)
class IncidentAdmin(AutocompleteMixin, ListAdmin):
    form = IncidentForm
    list_display = ["text", "codes", "words", "state", "starts_at", "ends_at", "set_by_name"]
    list_filter = [InForceFilter]
    search_fields = ["text", "codes", "words"]
    autocomplete_fields = ["entries"]
    compressed_fields = False
    change_form_outer_before_template = "admin/incidents/_end.html"

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.end_view))
        return [path("<int:pk>/end/", view, name="faults_incident_end"), *super().get_urls()]

    def get_fieldsets(self, request, obj=None):
        said = _("保存就生效，读者马上看到。") if _may_set(request.user) else _("保存是提议：读者看不到，能发布的人保存以后才生效。")
        fields = ["text", "entries", "codes", "words", "starts_at", "ends_at"]
        return [(None, {"fields": fields, "description": said})]

    def get_changeform_initial_data(self, request):
        """From now on, for two hours; from the work list also the words that were searched, and the entry that is surely meant."""
        now = timezone.now()
        return {"starts_at": now, "ends_at": now + FIRST} | _from_search(request)

    def has_change_permission(self, request, obj=None):
        """What is in force or to come is changed by who may publish; what was said stays as it was said."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or (not obj.is_over and (obj.is_proposed or _may_set(request.user))))

    def has_delete_permission(self, request, obj=None):
        """What readers were told stays known."""
        return False

    @admin.display(description=_("状态"), ordering="ends_at")
    def state(self, incident) -> str:
        return incident.state

    def save_model(self, request, obj, form, change):
        """In force by who may publish; by anybody else it is a proposal."""
        obj.is_proposed = not _may_set(request.user)
        obj.set_by, obj.set_by_name = request.user, request.user.get_full_name() or request.user.get_username()
        super().save_model(request, obj, form, change)

    def end_view(self, request, pk: int):
        """Ends it now, whoever set it; what is over stays as it is. Back to the work list."""
        if not _may_set(request.user):
            raise PermissionDenied
        with transaction.atomic():
            incident = self.item_or_404(request, pk)
            if not incident.is_over:
                now = timezone.now()
                incident.starts_at, incident.ends_at = min(incident.starts_at, now), now
                incident.save(update_fields=["starts_at", "ends_at"])
                with in_stored_language():
                    why = str(_("提前结束"))
                record(incident, Action.CHANGED, request.user, why)
        messages.success(request, _("已经结束：%(text)s") % {"text": incident})
        return HttpResponseRedirect(reverse("admin:index"))


def _may_set(user) -> bool:
    return user.has_perm("faults.publish")


def _from_search(request) -> dict:
    said = without_numbers(request.GET.get("words", "")[:200])
    if not said:
        return {}
    found = find(request.user, said, limit=1)
    entries = [hit.item.pk for hit in found.hits if found.is_sure and isinstance(hit.item, Fault)]
    return {"words": said, "entries": entries, "text": TEXT.format(said[:60])}
