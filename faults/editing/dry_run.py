"""Trying something on: the database as it would be, and back."""

from contextlib import contextmanager

from django.db import transaction


@contextmanager
def dry_run():
    """Whatever is written inside is seen inside, and undone at the end. The content version is undone with it, so nothing stale is kept."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
