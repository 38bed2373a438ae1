"""What every admin of knowledge does: who may delete, what is indexed, what may never be stored."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from faults import desk_words
from faults.admin.autocomplete import AutocompleteMixin
from faults.admin.form_help import FormHelpMixin
from faults.admin.from_search import FromSearchMixin
from faults.admin.history import HistoryMixin
from faults.admin.saved_views import SavedViewsMixin
from faults.admin.saving import SaveMixin
from faults.admin.scheduling import ScheduleMixin, times_of, with_times
from faults.admin.seen import SeenActionForm
from faults.admin.submitting import SubmitMixin
from faults.admin.withdrawing import WithdrawMixin
from faults.admin.workflow import WorkflowMixin
from faults.editing.history import last_change
from faults.editing.states import state_of
from faults.models import Revision, Status
from faults.text.normalize import normalized
from posdesk.masking import has_card_number
from posdesk.model_admin import ModelAdmin

CARD = _("这里有一串像卡号的数字。卡号不能存进知识库，请只留后四位。")
RECOVERED = _("这是上次没保存的内容，现在也还没有保存。看过再保存。")
CLASH = _("您打开以后，别人改过这一条。您写的都还在下面，没有保存；别人改了什么，也列在下面。看过再保存一次。")


class KnowledgeForm(forms.ModelForm):
    """The form of an entry, a code, a term or one of their parts: its text is normalized, and refused with a card number in it.

    Browsers cut what is pasted at a field's `maxlength` without a word, so none is given: a text that is too long comes back whole.
    """

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)

    def clean(self):
        super().clean()
        texts = {name: normalized(value) for name, value in self.cleaned_data.items() if isinstance(value, str)}
        self.cleaned_data |= texts
        for name in [name for name, text in texts.items() if has_card_number(text)]:
            self.add_error(name, ValidationError(CARD, code="card_number"))
        misspelled = {name: desk_words.mistakes(self._meta.model, name, text) for name, text in texts.items()}
        for name in [name for name, sentences in misspelled.items() if sentences]:
            self.add_error(name, ValidationError(misspelled[name], code="placeholder"))
        return self.cleaned_data


class PartForm(KnowledgeForm):
    """The form of a part. A new row that was put somewhere, and in which nothing was written, is no part."""

    @cached_property
    def changed_data(self):
        changed = super().changed_data
        return [] if self.empty_permitted and changed == ["position"] else changed


class ItemForm(KnowledgeForm):
    """The form of a whole item. `seen` is the change it was made from: who saves on top of another one is asked first.

    With `_recovered`, what the browser kept of an earlier visit comes back in the form, and nothing is saved.
    """

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    why = forms.CharField(label=_("改了什么，为什么"), required=False, max_length=200, widget=UnfoldAdminTextInputWidget)
    clash = None  # the number of the change that came in between
    typed_why = ""  # comes back with a form that others' words were put into

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.initial |= {"seen": last_change(self.instance) if self.instance.pk else 0, "why": self.typed_why}

    def clean(self):
        if self.clash is not None:
            self.data = self.data.copy()
            self.data["seen"] = str(self.clash)  # seen now: the next save is on top of it
            raise ValidationError(CLASH, code="clash")
        if "_recovered" in self.data:
            raise ValidationError(RECOVERED, code="recovered")
        return super().clean()


class KnowledgeAdmin(
    AutocompleteMixin,
    FromSearchMixin,
    SavedViewsMixin,
    SubmitMixin,
    SaveMixin,
    WithdrawMixin,
    ScheduleMixin,
    WorkflowMixin,
    HistoryMixin,
    FormHelpMixin,
    ModelAdmin,
):
    """An admin whose every save goes through the gate and into history."""

    form = ItemForm
    action_form = SeenActionForm
    compressed_fields = False
    warn_unsaved_form = True
    list_per_page = 50
    change_list_template = "admin/change_list.html"
    list_after_template = "admin/knowledge/_after_list.html"
    change_form_template = "admin/knowledge/change_form.html"

    def has_delete_permission(self, request, obj=None):
        """Not by Django's own page: the gate deletes, and only what readers don't see."""
        return False

    def get_queryset(self, request):
        waiting = Revision.objects.filter(kind=self.kind, item_id=OuterRef("pk"), row__isnull=False)
        rows = self.model.everything.annotate(revision_state=Subquery(waiting.values("state")), **times_of(self.kind))
        return rows.order_by(*self.get_ordering(request) or self.model._meta.ordering)

    @admin.display(description=_("状态"), ordering="status")
    def state(self, item) -> str:
        """The item's state, whether a change behind it was handed in or is still being written, and what is set for which time."""
        match item.revision_state:
            case Status.REVIEW:
                said = _("已发布，有修改待复核")
            case Status.DRAFT:
                said = _("已发布，有修改没提交")
            case _other:
                said = state_of(item)
        return with_times(said, item)
