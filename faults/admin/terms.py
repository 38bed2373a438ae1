"""Words in the admin: the glossary, what means the same, and what belongs to others."""

from django.contrib import admin

from faults.admin import actions
from faults.admin.base import KnowledgeAdmin
from faults.admin.faults import SHORT
from faults.models import Elsewhere, SynonymGroup, Term


@admin.register(Term)
class TermAdmin(KnowledgeAdmin):
    list_display = ["name", "pinyin", "definition", "status", "updated_at"]
    list_filter = ["status"]
    search_fields = ["name", "aliases", "definition"]
    autocomplete_fields = ["sources"]
    actions = [actions.publish, actions.archive]
    formfield_overrides = SHORT
    fields = [("name", "pinyin", "status"), "aliases", "definition", "sources", "review_due", ("reviewed_on", "reviewed_by")]
    readonly_fields = ["reviewed_by"]


@admin.register(SynonymGroup)
class SynonymGroupAdmin(KnowledgeAdmin):
    list_display = ["name", "listed", "is_active", "updated_at"]
    list_filter = ["is_active"]
    search_fields = ["name", "words"]
    fields = ["name", "words", "is_active"]

    @admin.display(description=SynonymGroup._meta.get_field("words").verbose_name)
    def listed(self, group):
        return "、".join(group.word_list)


@admin.register(Elsewhere)
class ElsewhereAdmin(KnowledgeAdmin):
    list_display = ["name", "listed", "refer_to", "is_active", "updated_at"]
    list_filter = ["is_active"]
    search_fields = ["name", "words", "refer_to"]
    fields = ["name", "words", "refer_to", "is_active"]

    @admin.display(description=Elsewhere._meta.get_field("words").verbose_name)
    def listed(self, group):
        return "、".join(group.word_list)
