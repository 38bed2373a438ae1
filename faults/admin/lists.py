"""The short lists in the admin."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from faults.admin.base import KnowledgeForm
from faults.admin.history import HistoryMixin
from faults.checks.entries import crossed_in
from faults.editing.history import record
from faults.models import Action, Actor, Category, Environment, Source
from posdesk.model_admin import ModelAdmin


class ListForm(KnowledgeForm):
    """The form of something that readers see as soon as it is saved: what crosses a red line is refused."""

    def clean(self):
        super().clean()
        for name, text in [(name, text) for name, text in self.cleaned_data.items() if isinstance(text, str)]:
            if crossed := crossed_in(text):
                self.add_error(name, ValidationError(_("碰了红线，不能保存：%(found)s") % {"found": "；".join(crossed)}, code="red_line"))
        return self.cleaned_data


class ListAdmin(HistoryMixin, ModelAdmin):
    """A list that is in force as soon as it is saved, and whose every change is written down."""

    form = ListForm

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        record(obj, Action.CHANGED if change else Action.CREATED, request.user)

    def get_deleted_objects(self, objs, request):
        """What knowledge names isn't deleted: it would lose a value that nobody took away from it, without a word in its history."""
        _deleted, _counts, lacking, protected = super().get_deleted_objects(objs, request)
        protected = [*protected, *(line for item in objs for line in _uses(item))]
        return [str(item) for item in objs], {self.opts.verbose_name_plural: len(objs)}, lacking, protected

    def delete_model(self, request, obj):
        record(obj, Action.DELETED, request.user)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for item in queryset:
            self.delete_model(request, item)


def _uses(item) -> list[str]:
    links = [relation for relation in item._meta.related_objects if relation.many_to_many]
    counts = {link.related_model: link.related_model._base_manager.filter(**{link.field.name: item}).count() for link in links}
    return [
        _("%(kind)s：%(n)s条写着“%(name)s”，请先从那里拿掉") % {"kind": model._meta.verbose_name, "n": n, "name": item}
        for model, n in counts.items()
        if n
    ]


class NamedAdmin(ListAdmin):
    list_display = ["name", "slug", "position"]
    search_fields = ["name", "slug"]
    ordering_field = "position"


for model in (Category, Environment, Actor):
    admin.site.register(model, NamedAdmin)


@admin.register(Source)
class SourceAdmin(ListAdmin):
    list_display = ["reference", "title", "verdict", "reason"]
    list_filter = ["verdict"]
    search_fields = ["reference", "title"]
