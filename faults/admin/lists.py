"""The short lists in the admin."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from faults.admin.base import KnowledgeForm
from faults.admin.history import HistoryMixin
from faults.editing.history import record
from faults.models import Action, Actor, Category, Environment, Source


class ListAdmin(HistoryMixin, ModelAdmin):
    """A list that is in force as soon as it is saved, and whose every change is written down."""

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        record(obj, Action.CHANGED if change else Action.CREATED, request.user)

    def delete_model(self, request, obj):
        record(obj, Action.DELETED, request.user)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for item in queryset:
            self.delete_model(request, item)


class NamedAdmin(ListAdmin):
    form = KnowledgeForm
    list_display = ["name", "slug", "position"]
    search_fields = ["name", "slug"]
    ordering_field = "position"


for model in (Category, Environment, Actor):
    admin.site.register(model, NamedAdmin)


@admin.register(Source)
class SourceAdmin(ListAdmin):
    form = KnowledgeForm
    list_display = ["reference", "title", "verdict", "reason"]
    list_filter = ["verdict"]
    search_fields = ["reference", "title"]
