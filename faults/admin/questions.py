"""Questions that tell candidates apart, in the admin: their answers, and what each speaks for."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from faults.admin.lists import ListAdmin, ListForm
from faults.admin.part_rows import PartFormSet
from faults.models import Answer, Cause, Evidence, Question
from faults.models.questions import MOST_ANSWERS
from faults.search.documents import items_of
from faults.templatetags.posdesk_admin import admin_change


class AnswerInline(TabularInline):
    model = Answer
    form = ListForm
    formset = PartFormSet
    fields = ["slug", "text"]
    extra = 2
    max_num = MOST_ANSWERS
    hide_title = True


class EvidenceForm(ListForm):
    """`answers`: the question's, as (slug, text)."""

    fits = forms.MultipleChoiceField(label=_("合的答法"), required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget)

    def __init__(self, *arguments, answers, **named):
        super().__init__(*arguments, **named)
        self.fields["fits"].choices = answers
        self.initial["fits"] = self.instance.fit_list

    def clean_fits(self) -> str:
        """Raises ValidationError for what splits nothing."""
        fits = self.cleaned_data["fits"]
        if not 0 < len(fits) < len(self.fields["fits"].choices):
            raise ValidationError(_("至少勾一个，也不能全勾：都合，就分不开，这一行不用写。"))
        return "\n".join(fits)


class EvidenceFormSet(PartFormSet):
    """Rows that name an entry and a cause; what they name is looked up for all of them at once."""

    def get_form_kwargs(self, index):
        return super().get_form_kwargs(index) | {"answers": self.answers}

    def _construct_form(self, i, **kwargs):
        row = super()._construct_form(i, **kwargs)
        row.instance.item = self.items.get(row.instance.about)
        return row

    @cached_property
    def items(self) -> dict:
        return items_of([one.about for one in self.get_queryset()])

    @cached_property
    def answers(self) -> list[tuple[str, str]]:
        return [(one.slug, one.text) for one in self.instance.answers.all()] if self.instance.pk else []

    def clean(self):
        super().clean()
        rows = [row for row in self.forms if row.cleaned_data.get("about") and not row.cleaned_data.get("DELETE")]
        items = items_of([row.cleaned_data["about"] for row in rows])
        causes = set(Cause.objects.filter(fault__in=[item.pk for item in items.values()]).values_list("fault__number", "title"))
        for row in rows:
            about, cause = row.cleaned_data["about"], row.cleaned_data.get("cause")
            if about not in items:
                row.add_error("about", _("没有这样的条目、返回码或术语。条目写成 fault:40。"))
            elif cause and (getattr(items[about], "number", None), cause) not in causes:
                row.add_error("cause", _("这一条没有叫这个名字的原因。照抄原因的标题，或者空着。"))


class EvidenceInline(TabularInline):
    model = Evidence
    form = EvidenceForm
    formset = EvidenceFormSet
    fields = ["about", "called", "cause", "fits"]
    readonly_fields = ["called"]
    extra = 1
    hide_title = True

    @admin.display(description=_("标题"))
    def called(self, one):
        """The item, as a link to its form."""
        item = getattr(one, "item", None)
        return format_html('<a class="desk-link" href="{}">{}</a>', admin_change(item), item) if item else ""


@admin.register(Question)
class QuestionAdmin(ListAdmin):
    list_display = ["text", "slug", "answer_count", "evidence_count", "seconds", "position"]
    search_fields = ["text", "slug", "answers__text", "evidence__about"]
    search_help_text = _("问句、答法，或者条目，例如 fault:40")
    ordering_field = "position"
    inlines = [AnswerInline, EvidenceInline]
    fields = ["text", "slug", "seconds", "position"]

    def get_queryset(self, request):
        counts = {f"{name}_total": Count(name, distinct=True) for name in ("answers", "evidence")}
        return super().get_queryset(request).annotate(**counts)

    def get_readonly_fields(self, request, obj=None):
        """Addresses and files name it by its slug."""
        return ["slug"] if obj else []

    def get_inlines(self, request, obj):
        """What the answers speak for is ticked among those that are saved."""
        return self.inlines if obj else [AnswerInline]

    @admin.display(description=_("答法"), ordering="answers_total")
    def answer_count(self, question) -> int:
        return question.answers_total

    @admin.display(description=_("依据"), ordering="evidence_total")
    def evidence_count(self, question) -> int:
        return question.evidence_total
