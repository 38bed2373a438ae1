"""Parts of an entry or a code that stand in an order which editors drag them into."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LAST = 999  # a new part goes to the end; dragging numbers the rows anew from 0


class Part(models.Model):
    """Something with a place among its like."""

    position = models.PositiveSmallIntegerField(_("排序"), default=LAST)

    class Meta:
        abstract = True
        ordering = ["position", "id"]
