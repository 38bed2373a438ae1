"""Looks for what may never be, in the database that this process works on."""

from hashlib import sha256

from django.db import connection

from faults.checks.stale_index import stale
from faults.editing.describe import DESCRIBED, desk_of
from faults.models import Change, ContentVersion, Fault, Revision, SearchDocument, SearchToken
from faults.search.document_digest import MADE
from faults.triggers import tables

_known: dict[tuple[str, ...], tuple[list[str], list[str]]] = {}


def _rows(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def _broken_file() -> list:
    """What SQLite says of its own file, of keys that lead nowhere, and of a full-text index that isn't that of the documents."""
    if connection.vendor != "sqlite":
        return []
    _rows("INSERT INTO faults_index (faults_index, rank) VALUES ('integrity-check', 1)")  # raises DatabaseError
    return [row for row in _rows("PRAGMA integrity_check") if row != ("ok",)] + _rows("PRAGMA foreign_key_check")


def _without_history() -> list[str]:
    """Entries that say something else than the last change that put words into them says they do."""
    last = {change.item_id: change.row for change in Change.objects.filter(kind="fault", is_pending=False).order_by("pk")}
    rows, describe = DESCRIBED["fault"]
    faults = rows().select_related("category", "owner", "merged_into")
    return [f"history of {fault.number}" for fault in faults if last.get(fault.pk) != {**describe(fault), **desk_of(fault)}]


def _digest(rows) -> str:
    return sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()[:16]


def _content() -> str:
    """Of all that readers may see, without the index, which is made from it."""
    names = [table for table in tables() if table != SearchDocument._meta.db_table]
    return _digest((name, row) for name in names for row in _rows(f"SELECT * FROM {name}"))  # noqa: S608 (our own tables)


def _index() -> str:
    documents = SearchDocument.objects.values_list("kind", "object_id", *MADE)
    return _digest([*documents, *SearchToken.objects.exclude(documents=0).values_list("text", "documents")])


def _history() -> str:
    return _digest(Change.objects.filter(kind="fault").values_list("pk", "item_id", "is_pending", "row"))


def _compared(content: str, index: str) -> tuple[list[str], list[str]]:
    """Entries that aren't what their history says, and what search would miss. Worked out once for what says the same."""
    said = connection.vendor, content, index, _history()
    if said not in _known:
        _known[said] = _without_history(), stale()
    return _known[said]


def found() -> dict:
    """What is wrong, one word each for the content and the index, and what the entries say."""
    entries = Fault.objects.values_list("pk", "number", "title")  # published
    content, index = _content(), _index()
    without_history, stale_documents = _compared(content, index)
    return {
        "wrong": [*map(str, _broken_file()), *without_history],
        "stale": stale_documents,
        "content": content,
        "index": index,
        "version": ContentVersion.current(),
        "titles": {number: title for _, number, title in entries},
        "ids": {number: pk for pk, number, _ in entries},
        "waiting": Revision.objects.count(),
    }
