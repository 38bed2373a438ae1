"""Tables that were sent in, between the look at the plan and carrying it out."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MAX_AGE = timedelta(days=1)


class UploadQuerySet(models.QuerySet):
    def stale(self):
        """Those that nobody will come back to."""
        return self.filter(made_at__lt=timezone.now() - MAX_AGE)


class Upload(models.Model):
    """One file as it was read, by whom it was sent. Only whoever sent it may carry it out.

    `layouts`: what the columns of each table mean, as editing.transfer.layout says it; empty until that is known.
    """

    name = models.CharField(_("文件"), max_length=120)
    data = models.BinaryField()
    layouts = models.JSONField(default=list, db_default=[])
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.name
