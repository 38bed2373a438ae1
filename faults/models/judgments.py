"""What editors say a search should find, and which failed searches they have dealt with."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from faults.models.content import Fault

TWICE = _("这一条已经记过了。")


class JudgmentQuerySet(models.QuerySet):
    def broken(self):
        """Those that used to hold and no longer do."""
        return self.filter(rank=0).exclude(held_at=None)


class Judgment(models.Model):
    """This query should find this entry or this code. `rank`: 1 to 3 when it does, 0 when it doesn't, null when nobody has looked yet."""

    query = models.CharField(_("查的话"), max_length=200)
    folded = models.CharField(max_length=200, editable=False)
    fault = models.ForeignKey(
        Fault, null=True, blank=True, on_delete=models.CASCADE, related_name="judgments", verbose_name=_("该找到的条目")
    )
    code = models.CharField(_("或者该找到的码"), max_length=40, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(_("时间"), auto_now_add=True)
    rank = models.PositiveSmallIntegerField(_("第几条"), null=True, editable=False)
    held_at = models.DateTimeField(_("上次找得到"), null=True, editable=False)
    checked_at = models.DateTimeField(_("上次查过"), null=True, editable=False)

    objects = JudgmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("该找到什么")
        verbose_name_plural = _("该找到什么")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["folded", "fault"], name="judgment_once_an_entry", condition=~models.Q(fault=None), violation_error_message=TWICE
            ),
            models.UniqueConstraint(
                fields=["folded", "code"], name="judgment_once_a_code", condition=models.Q(fault=None), violation_error_message=TWICE
            ),
            models.CheckConstraint(condition=models.Q(fault=None) ^ models.Q(code=""), name="judgment_has_one_answer"),
        ]

    def __str__(self):
        return self.query


class DealtWith(models.Model):
    """A failed search that an editor has dealt with: the lists show it again only if it fails again."""

    folded = models.CharField(max_length=200, unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        default_permissions = ("add",)

    def __str__(self):
        return self.folded
