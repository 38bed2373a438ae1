"""In what words callers ask, in the admin: one list for each entry, code or term."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Case, Q, When
from django.db.models.functions import Length
from django.http import HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.views import ChangeList

from faults.admin import actions
from faults.admin.base import ItemForm, KnowledgeAdmin
from faults.admin.filters import StateFilter
from faults.admin.from_search import mark_dealt_with
from faults.admin.item_choice import ItemSelect
from faults.admin.saving import as_get
from faults.models import Publication, Wording
from faults.search.documents import items_of
from faults.templatetags.posdesk_admin import admin_change
from faults.text.lines import lines
from posdesk.numbers import whole_number

GONE = _("它说的那一条已经没有了。在“已删除”里找回那一条，或者把这些说法下架。")


class WordingForm(ItemForm):
    """`said`: words that come from elsewhere, shown behind those that the list has."""

    said = ""

    class Meta:
        widgets = {"name": ItemSelect}

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        if self.said:
            self.initial["words"] = "\n".join(dict.fromkeys([*lines(self.initial.get("words", "")), *lines(self.said)]))

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if not items_of([name]):
            raise ValidationError(_("没有这样的条目、返回码或术语。打几个字，从列出来的里面选。"))
        if Wording.everything.filter(name=name).exists():
            raise ValidationError(_("它已经有说法了。按“保存”就打开那一份，这里写的接在后面。"))
        return name

    def clean(self):
        super().clean()
        if self.instance.pk and not items_of([self.instance.name]):
            raise ValidationError(GONE)
        return self.cleaned_data


class WordingChangeList(ChangeList):
    """The rows of a page with what each is of, in a fixed number of queries."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        items = items_of([wording.name for wording in self.result_list])
        for wording in self.result_list:
            wording.item = items.get(wording.name)


class KindFilter(admin.SimpleListFilter):
    title, parameter_name = _("说的是"), "of"

    def lookups(self, request, model_admin):
        return [("fault", _("条目")), ("code", _("返回码")), ("term", _("术语"))]

    def queryset(self, request, queryset):
        return queryset.filter(name__startswith=f"{self.value()}:") if self.value() in ("fault", "code", "term") else queryset


@admin.register(Wording)
class WordingAdmin(KnowledgeAdmin):
    form = WordingForm
    list_display = ["listed", "count", "first", "state", "updated_at"]
    list_filter = [KindFilter, StateFilter]
    search_fields = ["words"]
    search_help_text = _("来电的人说的话，或者编号、码")
    actions = actions.GATE
    ordering = [Case(When(name__startswith="fault:", then=0), default=1), Length("name"), "name"]  # entries first, 9 before 10

    def get_changelist(self, request, **kwargs):
        return WordingChangeList

    def get_search_results(self, request, queryset, search_term):
        """The list of the number or code that was typed stands first."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if not search_term.strip():
            return found, may_repeat
        own = Q(name__iendswith=f":{search_term.strip().removesuffix('号')}")
        return (found | queryset.filter(own)).order_by(Case(When(own, then=0), default=1), *queryset.query.order_by), may_repeat

    @admin.display(description=_("说的是哪一条"), ordering="name")
    def listed(self, wording) -> str:
        """The item's number and title."""
        return str(wording.item) if wording.item else _("%(name)s（没有这一条了）") % {"name": wording.name}

    @admin.display(description=_("几句"))
    def count(self, wording) -> int:
        return len(wording.word_list)

    @admin.display(description=_("开头几句"))
    def first(self, wording) -> str:
        return "、".join(wording.word_list[:3])

    @admin.display(description=_("说的是哪一条"))
    def of(self, wording) -> str:
        """The item, as a link to its form."""
        item = items_of([wording.name]).get(wording.name)
        return format_html('<a class="desk-link" href="{}">{}</a>', admin_change(item), item) if item else f"{wording.name}：{GONE}"

    def get_fields(self, request, obj=None):
        return ["of", "words"] if obj else ["name", "words"]

    def get_readonly_fields(self, request, obj=None):
        return ["of"]

    def get_form(self, request, obj=None, change=False, **options):
        form = super().get_form(request, obj, change, **options)
        form.said = getattr(request, "said", "")
        return form

    def add_view(self, request, form_url="", extra_context=None):
        """What has its list already is led to it; what was typed for a new one stands behind its words there, and isn't saved yet."""
        if (shown := whole_number(request.POST.get("_item"))) is not None:  # the form that stood here instead of that of a new list
            return self.change_view(request, str(shown))
        asked = request.POST or request.GET
        known = Wording.everything.filter(name=asked.get("name", "").replace("\0", "")).first()
        if known is None:
            return super().add_view(request, form_url, extra_context)
        if request.method == "GET":
            passed = {name: request.GET[name] for name in ("words", "from_search") if name in request.GET}
            return HttpResponseRedirect(f"{self.change_url(known)}?{urlencode(passed)}")
        with as_get(request):
            return self.change_view(request, str(known.pk), said=request.POST.get("words", ""))

    def change_view(self, request, object_id, form_url="", extra_context=None, said=None):
        request.said = request.GET.get("words", "") if said is None else said
        if request.said and request.method == "GET":
            messages.info(request, _("“%(words)s”接在最后，还没有保存；看过再保存。") % {"words": "、".join(lines(request.said))[:200]})
        return super().change_view(request, object_id, form_url, extra_context)

    def _answer(self, request, item: Publication):
        mark_dealt_with(request, request.GET)
        return super()._answer(request, item)
