"""One token for what the knowledge says now: it changes in the transaction that changes any content."""

from django.db import models


class ContentVersion(models.Model):
    """The one row that triggers in the database rewrite with every change of content (faults/triggers.py).

    The token is random, not counted: a change that is rolled back and another that is kept never get the same one,
    so whatever was remembered under a token is true whenever that token is read again.
    """

    token = models.CharField(max_length=32)

    def __str__(self):
        return self.token

    @classmethod
    def current(cls) -> str:
        """The token of the content that the present transaction sees; one query."""
        return cls.objects.values_list("token", flat=True).get()
