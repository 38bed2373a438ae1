"""Return codes in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from faults.admin import actions
from faults.admin.base import KnowledgeAdmin
from faults.admin.faults import SHORT, MythInline, Ordered, ScreenTextInline
from faults.models import CodeActor, ReturnCode


class CodeActorInline(Ordered, TabularInline):
    model = CodeActor
    fields = ["actor", "position"]
    first = 1


class CodeScreenTextInline(ScreenTextInline):
    fk_name = "code"


class CodeMythInline(MythInline):
    fk_name = "code"


@admin.register(ReturnCode)
class ReturnCodeAdmin(KnowledgeAdmin):
    list_display = ["code", "scheme", "meaning", "response_class", "retry", "keep_card", "state", "confidence"]
    list_display_links = ["code", "meaning"]
    list_filter = ["scheme", "response_class", "retry", "keep_card", "status", "confidence", "generation"]
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
