"""What a search should find: written by editors, tried at once, and again whenever the knowledge has changed."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from faults.admin.autocomplete import AutocompleteMixin
from faults.admin.base import KnowledgeForm
from faults.admin.from_search import FromSearchMixin
from faults.models import Judgment, ReturnCode
from faults.text.fold import fold
from faults.usage.judgment_runs import DEPTH, try_again
from posdesk.model_admin import ModelAdmin

LONGEST = Judgment._meta.get_field("folded").max_length


class JudgmentForm(KnowledgeForm):
    """Either an entry or a code, that there is, for a query that says something."""

    def clean_query(self) -> str:
        self.instance.folded = fold(self.cleaned_data["query"])[:LONGEST]
        if not self.instance.folded:
            raise forms.ValidationError(_("这句话里没有可查的字。"))
        return self.cleaned_data["query"]

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].upper()
        if code and not ReturnCode.everything.filter(code=code).exists():
            raise forms.ValidationError(_("%(code)s 不在任何一张码表里。") % {"code": code})
        return code

    def clean(self):
        cleaned = super().clean()
        if not self.errors and bool(cleaned["fault"]) == bool(cleaned["code"]):
            self.add_error("fault", _("条目和码，填一个，只填一个。"))
        return cleaned

    def _get_validation_exclusions(self):
        """The folded query is no field of the form, and yet what may stand there only once."""
        return super()._get_validation_exclusions() - {"folded"}


class HoldsFilter(admin.SimpleListFilter):
    title, parameter_name = _("找得到吗"), "held"
    QUESTIONS = {
        "yes": lambda rows: rows.filter(rank__gt=0),
        "no": lambda rows: rows.filter(rank=0),
        "broken": lambda rows: rows.broken(),
    }

    def lookups(self, request, model_admin):
        return [("yes", _("找得到")), ("no", _("找不到")), ("broken", _("以前找得到，现在找不到"))]

    def queryset(self, request, queryset):
        return self.QUESTIONS[self.value()](queryset) if self.value() in self.QUESTIONS else queryset


@admin.register(Judgment)
class JudgmentAdmin(AutocompleteMixin, FromSearchMixin, ModelAdmin):
    form = JudgmentForm
    list_display = ["query", "expected", "place", "held_at", "checked_at"]
    list_filter = [HoldsFilter]
    list_select_related = ["fault"]
    search_fields = ["query", "fault__title", "code"]
    fields = ["query", "fault", "code"]
    autocomplete_fields = ["fault"]
    compressed_fields = False
    list_before_template = "admin/usage/_try_all.html"

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.try_all_view))
        return [path("try/", view, name="faults_judgment_try"), *super().get_urls()]

    @admin.display(description=_("该找到的"))
    def expected(self, judgment) -> str:
        """The entry or the code."""
        return str(judgment.fault or judgment.code)

    @admin.display(description=_("现在第几条"), ordering="rank")
    def place(self, judgment) -> str:
        """Where it stands now, in words."""
        if judgment.rank is None:
            return _("还没查过")
        return _("第%(place)s条") % {"place": judgment.rank} if judgment.rank else _("不在前%(depth)s条") % {"depth": DEPTH}

    def save_model(self, request, obj, form, change):
        """Another question is tried anew: what held of the former one says nothing of it."""
        if form.changed_data:
            obj.rank = obj.held_at = obj.checked_at = None
        obj.made_by = obj.made_by or request.user
        super().save_model(request, obj, form, change)
        try_again([obj])
        say = messages.success if obj.rank else messages.warning
        told = {"query": obj.query, "expected": self.expected(obj), "place": self.place(obj)}
        say(request, _("查“%(query)s”，%(expected)s：%(place)s。") % told)

    def try_all_view(self, request):
        """Searches for all of them now."""
        if not request.user.has_perm("faults.change_judgment"):
            raise PermissionDenied
        try_again(Judgment.objects.select_related("fault"))
        messages.success(request, _("都查了一遍。以前找得到、现在找不到的有%(count)s条。") % {"count": Judgment.objects.broken().count()})
        return HttpResponseRedirect(reverse("admin:faults_judgment_changelist"))
