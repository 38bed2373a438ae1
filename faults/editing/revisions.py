"""Work in progress on an item: who is at it, what it will say, and trying that on without keeping it."""

from contextlib import contextmanager

from django.db import transaction

from faults.models import Publication, Revision, Status, kind_of
from faults.search import index
from posdesk.stored_language import in_stored_language


def revision_of(item: Publication) -> Revision | None:
    """The work in progress on the item."""
    return Revision.objects.of(item).first()


@in_stored_language()
def save_revision(item: Publication, user, row: dict | None = None) -> Revision:
    """Notes that the user works on the item. Who began is the author; what is in review stays so: a reviewer may mend a word."""
    revision = revision_of(item) or Revision(kind=kind_of(item), item_id=item.pk, state=Status.DRAFT)
    if row is None and item.status == Status.REVIEW:
        revision.state = Status.REVIEW
    revision.name, revision.row = str(item)[:90], row
    revision.author, revision.changed_by = revision.author or user, user or revision.changed_by
    revision.save()
    return revision


def reindex(item: Publication) -> None:
    """Search knows of the saved item at once."""
    index.refresh([item])


def lock(item: Publication) -> Publication:
    """The item as it now is; whoever else wants to change it waits until this transaction is through."""
    return type(item).everything.select_for_update(of=("self",)).get(pk=item.pk)


@contextmanager
def dry_run():
    """Whatever is written inside is seen inside, and undone at the end. The content version is undone with it, so nothing stale is kept."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
