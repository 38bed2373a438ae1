"""Words in the admin: the glossary, what means the same, and what belongs to others."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from faults.admin import actions
from faults.admin.base import KnowledgeAdmin
from faults.admin.faults import SHORT
from faults.admin.filters import WORK, StateFilter
from faults.admin.note_link import NoteLinkMixin
from faults.admin.searching import SearchMixin
from faults.admin.wording_link import WordingLinkMixin
from faults.models import DeskRules, Elsewhere, SynonymGroup, Term
from posdesk.model_admin import ModelAdmin
from posdesk.stored_language import in_stored_language


@admin.register(Term)
class TermAdmin(SearchMixin, WordingLinkMixin, NoteLinkMixin, KnowledgeAdmin):
    list_display = ["name", "pinyin", "definition", "state", "updated_at"]
    list_filter = [*WORK, StateFilter]
    search_fields = ["name", "aliases", "definition"]
    autocomplete_fields = ["sources"]
    actions = actions.GATE
    formfield_overrides = SHORT
    fields = [("name", "pinyin"), "aliases", "definition", "sources"]


class WordsAdmin(KnowledgeAdmin):
    """Lists of words."""

    list_filter = [StateFilter]
    actions = actions.GATE

    @admin.display(description=_("词"))
    def listed(self, group):
        return "、".join(group.word_list)


@admin.register(SynonymGroup)
class SynonymGroupAdmin(WordsAdmin):
    list_display = ["name", "listed", "are_brands", "state", "updated_at"]
    search_fields = ["name", "words"]
    fields = ["name", "words", "are_brands"]


@admin.register(Elsewhere)
class ElsewhereAdmin(WordsAdmin):
    list_display = ["name", "listed", "refer_to", "state", "updated_at"]
    search_fields = ["name", "words", "refer_to"]
    fields = ["name", "words", "refer_to"]


@admin.register(DeskRules)
class DeskRulesAdmin(ModelAdmin):
    """The one row of rules, without a list around it."""

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:faults_deskrules_change", args=[DeskRules.objects.get_or_create(pk=1)[0].pk]))

    def log_change(self, request, obj, message):
        with in_stored_language():
            return super().log_change(request, obj, message)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
