"""One token for what the knowledge says now: it changes in the transaction that changes any content."""

from django.db import connections, models, router


class ContentVersion(models.Model):
    """The one row that triggers in the database rewrite with every change of content (faults/triggers.py).

    The token is random, not counted: a change that is rolled back and another that is kept never get the same one,
    so whatever was remembered under a token is true whenever that token is read again.
    """

    token = models.CharField(max_length=32)

    class Meta:
        app_label = "faults"  # whose migrations made the table

    def __str__(self):
        return self.token

    @classmethod
    def current(cls, using: str | None = None) -> str:
        """The token of the content that the present transaction sees; one query. Raises DoesNotExist before the first migration.

        In plain SQL: it is asked by every request, and costs a tenth so.
        """
        with connections[using or router.db_for_read(cls)].cursor() as cursor:
            cursor.execute(f"SELECT token FROM {cls._meta.db_table}")  # noqa: S608 (our own name)
            row = cursor.fetchone()
        if row is None:
            raise cls.DoesNotExist
        return row[0]

    @classmethod
    def lock(cls, waits: bool = True) -> bool:
        """Takes the row that every writer of content takes, until the transaction ends. Returns whether it was free, if nobody waits.

        SQLite has one writer anyway.
        """
        return cls.objects.select_for_update(skip_locked=not waits).first() is not None
