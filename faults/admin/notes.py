"""The desk's own notes, in the admin: where each stands, who reads it, who answers for it."""

import json

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from unfold.views import ChangeList
from unfold.widgets import UnfoldAdminSelectWidget

from faults.admin import actions
from faults.admin.assigning import PersonField
from faults.admin.base import ItemForm, KnowledgeAdmin
from faults.admin.faults import SHORT
from faults.admin.filters import WORK, OwnerFilter, StateFilter
from faults.admin.item_choice import ItemSelect
from faults.editing.assigning import assign
from faults.editing.note_places import Place, as_value, place_of, places_of
from faults.models import ContentVersion, Fault, Note, Publication
from faults.models.notes import next_note_number
from faults.search.documents import items_of
from faults.templatetags.posdesk_admin import display_name

WHOLE = ("", _("整条"))


class NoteForm(ItemForm):
    """`place`: the cause or the step that the note stands beside, of those that the entry has now."""

    place = forms.ChoiceField(
        label=_("放在哪里"),
        required=False,
        widget=UnfoldAdminSelectWidget,
        help_text=_("先有条目，才有原因和步骤可选：换了条目，先选“整条”，保存以后再选。"),
        error_messages={"invalid_choice": _("这一条里没有这个位置。请重新选；要换条目，先选“整条”，保存以后再选位置。")},
    )
    answers = PersonField(
        get_user_model().objects.filter(is_staff=True, is_active=True),
        label=_("负责人"),
        required=False,
        empty_label=_("没有负责人"),
        widget=UnfoldAdminSelectWidget,
    )

    class Meta:
        widgets = {"about": ItemSelect}

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        about = ((self.data if self.is_bound else self.initial).get("about") or self.instance.about).replace("\0", "")
        places = _places(about)
        self.fields["place"].choices = _choices(places, self.instance)
        if self.instance.pk:
            now = place_of(self.instance, places) or self.instance
            self.initial |= {"place": as_value(now.cause, now.step), "answers": self.instance.owner_id}

    def clean_about(self) -> str:
        about = self.cleaned_data["about"]
        if about not in items_of([about]):
            raise ValidationError(_("没有这样的条目、返回码或术语。打几个字，从列出来的里面选；它要是没有了，也可以把批注下架。"))
        return about

    def clean(self):
        """Ties the note to the words of its place."""
        super().clean()
        chosen = self.cleaned_data.get("place")
        self.instance.cause, self.instance.step = json.loads(chosen) if chosen else ("", "")
        return self.cleaned_data


def _places(about: str) -> list[Place]:
    item = items_of([about]).get(about)
    return places_of(Fault.everything.with_everything().get(pk=item.pk)) if isinstance(item, Fault) else []


def _choices(places: list[Place], note: Note) -> list[tuple]:
    """The whole, and every cause with its steps below; first the note's own place if that is gone, so that it isn't lost by a save."""
    choices = [(as_value(place.cause, place.step), _called(place)) for place in places]
    own = as_value(note.cause, note.step)
    is_gone = own and place_of(note, places) is None
    gone = [(own, _("已经没有了：%(place)s") % {"place": note.place_label})] if is_gone else []
    return [WHOLE, *gone, *dict(choices).items()]


def _called(place: Place) -> str:
    return f"　{Truncator(place.step).chars(60)}" if place.step else place.cause


class NoteChangeList(ChangeList):
    """The rows of a page with what each is on, in a fixed number of queries."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        items = items_of([note.about for note in self.result_list])
        for note in self.result_list:
            note.item = items.get(note.about)


class NoteOwnerFilter(OwnerFilter):
    def people(self, model_admin) -> QuerySet:
        return get_user_model().objects.exclude(owned_notes=None)


class WhereFilter(admin.SimpleListFilter):
    title, parameter_name = _("写在"), "where"

    def lookups(self, request, model_admin):
        return [("fault", _("整个条目")), ("cause", _("原因")), ("step", _("步骤")), ("code", _("返回码")), ("term", _("术语"))]

    def queryset(self, request, queryset):
        match self.value():
            case "fault":
                return queryset.filter(about__startswith="fault:", cause="", step="")
            case "cause":
                return queryset.exclude(cause="").filter(step="")
            case "step":
                return queryset.exclude(step="")
            case "code" | "term" as kind:
                return queryset.filter(about__startswith=f"{kind}:")
        return queryset


@admin.register(Note)
class NoteAdmin(KnowledgeAdmin):
    form = NoteForm
    list_display = ["number", "listed", "place", "audience", "beginning", "answering", "state", "updated_at"]
    list_display_links = ["number", "listed"]
    list_filter = [NoteOwnerFilter, "audience", WhereFilter, *WORK, StateFilter]
    list_select_related = ["owner"]
    search_fields = ["text", "cause", "step", "about"]
    search_help_text = _("批注里的话，或者编号、码")
    actions = actions.GATE
    formfield_overrides = SHORT
    fields = ["about", "place", "audience", "text", "answers"]

    def get_changelist(self, request, **kwargs):
        return NoteChangeList

    def get_changeform_initial_data(self, request):
        return {"answers": request.user.pk, **super().get_changeform_initial_data(request)}

    @admin.display(description=_("写在哪一条"), ordering="about")
    def listed(self, note) -> str:
        """The item's number and title."""
        return str(note.item) if note.item else _("%(name)s（没有这一条了）") % {"name": note.about}

    @admin.display(description=_("放在哪里"))
    def place(self, note) -> str:
        return Truncator(note.place_label).chars(40) or WHOLE[1]

    @admin.display(description=_("批注"))
    def beginning(self, note) -> str:
        return Truncator(note.text).chars(40)

    @admin.display(description=_("负责人"), ordering="owner")
    def answering(self, note) -> str:
        return display_name(note.owner)

    def save_model(self, request, obj, form, change):
        request.new_owner = form.cleaned_data["answers"]
        if not change:
            ContentVersion.lock()  # two who write at the same moment get two numbers
            obj.number, obj.owner = next_note_number(), request.new_owner
        super().save_model(request, obj, form, change)

    def _answer(self, request, item: Publication):
        """An owner is given, not written: it waits for nobody."""
        owner = getattr(request, "new_owner", None)
        if owner and owner != item.owner:
            assign(item, request.user, owner)
        return super()._answer(request, item)
