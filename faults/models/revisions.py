"""Work in progress: what waits before readers get to see it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from faults.models.choices import Status
from faults.models.history import WRITING, Action, Change
from faults.models.kinds import KINDS, kind_of
from faults.models.publication import Publication


class RevisionQuerySet(models.QuerySet):
    def of(self, item: Publication):
        return self.filter(kind=kind_of(item), item_id=item.pk)

    def in_review(self):
        return self.filter(state=Status.REVIEW)

    def drafts(self):
        return self.filter(state=Status.DRAFT)

    def returned(self):
        """Drafts that a reviewer sent back with a note."""
        return self.drafts().exclude(note="")

    def with_return(self):
        """Each with who sent it back last, by name, and when: `returned_by`, `returned_at`; None where nobody did."""
        same = {"kind": models.OuterRef("kind"), "item_id": models.OuterRef("item_id"), "action": Action.RETURNED}
        last = Change.objects.filter(**same).order_by("-pk")
        names = {"returned_by": "made_by_name", "returned_at": "made_at"}
        return self.annotate(**{name: models.Subquery(last.values(field)[:1]) for name, field in names.items()})

    def with_changes_since_submission(self):
        """Each with whether somebody wrote into it after it was handed in: `is_changed_since`."""
        own = Change.objects.filter(kind=models.OuterRef("kind"), item_id=models.OuterRef("item_id"))
        submitted = own.filter(action=Action.SUBMITTED).order_by("-pk").values("pk")[:1]
        written = own.filter(action__in=WRITING, pk__gt=models.OuterRef("submitted_as"))
        return self.annotate(submitted_as=models.Subquery(submitted)).annotate(is_changed_since=models.Exists(written))


class Revision(models.Model):
    """An item that somebody works on. A published one keeps its new text in `row`, and readers the old one, until it is approved;
    one that was never published is its own draft, and `row` is null. Whose work it is (`author`) stays when others mend a word."""

    kind = models.CharField(max_length=9)
    item_id = models.BigIntegerField()
    name = models.CharField(_("内容"), max_length=90)
    row = models.JSONField(null=True)
    state = models.CharField(_("状态"), max_length=9, choices=[(Status.DRAFT, Status.DRAFT.label), (Status.REVIEW, Status.REVIEW.label)])
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="revisions")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")  # the last hand
    note = models.TextField(_("复核意见"), blank=True)
    updated_at = models.DateTimeField(_("修改时间"), auto_now=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("待发布的修改")
        verbose_name_plural = _("待发布的修改")
        default_permissions = ()
        ordering = ["updated_at"]
        constraints = [models.UniqueConstraint(fields=["kind", "item_id"], name="revision_once_an_item")]

    def __str__(self):
        return self.name

    @property
    def model(self) -> type[Publication]:
        return KINDS[self.kind]

    @property
    def item(self) -> Publication:
        """What is revised. Raises DoesNotExist if it was deleted meanwhile."""
        return self.model.everything.get(pk=self.item_id)
