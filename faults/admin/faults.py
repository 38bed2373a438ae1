"""Entries in the admin: the whole of one on one page, in one save."""

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _
from unfold.admin import StackedInline, TabularInline
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminTextareaWidget

from faults.admin import actions
from faults.admin.assigning import AssignMixin
from faults.admin.autocomplete import AutocompleteMixin
from faults.admin.base import KnowledgeAdmin, PartForm
from faults.admin.copying import CopyMixin
from faults.admin.filters import WORK, OwnerFilter, StateFilter
from faults.admin.merging import MergeMixin
from faults.admin.note_link import NoteLinkMixin
from faults.admin.part_rows import PartFormSet
from faults.admin.searching import SearchMixin
from faults.admin.wording_link import WordingLinkMixin
from faults.models import Alias, Cause, Fault, Fix, Myth, RelatedFault, ScreenText

SHORT = {models.TextField: {"widget": UnfoldAdminTextareaWidget(attrs={"rows": 3})}}


class Ordered:
    """Rows that are put in order by dragging. `first`: how many empty ones something new begins with."""

    form = PartForm
    formset = PartFormSet
    ordering_field = "position"
    hide_ordering_field = True
    hide_title = True
    first = 0
    folds = ()  # the fields that stand for a folded row: templates/unfold/helpers/edit_inline/stacked_title.html

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj and obj.pk else self.first

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """A field of a table has no label but its column's."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(self, TabularInline):
            field.widget.attrs["aria-label"] = field.label
        return field


class ScreenTextInline(Ordered, TabularInline):
    model = ScreenText
    fields = ["text", "position"]
    first = 1


class AliasInline(Ordered, TabularInline):
    model = Alias
    fields = ["text", "position"]
    first = 1


class CauseFixInline(Ordered, StackedInline):
    """The fixes of one cause."""

    model = Fix
    fk_name = "cause"
    fields = [("actor", "expected"), "steps", ("otherwise", "note"), "position"]
    formfield_overrides = SHORT
    first = 1


class CauseInline(Ordered, StackedInline):
    model = Cause
    fields = [("title", "likelihood"), "check_text", "position"]
    inlines = [CauseFixInline]
    first = 1
    folds = ("title", "likelihood")


class GeneralFixInline(Ordered, StackedInline):
    """Fixes of the entry as a whole."""

    model = Fix
    fk_name = "fault"
    fields = [("actor", "expected"), "steps", ("otherwise", "note"), "position"]
    formfield_overrides = SHORT
    folds = ("actor", "steps")
    verbose_name = _("整条的处理方法")
    verbose_name_plural = _("整条的处理方法（不分原因）")


class MythInline(Ordered, StackedInline):
    model = Myth
    fields = [("claim", "verdict"), "reason", "position"]
    folds = ("claim", "verdict")


class RelatedInline(AutocompleteMixin, Ordered, TabularInline):
    model = RelatedFault
    fk_name = "fault"
    fields = ["other", "difference", "position"]
    autocomplete_fields = ["other"]


@admin.register(Fault)
class FaultAdmin(SearchMixin, AssignMixin, MergeMixin, CopyMixin, WordingLinkMixin, NoteLinkMixin, KnowledgeAdmin):
    list_display = ["number", "title", "kind", "category", "state", "confidence", "review_due", "updated_at"]
    list_display_links = ["number", "title"]
    list_filter = [OwnerFilter, *WORK, StateFilter, "kind", "category", "environments", "confidence"]
    list_select_related = ["category", "merged_into"]
    search_fields = ["title"]
    search_help_text = _("像接电话时那样查：商户的话、屏上的字、码、编号")
    autocomplete_fields = ["codes", "sources"]
    actions = [*actions.GATE, actions.assign]
    inlines = [ScreenTextInline, AliasInline, CauseInline, GeneralFixInline, MythInline, RelatedInline]
    formfield_overrides = SHORT
    fieldsets = [
        (None, {"fields": [("number", "kind"), "title", ("category", "confidence"), "environments", "symptom", "warning"]}),
        (_("给商户和收单机构"), {"fields": ["reply", "escalation"]}),
        (_("码和来源"), {"fields": ["codes", "sources"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        """A number that was given once is not changed: people say it aloud."""
        return ["number"] if obj else []

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "environments":
            kwargs["widget"] = UnfoldAdminCheckboxSelectMultipleWidget
        return super().formfield_for_manytomany(db_field, request, **kwargs)
