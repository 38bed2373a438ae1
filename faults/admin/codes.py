"""Return codes in the admin."""

from collections import defaultdict

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from faults.admin import actions
from faults.admin.base import KnowledgeAdmin
from faults.admin.faults import SHORT, MythInline, Ordered, ScreenTextInline
from faults.admin.filters import WORK
from faults.admin.searching import SearchMixin
from faults.models import CodeActor, ReturnCode


class CodeActorInline(Ordered, TabularInline):
    model = CodeActor
    fields = ["actor", "position"]


class CodeScreenTextInline(ScreenTextInline):
    fk_name = "code"


class CodeMythInline(MythInline):
    fk_name = "code"


@admin.register(ReturnCode)
class ReturnCodeAdmin(SearchMixin, KnowledgeAdmin):
    list_display = ["code", "scheme", "meaning", "response_class", "retry", "keep_card", "state", "confidence"]
    list_display_links = ["code", "meaning"]
    list_filter = [*WORK, "scheme", "response_class", "retry", "keep_card", "status", "confidence", "generation"]
    search_fields = ["code", "meaning", "screen_texts__text"]
    search_help_text = _("码、意思，或终端上的字")
    autocomplete_fields = ["confused_with", "sources"]
    actions = actions.GATE
    inlines = [CodeScreenTextInline, CodeActorInline, CodeMythInline]
    formfield_overrides = SHORT
    fieldsets = [
        (
            None,
            {"fields": [("scheme", "code"), "meaning", "aliases", "detail", ("response_class", "retry", "keep_card"), "warning"]},
        ),
        (_("对持卡人"), {"fields": ["say", "dont_say"]}),
        (_("怎么办"), {"fields": ["check_text", "steps", "expected", "note"]}),
        (_("新旧两表"), {"fields": ["generation", "old_meaning", "new_meaning"]}),
        (
            _("来源"),
            {"fields": ["confused_with", "sources", "confidence"]},
        ),
    ]

    def rows_of(self, items):
        """A code is listed as on its page: in all tables, that of the hit first."""
        tables = defaultdict(list)
        for pk, code in ReturnCode.everything.filter(code__in=[item.code for item in items]).in_table_order().values_list("pk", "code"):
            tables[code].append(pk)
        return list(dict.fromkeys(pk for item in items for pk in (item.pk, *tables[item.code])))
