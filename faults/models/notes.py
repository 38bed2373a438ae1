"""Notes: the desk's own words beside the shared knowledge, which is renewed without touching them."""

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from faults.models.choices import Audience
from faults.models.content import MAX_NUMBER
from faults.models.publication import Publication, PublicationQuerySet, PublishedManager

MOST_CHARACTERS = 500  # more is an entry of its own


class NoteQuerySet(PublicationQuerySet):
    def sayable(self):
        return self.filter(audience=Audience.SAYABLE)

    def visible_to(self, user):
        """What stands on this user's pages: to colleagues of the desk all that is published, to everybody else what may be said."""
        return self.published() if self.model.shows_drafts_to(user) else self.published().sayable()


class EveryNote(models.Manager.from_queryset(NoteQuerySet)):
    def get_by_natural_key(self, number):
        return self.get(number=number)


class SayableNotes(PublishedManager.from_queryset(NoteQuerySet)):
    """The public's view: what is published and may be said."""

    def get_queryset(self):
        return super().get_queryset().sayable()


def next_note_number() -> int:
    """One more than the highest number ever given, to notes that were deleted too."""
    deleted = apps.get_model("faults", "Change").objects.filter(kind="note", action="deleted").values_list("row__number", flat=True)
    return max([Note.everything.aggregate(top=models.Max("number"))["top"] or 0, *deleted]) + 1


class Note(Publication):
    """What the desk has to say beside an entry, one of its causes or steps, a code or a term.

    It is tied to words, not to rows, because loading knowledge rewrites those. `about`: of what it is, as the knowledge files name it:
    fault:40, code:cup:97, term:签到. `cause`, `step`: the title of the cause and the words of the step that it stands beside, if it does.
    """

    number = models.PositiveIntegerField(
        _("批注号"),
        unique=True,
        default=next_note_number,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_NUMBER)],
    )
    about = models.CharField(_("写在哪一条"), max_length=60, db_index=True)
    cause = models.CharField(_("哪个原因"), max_length=60, blank=True)
    step = models.TextField(_("哪一步"), blank=True)
    audience = models.CharField(
        _("给谁看"),
        max_length=8,
        choices=Audience,
        default=Audience.INTERNAL,
        help_text=_("“内部”登录的同事才看得到，存了就生效；“可以念”读者也看得到，要别人复核才发布。"),
    )
    text = models.TextField(
        _("批注"),
        validators=[MaxLengthValidator(MOST_CHARACTERS)],
        help_text=_("本台自己的话，一两句。共享的内容更新时不会动它。"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="owned_notes", verbose_name=_("负责人")
    )

    was_about = ""  # as it was read from the database
    everything = EveryNote()
    objects = SayableNotes()

    class Meta:
        verbose_name = _("批注")
        verbose_name_plural = _("批注")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1, number__lte=MAX_NUMBER), name="note_number_in_range"),
            models.CheckConstraint(condition=models.Q(audience__in=Audience.values), name="note_audience_known"),
            models.CheckConstraint(condition=~models.Q(about="") & ~models.Q(text=""), name="note_has_text"),
        ]

    def __str__(self):
        return _("%(about)s的批注%(number)s") % {"about": self.about_label, "number": self.number}

    @classmethod
    def from_db(cls, db, field_names, values):
        """Remembers of what the note was, so that search forgets its words there."""
        note = super().from_db(db, field_names, values)
        note.was_about = note.__dict__.get("about")
        return note

    def natural_key(self):
        return (self.number,)

    def clean(self):
        """Raises ValidationError for a place within something that has none."""
        if (self.cause or self.step) and not self.about.startswith("fault:"):
            raise ValidationError({"cause" if self.cause else "step": _("只有条目里才有原因和步骤；返回码和术语的批注写在整条上。")})

    @property
    def is_internal(self) -> bool:
        return self.audience == Audience.INTERNAL

    @property
    def about_label(self) -> str:
        """Of what it is, in words, without asking the database for its title."""
        kind, _colon, key = self.about.partition(":")
        scheme, _colon, code = key.partition(":")
        if kind == "fault":
            return _("%(number)s号") % {"number": key}
        if kind == "code" and code:
            return f"{scheme} {code}"
        return f"“{key or self.about}”"

    @property
    def place_label(self) -> str:
        """The cause and the step that it stands beside; empty for a note on the whole."""
        return " › ".join(filter(None, (self.cause, self.step)))

    def get_absolute_url(self) -> str:
        """The page that it stands on; empty if its name leads nowhere."""
        kind, _colon, key = self.about.partition(":")
        scheme, _colon, code = key.partition(":")
        if kind == "fault" and key.isdecimal():
            return reverse("fault", args=[int(key)])
        if kind == "code" and code.isalnum() and code.isascii():
            return f"{reverse('code', args=[code])}?scheme={scheme}"
        return reverse("terms") if kind == "term" else ""
