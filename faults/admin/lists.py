"""The short lists in the admin."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from faults.admin.base import KnowledgeForm
from faults.admin.history import HistoryMixin
from faults.checks.entries import crossed_in
from faults.editing.history import record
from faults.models import Action, Actor, Category, CodeTable, Environment, ResponseClass, Retry, Source
from faults.search import index
from posdesk.model_admin import ModelAdmin


class ListForm(KnowledgeForm):
    """The form of something that readers see as soon as it is saved: what crosses a red line is refused.

    `unread`: fields that are read to nobody.
    """

    unread = ()

    def clean(self):
        super().clean()
        for name, text in [(name, text) for name, text in self.cleaned_data.items() if isinstance(text, str) and name not in self.unread]:
            if crossed := crossed_in(text):
                self.add_error(name, ValidationError(_("碰了红线，不能保存：%(found)s") % {"found": "；".join(crossed)}, code="red_line"))
        return self.cleaned_data


class ListAdmin(HistoryMixin, ModelAdmin):
    """A list that is in force as soon as it is saved, and whose every change is written down."""

    form = ListForm

    def save_related(self, request, form, formsets, change):
        """Written down with its rows."""
        super().save_related(request, form, formsets, change)
        record(form.instance, Action.CHANGED if change else Action.CREATED, request.user)

    def get_deleted_objects(self, objs, request):
        """What knowledge names isn't deleted: it would lose a value that nobody took away from it, without a word in its history. That is
        the reason to give, not that somebody lacks the right to delete the knowledge."""
        _deleted, _counts, lacking, protected = super().get_deleted_objects(objs, request)
        protected = [*protected, *(line for item in objs for line in _uses(item))]
        return [str(item) for item in objs], {self.opts.verbose_name_plural: len(objs)}, set() if protected else lacking, protected

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

    def get_readonly_fields(self, request, obj=None):
        """Addresses, files and rows name it by its slug."""
        return ["slug"] if obj else []


for model in (Category, Environment, ResponseClass):
    admin.site.register(model, NamedAdmin)


@admin.register(Actor)
class ActorAdmin(NamedAdmin):
    list_display = ["name", "slug", "minutes", "position"]


@admin.register(Retry)
class RetryAdmin(NamedAdmin):
    list_display = ["name", "slug", "allows_again", "position"]


@admin.register(CodeTable)
class CodeTableAdmin(NamedAdmin):
    list_display = ["name", "full_name", "kind", "is_own", "rows", "position"]
    list_filter = ["kind"]
    search_fields = ["name", "full_name", "slug", "words"]
    ordering = ["-is_own", "position", "slug"]
    fieldsets = [
        (None, {"fields": ["name", "full_name", "slug", "kind", "words"]}),
        (
            _("怎么显示"),
            {"fields": ["position", "letter"], "description": _("本台自己的码表总在最前；在清单上选中一张，用“设为本台的码表”换。")},
        ),
        (_("红线"), {"fields": ["red_lines"]}),
    ]

    actions = ["make_own"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(row_count=Count("codes"))

    def save_model(self, request, obj, form, change):
        """The codes of a table are found by its name."""
        super().save_model(request, obj, form, change)
        index.refresh([obj])

    @admin.action(description=_("设为本台的码表"), permissions=["change"])
    def make_own(self, request, queryset):
        """The one chosen table comes first from now on; history says whose doing it is."""
        if queryset.count() != 1:
            return messages.error(request, _("请只选一张：本台只有一张自己的码表。"))
        own = queryset.get()
        with transaction.atomic():
            for table in CodeTable.objects.select_for_update().exclude(pk=own.pk).filter(is_own=True):
                self._set_own(request, table, False)
            self._set_own(request, own, True)
        return messages.success(request, _("本台的码表是“%(name)s”了。") % {"name": own})

    def _set_own(self, request, table, is_own: bool) -> None:
        table.is_own = is_own
        table.save(update_fields=["is_own"])
        record(table, Action.CHANGED, request.user)

    @admin.display(description=_("几个码"), ordering="row_count")
    def rows(self, table) -> int:
        """How many codes the table has, drafts included."""
        return table.row_count


@admin.register(Source)
class SourceAdmin(ListAdmin):
    list_display = ["reference", "title", "dated", "link", "verdict", "reason"]
    list_filter = ["verdict"]
    search_fields = ["reference", "title", "file_name"]
