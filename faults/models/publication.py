"""What is published and what has been looked at: shared by entries, codes and terms."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faults.models.choices import Confidence, RedLine, Status
from faults.text.lines import lines
from faults.text.red_line_kind import red_line_of


class PublicationQuerySet(models.QuerySet):
    """Questions about who may read what."""

    def published(self):
        """Rows the public may read."""
        return self.filter(status=Status.PUBLISHED)

    def visible_to(self, user):
        """Rows this user may read: staff with the right to view the model read drafts too, everybody else what is published."""
        return self if self.model.shows_drafts_to(user) else self.published()

    def overdue(self):
        """Published rows whose review date has passed."""
        return self.published().filter(review_due__lt=timezone.localdate())


class PublishedManager(models.Manager.from_queryset(PublicationQuerySet)):
    """The public's view: rows that are published, and no others."""

    def get_queryset(self):
        return super().get_queryset().published()


class Advice:
    """What stands before the advice of an entry or a code: its red-line warning, and whether it is verified."""

    @property
    def is_unverified(self) -> bool:
        return self.confidence == Confidence.UNVERIFIED

    @property
    def warning_lines(self) -> list[str]:
        """The order, then the way to find out."""
        return lines(self.warning)

    @property
    def red_line(self) -> RedLine | None:
        """Which red line it is, for lists."""
        kind = red_line_of(self.warning)
        return RedLine(kind) if kind else None


class Publication(models.Model):
    """Status, review dates and times of change.

    The short way, `Model.objects`, is the public's view; all rows are asked for by name, `Model.everything`, and pages may
    only ask `Model.visible_to(user)` (a test holds them to it). So code that forgets to ask shows less, never more.
    """

    status = models.CharField(
        _("状态"), max_length=9, choices=Status, default=Status.DRAFT, db_index=True, help_text=_("只有“已发布”的内容读者看得到。")
    )
    reviewed_on = models.DateField(_("上次复核"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("谁复核的")
    )
    review_due = models.DateField(_("下次复核"), null=True, blank=True, db_index=True, help_text=_("到这一天还没复核，会提醒编辑。"))
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    updated_at = models.DateTimeField(_("修改时间"), auto_now=True)

    everything = PublicationQuerySet.as_manager()  # first, so that the admin and unique checks see every row
    objects = PublishedManager()

    class Meta:
        abstract = True

    @classmethod
    def visible_to(cls, user):
        """The rows this user may read, as a QuerySet."""
        return cls.everything.visible_to(user)

    @classmethod
    def shows_drafts_to(cls, user) -> bool:
        """Whether the user reads what isn't published too."""
        return user.is_active and user.is_staff and user.has_perm(f"{cls._meta.app_label}.view_{cls._meta.model_name}")

    @property
    def reviewer(self) -> str:
        """Who looked at it last, by name; empty if nobody is recorded, as for knowledge that came with the files."""
        return (self.reviewed_by.get_full_name() or self.reviewed_by.get_username()) if self.reviewed_by else ""

    @property
    def is_overdue(self) -> bool:
        """Whether the day has passed by which it should have been looked at again."""
        return self.is_published and self.review_due is not None and self.review_due < timezone.localdate()

    @property
    def is_published(self) -> bool:
        return self.status == Status.PUBLISHED
