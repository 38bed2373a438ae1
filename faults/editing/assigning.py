"""Who answers for an item, when it is looked at again, and where it is filed."""

from datetime import date

from django.db import transaction

from faults.editing import permissions, publishing
from faults.editing.describe import snapshot
from faults.editing.edits import current_row, save_edit
from faults.editing.history import record
from faults.editing.revisions import revision_of
from faults.models import Action, Category, Fault, Note, Publication, Status


@transaction.atomic
def assign(item: Publication, user, owner=None, review_due: date | None = None) -> None:
    """Gives the item an owner or a date of review; None leaves it as it is. Readers' text doesn't change. Raises PermissionDenied."""
    permissions.require(permissions.may_publish(user, item) if review_due else permissions.may_write(user, item))
    has_owner = isinstance(item, Fault | Note)
    if owner and has_owner:
        item.owner = owner
    if review_due:
        item.review_due = review_due
    item.save(update_fields=["review_due", *(["owner"] if has_owner else [])])
    record(item, Action.ASSIGNED, user, row=snapshot(item))


@transaction.atomic
def file_under(entry: Fault, category: Category, user) -> bool:
    """Puts the entry into another category. Returns whether readers see it at once; otherwise it waits for a reviewer."""
    has_revision = revision_of(entry) is not None
    entry = save_edit("fault", current_row(entry) | {"category": category.slug}, user, Action.CHANGED, str(category), entry)
    if has_revision or entry.status != Status.PUBLISHED or revision_of(entry) is None or not permissions.may_approve(user, entry):
        return entry.status != Status.PUBLISHED
    publishing.publish(entry, user, str(category))
    return True
