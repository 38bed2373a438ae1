"""Return codes in the admin."""

from collections import defaultdict

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.widgets import UnfoldAdminSelectWidget

from faults.admin import actions
from faults.admin.base import KnowledgeAdmin
from faults.admin.copying import CopyMixin
from faults.admin.faults import SHORT, MythInline, Ordered, ScreenTextInline
from faults.admin.filters import WORK, StateFilter
from faults.admin.note_link import NoteLinkMixin
from faults.admin.searching import SearchMixin
from faults.admin.wording_link import WordingLinkMixin
from faults.models import CodeActor, ReturnCode

# Words, because a green tick beside “keep” and a red cross beside “don't” would say the opposite of which one is dangerous.
KEEP_CARD = {None: _("码表没写"), False: _("不留卡"), True: _("按规定留卡")}


class CodeActorInline(Ordered, TabularInline):
    model = CodeActor
    fields = ["actor", "position"]
    first = 1


class CodeScreenTextInline(ScreenTextInline):
    fk_name = "code"


class CodeMythInline(MythInline):
    fk_name = "code"


class KeepCardFilter(admin.SimpleListFilter):
    title, parameter_name = _("留不留卡"), "keep_card"

    def lookups(self, request, model_admin):
        return [("yes", KEEP_CARD[True]), ("no", KEEP_CARD[False])]

    def queryset(self, request, queryset):
        return queryset.filter(keep_card=self.value() == "yes") if self.value() in ("yes", "no") else queryset


@admin.register(ReturnCode)
class ReturnCodeAdmin(SearchMixin, CopyMixin, WordingLinkMixin, NoteLinkMixin, KnowledgeAdmin):
    list_display = ["code", "scheme", "meaning", "response_class", "retry", "card", "state", "confidence"]
    list_display_links = ["code", "meaning"]
    list_select_related = ["scheme", "response_class", "retry"]
    list_filter = [*WORK, "scheme", "response_class", "retry", KeepCardFilter, StateFilter, "confidence", "generation"]
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

    @admin.display(description=_("留不留卡"), ordering="keep_card")
    def card(self, code) -> str:
        """What is done with the card, in words."""
        return KEEP_CARD[code.keep_card]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "keep_card":
            return db_field.formfield(widget=UnfoldAdminSelectWidget(choices=[("", KEEP_CARD[None]), *list(KEEP_CARD.items())[1:]]))
        return super().formfield_for_dbfield(db_field, request, **kwargs)
