"""Steps of the gate that a reviewer has decided on and that are taken later: publish at that time, withdraw at that time."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faults.models.history import NO_WORDS, Action, Change
from faults.models.kinds import KINDS, kind_of
from faults.models.publication import Publication


class GateStep(models.TextChoices):
    """What may be scheduled, under the names of the gate's functions."""

    PUBLISH = "publish", _("发布")
    ARCHIVE = "archive", _("下架")


class ScheduledStepQuerySet(models.QuerySet):
    def of(self, item: Publication):
        return self.filter(kind=kind_of(item), item_id=item.pk)

    def waiting(self):
        """Those whose time will come, or has come and nobody has noticed yet."""
        return self.filter(refusal="")

    def due(self):
        return self.waiting().filter(at__lte=timezone.now())

    def refused(self):
        """Those whose time came, and the gate said no."""
        return self.exclude(refusal="")


class ScheduledStep(models.Model):
    """One step, who decided it and on which words: `version`, the number of the item's last change when it was decided."""

    kind = models.CharField(max_length=9)
    item_id = models.BigIntegerField()
    name = models.CharField(_("内容"), max_length=90)
    step = models.CharField(_("做什么"), max_length=7, choices=GateStep)
    at = models.DateTimeField(_("什么时候"), db_index=True)
    version = models.BigIntegerField()
    why = models.TextField(_("为什么"))  # as history says it
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    set_by_name = models.CharField(_("谁定的"), max_length=150)  # stays when the account goes
    set_at = models.DateTimeField(_("什么时候定的"), auto_now_add=True)
    refusal = models.TextField(_("为什么没做成"), blank=True)

    objects = ScheduledStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("定时")
        verbose_name_plural = _("定时")
        default_permissions = ()
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "item_id", "step"], name="scheduled_once_an_item"),
            models.CheckConstraint(condition=models.Q(step__in=GateStep.values), name="scheduled_step_known"),
        ]

    def __str__(self):
        return f"{self.name}：{self.get_step_display()}"

    @property
    def model(self) -> type[Publication]:
        return KINDS[self.kind]

    @property
    def has_new_words(self) -> bool:
        """Whether somebody wrote in the item, returned it or took it back after it was decided; dates and handing in are no words."""
        later = Change.objects.filter(kind=self.kind, item_id=self.item_id, pk__gt=self.version)
        return later.exclude(action__in=[*NO_WORDS, Action.SUBMITTED]).exists()
