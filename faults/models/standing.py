"""What use has shown of entries and causes, as far as readers' pages and search go by it. Written by usage.standing alone."""

from django.db import models

from faults.models.content import Fault
from faults.models.entry_parts import Cause


class Standing(models.Model):
    """Of an entry. `lift`: how much it rises among the answers of a search, 0 to 1 of what is allowed there.
    `place`: from 1, among what is used most this week; null if it isn't among that."""

    fault = models.OneToOneField(Fault, on_delete=models.CASCADE, related_name="standing")
    lift = models.FloatField(default=0)
    place = models.PositiveSmallIntegerField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(lift__gte=0, lift__lte=1), name="standing_lift_bounded")]

    def __str__(self):
        return f"{self.fault_id} {self.lift:.2f}"


class CauseStanding(models.Model):
    """How often a cause was the one, when that was last counted."""

    cause = models.OneToOneField(Cause, on_delete=models.CASCADE, related_name="standing")
    solved = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.cause_id} {self.solved}"
