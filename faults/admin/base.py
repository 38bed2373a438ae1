"""What every admin of knowledge does: who may delete, what is versioned, what is indexed, what may never be stored."""

import reversion
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from reversion.admin import VersionAdmin
from unfold.admin import ModelAdmin

from faults.masking import has_card_number
from faults.search import index
from faults.search.documents import MAKERS

SENTENCE = _("这里有一串像卡号的数字。卡号不能存进知识库，请只留后四位。")


class NoCardNumbers:
    """A form that refuses text with a card number in it."""

    def clean(self):
        cleaned = super().clean()
        for name in [name for name, value in self.cleaned_data.items() if isinstance(value, str) and has_card_number(value)]:
            self.add_error(name, ValidationError(SENTENCE, code="card_number"))
        return cleaned


class KnowledgeForm(NoCardNumbers, forms.ModelForm):
    """The form of an entry, a code, a term or one of their parts."""


class KnowledgeAdmin(VersionAdmin, ModelAdmin):
    """An admin whose every save is one version with who and when, and findable at once."""

    form = KnowledgeForm
    compressed_fields = False
    warn_unsaved_form = True
    list_filter_submit = True
    list_per_page = 50
    save_on_top = True
    history_latest_first = True
    change_list_template = "admin/change_list.html"

    def reversion_register(self, model, **options):
        """Everything is registered in editing.history."""

    def get_queryset(self, request):
        manager = getattr(self.model, "everything", self.model._default_manager)
        return manager.get_queryset().order_by(*self.get_ordering(request) or self.model._meta.ordering)

    def has_delete_permission(self, request, obj=None):
        """Knowledge is taken offline, not deleted: its number and its history stay."""
        return False

    def save_model(self, request, obj, form, change):
        """A new date of review is the review of whoever writes it down."""
        if "reviewed_on" in form.changed_data:
            obj.reviewed_by = request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if type(form.instance) in MAKERS:
            index.refresh([form.instance])

    def take_status(self, request, queryset, status) -> int:
        """Gives rows a new status, one by one, so that each keeps its history and its index. Returns how many."""
        for item in queryset:
            with reversion.create_revision():
                item.status = status
                item.save()
                reversion.set_user(request.user)
                reversion.set_comment(str(item.get_status_display()))
        index.refresh(queryset)
        return len(queryset)
