"""What readers say of what they read: helpful or not, which cause it was, and what is wrong. Each belongs to the version that was read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faults.models.content import Fault
from faults.models.entry_parts import Cause


class Reason(models.TextChoices):
    """Why an entry didn't help."""

    WRONG = "wrong", _("内容不对")
    OUTDATED = "outdated", _("过时了")
    UNCLEAR = "unclear", _("看不明白")
    OTHER_CASE = "other-case", _("不是我这种情况")


class VisitorFeedback(models.Model):
    """A reader's word. `visitor` is a random token that is another one after some days; nothing else of the reader is kept."""

    version = models.BigIntegerField(_("读的是哪一版"))  # the number of the change that had put it before readers
    visitor = models.CharField(max_length=32)
    made_at = models.DateTimeField(_("时间"), auto_now_add=True, db_index=True)

    class Meta:
        abstract = True
        default_permissions = ("view",)


class Vote(VisitorFeedback):
    """Whether an entry helped."""

    fault = models.ForeignKey(Fault, on_delete=models.CASCADE, related_name="votes", verbose_name=_("条目"))
    is_helpful = models.BooleanField(_("有用"))
    reason = models.CharField(_("为什么没用"), max_length=10, choices=Reason, blank=True)
    words = models.CharField(_("说了什么"), max_length=300, blank=True)

    class Meta(VisitorFeedback.Meta):
        verbose_name = _("有用没用")
        verbose_name_plural = _("有用没用")
        constraints = [
            models.UniqueConstraint(fields=["fault", "version", "visitor"], name="vote_once_a_visitor"),
            models.CheckConstraint(condition=models.Q(reason__in=[*Reason.values, ""]), name="vote_reason_known"),
            models.CheckConstraint(condition=models.Q(is_helpful=False) | models.Q(reason=""), name="vote_helpful_needs_no_reason"),
        ]

    def __str__(self):
        return str(self._meta.get_field("is_helpful").verbose_name) if self.is_helpful else self.get_reason_display()


class Solved(VisitorFeedback):
    """“就是这个原因”. With a case number once a case, without once a visitor. It outlives a cause that editors take out."""

    fault = models.ForeignKey(Fault, on_delete=models.CASCADE, related_name="solved", verbose_name=_("条目"))
    cause = models.ForeignKey(Cause, null=True, on_delete=models.SET_NULL, related_name="solved", verbose_name=_("原因"))
    case_number = models.CharField(_("工单号"), max_length=40, blank=True)

    class Meta(VisitorFeedback.Meta):
        verbose_name = _("解决记录")
        verbose_name_plural = _("解决记录")
        constraints = [models.UniqueConstraint(fields=["cause", "version", "visitor", "case_number"], name="solved_once_a_case")]

    def __str__(self):
        return str(self.cause or self.fault)


class FlagQuerySet(models.QuerySet):
    def open(self):
        """What no editor has looked into yet, the oldest first."""
        return self.filter(closed_at=None).order_by("pk")


class Flag(models.Model):
    """A reader's word that something in an entry is wrong. Nothing of the reader is kept."""

    fault = models.ForeignKey(Fault, on_delete=models.CASCADE, related_name="flags", verbose_name=_("条目"))
    cause = models.ForeignKey(Cause, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("说到的原因"))
    version = models.BigIntegerField(_("读的是哪一版"))  # the number of the entry's last change then
    words = models.CharField(_("哪里有误"), max_length=300)
    made_at = models.DateTimeField(_("时间"), auto_now_add=True)
    closed_at = models.DateTimeField(_("处理完的时间"), null=True, blank=True, db_index=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("读者报错")
        verbose_name_plural = _("读者报错")
        default_permissions = ("view", "change")

    def __str__(self):
        return self.words
