"""The short lists in the admin."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from faults.admin.base import KnowledgeForm
from faults.models import Actor, Category, Environment, Source


class NamedAdmin(ModelAdmin):
    form = KnowledgeForm
    list_display = ["name", "slug", "position"]
    search_fields = ["name", "slug"]
    ordering_field = "position"


for model in (Category, Environment, Actor):
    admin.site.register(model, NamedAdmin)


@admin.register(Source)
class SourceAdmin(ModelAdmin):
    form = KnowledgeForm
    list_display = ["reference", "title", "verdict", "reason"]
    list_filter = ["verdict"]
    search_fields = ["reference", "title"]
