"""What readers say is wrong."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faults.models.content import Fault
from faults.models.entry_parts import Cause


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
