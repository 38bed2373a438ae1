"""Fields in which something is chosen by typing: nonsense that is posted for them is refused by the form, and doesn't stop its page."""

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.forms import Media, ModelMultipleChoiceField
from django.urls import reverse
from django.utils.translation import gettext as _

from faults.editing.states import state_text
from faults.models import Publication
from posdesk.numbers import whole_number


class ChoicesView(AutocompleteJsonView):
    """What is offered while one types: Django's own, and of what readers don't see, its state."""

    def get_queryset(self):
        rows, related = super().get_queryset(), self.model_admin.list_select_related
        return rows.select_related(*related) if related else rows

    def serialize_result(self, obj, to_field_name):
        hidden = isinstance(obj, Publication) and not obj.is_published
        return super().serialize_result(obj, to_field_name) | ({"text": f"{obj}（{state_text(obj)}）"} if hidden else {})


class _TolerantSelect:
    """Django looks up whatever was posted, to show it again; of that, only ids can be looked up."""

    @property
    def media(self):
        return super().media + Media(js=["admin/js/autocomplete.js", "faults/choices.js"])  # in this order

    def get_url(self):
        return reverse("choices")

    def build_attrs(self, base_attrs, extra_attrs=None):
        """With words in the empty field."""
        return super().build_attrs(base_attrs, extra_attrs) | {"data-placeholder": _("打字来找")}

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [one for one in value if not one or _is_id(str(one))], attr)


def _is_id(text: str) -> bool:
    return whole_number(text) is not None


class ChoiceSelect(_TolerantSelect, AutocompleteSelect):
    pass


class _SelectMultiple(_TolerantSelect, AutocompleteSelectMultiple):
    pass


class _IdsField(ModelMultipleChoiceField):
    """Refuses a number larger than any database counts before the database is asked for it."""

    def clean(self, value):
        wrong = [str(one) for one in value or () if not _is_id(str(one))]
        if wrong:
            raise ValidationError(self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": wrong[0][:40]})
        return super().clean(value)


class AutocompleteMixin:
    """For an admin, or the rows in it, in which other things are chosen."""

    def changelist_view(self, request, extra_context=None):
        """Of the rows that an action is to be done with, those that can be any."""
        if ACTION_CHECKBOX_NAME in request.POST:
            request.POST = request.POST.copy()
            request.POST.setlist(ACTION_CHECKBOX_NAME, [one for one in request.POST.getlist(ACTION_CHECKBOX_NAME) if _is_id(one)])
        return super().changelist_view(request, extra_context)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ChoiceSelect(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs["form_class"] = _IdsField
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = _SelectMultiple(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_manytomany(db_field, request, **kwargs)
