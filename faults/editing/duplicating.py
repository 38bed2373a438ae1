"""A new draft with the words of an item that is there: what is almost the same is written on top of it."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from faults.editing.edits import current_row, save_edit
from faults.editing.publishing import Refused
from faults.models import Action, Confidence, Fault, Publication, ReturnCode, Status, kind_of
from faults.models.content import next_number
from posdesk.stored_language import in_stored_language

# What is another item's: callers would be led to the wrong one by its aliases, and nobody has verified the new one. Wordings stay its own.
_NOT_COPIED = {"aliases": [], "confidence": Confidence.UNVERIFIED, "status": Status.DRAFT, "reviewed": ""}
# What only the one table says of the code.
_OF_THE_TABLE = {"generation": "", "old_meaning": "", "new_meaning": "", "class": "", "sources": [], "confused_with": []}


def copy_entry(entry: Fault, user) -> Fault:
    """A new draft with the entry's parts, under the next number. Raises PermissionDenied, Refused."""
    row = current_row(entry)
    with in_stored_language():
        title = _("%(title)s（副本）") % {"title": row["title"][: Fault._meta.get_field("title").max_length - 4]}
    return _copy(entry, row | {"number": next_number(), "title": title}, user)


def copy_code(code: ReturnCode, scheme: str, number: str, user) -> ReturnCode:
    """A new draft of the code in another table, or under another number. Raises PermissionDenied, Refused."""
    row = current_row(code) | {"scheme": scheme, "code": number}
    return _copy(code, row | (_OF_THE_TABLE if scheme != code.scheme_id else {}), user)


def _copy(item: Publication, row: dict, user) -> Publication:
    with in_stored_language():
        why = _("从%(item)s复制") % {"item": item}
    try:
        with transaction.atomic():
            return save_edit(kind_of(item), row | _NOT_COPIED, user, Action.CREATED, why)
    except IntegrityError as error:
        raise Refused(_("没有复制：刚好有人建了同号的一条。请再按一次。")) from error
