"""Looks for what may never be, in whatever database it is run on: `manage.py shell --command "from tests.faults.inspection import …"`."""

import json
from hashlib import sha256

from django.db import connection

from faults.checks.stale_index import COMPARED, stale
from faults.editing.describe import snapshot
from faults.models import Change, ContentVersion, Fault, Revision, SearchDocument, SearchToken
from faults.triggers import tables


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
    return [f"history of {fault.number}" for fault in Fault.everything.all() if last.get(fault.pk) != snapshot(fault)]


def _digest(rows) -> str:
    return sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()[:16]


def _content() -> str:
    """Of all that readers may see, without the index, which is made from it."""
    names = [table for table in tables() if table != SearchDocument._meta.db_table]
    return _digest((name, row) for name in names for row in _rows(f"SELECT * FROM {name}"))  # noqa: S608 (our own tables)


def _index() -> str:
    documents = SearchDocument.objects.values_list("kind", "object_id", *COMPARED)
    return _digest([*documents, *SearchToken.objects.exclude(documents=0).values_list("text", "documents")])


def report() -> None:
    """Prints as JSON what is wrong, one word each for the content and the index, and what the entries say."""
    entries = Fault.objects.values_list("pk", "number", "title")  # published
    said = {
        "wrong": [*map(str, _broken_file()), *_without_history()],
        "stale": stale(),
        "content": _content(),
        "index": _index(),
        "version": ContentVersion.current(),
        "titles": {number: title for _, number, title in entries},
        "ids": {number: pk for pk, number, _ in entries},
        "waiting": Revision.objects.count(),
    }
    print(json.dumps(said))  # noqa: T201 (whoever asks reads it)
