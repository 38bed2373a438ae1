"""What callers ask that is nobody's business here, and whom it belongs to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faults.models.lines import lines


class ElsewhereManager(models.Manager):
    def get_by_natural_key(self, name):
        return self.get(name=name)

    def active(self):
        """What search goes by."""
        return self.filter(is_active=True)


class Elsewhere(models.Model):
    """Words of matters that are looked after by others. A query with one of them gets no answer from an entry that doesn't speak of it."""

    name = models.CharField(_("哪一类事"), max_length=40, unique=True)
    words = models.TextField(_("说到这些词"), help_text=_("一行一个。只写一看就不归这里管的，例如“花呗”；条目里也会说的词不要写。"))
    refer_to = models.CharField(_("该找谁"), max_length=80, help_text=_("念给来电的人听，例如“发卡行客服，电话在卡背面”。"))
    is_active = models.BooleanField(_("启用"), default=True, db_index=True)
    updated_at = models.DateTimeField(_("修改时间"), auto_now=True)

    objects = ElsewhereManager()

    class Meta:
        verbose_name = _("不归这里的事")
        verbose_name_plural = _("不归这里的事")
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~models.Q(words="") & ~models.Q(refer_to=""), name="elsewhere_is_complete")]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.name,)

    @property
    def word_list(self) -> list[str]:
        return lines(self.words)
