"""When the sums of use were last looked through."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone


class Upkeep(models.Model):
    """One row. Whoever moves `done_at` on does the work, so that of several processes one does it."""

    done_at = models.DateTimeField()
    judged_version = models.CharField(max_length=32, blank=True)  # the content version under which stored judgments were tried

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="upkeep_one_row")]

    def __str__(self):
        return str(self.done_at)

    @classmethod
    def is_due(cls, every: timedelta) -> bool:
        """Whether the work is due, `every` so often, and falls to the caller."""
        now = timezone.now()
        return cls.objects.filter(pk=1, done_at__lte=now - every).update(done_at=now) == 1 or cls._is_first(now)

    @classmethod
    def _is_first(cls, now: datetime) -> bool:
        return cls.objects.get_or_create(pk=1, defaults={"done_at": now})[1]

    @classmethod
    def is_unjudged(cls, version: str) -> bool:
        """Whether stored judgments are to be tried under this content version, by the caller."""
        cls._is_first(timezone.now())
        return cls.objects.filter(pk=1).exclude(judged_version=version).update(judged_version=version) == 1
