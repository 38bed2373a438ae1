"""What `load_knowledge` wrote: enough to tell later whether an editor has changed it since."""

from django.db import models


class LoadedItem(models.Model):
    """One item of fixtures/ as it stood in the database right after it was loaded."""

    key = models.CharField(max_length=80, unique=True)
    row = models.JSONField()

    def __str__(self):
        return self.key
