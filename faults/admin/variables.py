"""Variables in the admin: their values, each acquirer's beside the default, and where texts ask for them."""

from django.contrib import admin
from django.db.models import Count
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from faults.admin.lists import ListAdmin, ListForm
from faults.desk_words import uses_of
from faults.models import Variable, VariableValue
from faults.templatetags.posdesk_admin import admin_change


class ValueInline(TabularInline):
    model = VariableValue
    form = ListForm
    fields = ["table", "value"]
    extra = 1
    hide_title = True

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """A field of a table has no label but its column's."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs["aria-label"] = field.label
        return field


@admin.register(Variable)
class VariableAdmin(ListAdmin):
    list_display = ["name", "value", "tables", "purpose", "position"]
    search_fields = ["name", "words", "purpose", "value"]
    ordering_field = "position"
    inlines = [ValueInline]
    fieldsets = [
        (None, {"fields": ["name", "purpose", "value", "words", "position"]}),
        (_("用在哪里"), {"fields": ["uses"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(table_count=Count("values"))

    def get_readonly_fields(self, request, obj=None):
        """Texts write its name."""
        return ["name", "uses"] if obj else ["uses"]

    @admin.display(description=_("几家另有值"), ordering="table_count")
    def tables(self, variable) -> int:
        """How many acquirers have a value of their own."""
        return variable.table_count

    @admin.display(description=_("写着它的内容"))
    def uses(self, variable) -> str:
        """Links to the entries, codes and terms whose texts ask for it."""
        found = uses_of(variable.name) if variable.pk else []
        links = format_html_join("", '<li><a href="{}">{}</a></li>', ((admin_change(item), item) for item in found))
        return format_html_join("", '<ul class="desk-uses">{}</ul>', [(links,)]) if found else _("还没有")

    def get_deleted_objects(self, objs, request):
        """What texts still ask for isn't deleted: readers would be told that only the acquirer knows."""
        shown, counts, lacking, protected = super().get_deleted_objects(objs, request)
        used = [_("%(item)s：写着“{%(name)s}”，请先改掉") % {"item": item, "name": one.name} for one in objs for item in uses_of(one.name)]
        return shown, counts, set() if used else lacking, [*protected, *used]
