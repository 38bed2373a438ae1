"""The database's full-text index: written with the entry, asked for candidates. FTS5 on SQLite, tsvector on PostgreSQL."""

from collections.abc import Callable, Iterable

from django.db import connections, router, transaction

from faults.models import ContentVersion
from faults.models.search_documents import SearchDocument
from faults.search import documents, frequencies

BATCH = 500
CANDIDATES = 100  # more than a reader looks at, few enough to rank in a few milliseconds


def refresh(items: Iterable) -> None:
    """Writes the search documents of saved entries, codes or terms anew. Call it in the transaction that saved them."""
    by_model: dict[type, list[int]] = {}
    for item in items:
        by_model.setdefault(type(item), []).append(item.pk)
    for model, ids in by_model.items():
        write(model, ids)


def write(model, ids: list[int]) -> None:
    """Writes the documents of these rows of a model anew; of those that are gone, none."""
    old = _taken_out(model, ids)
    rows = model.everything.filter(pk__in=ids).prefetch_related(*documents.PARTS[model])
    made = SearchDocument.objects.bulk_create([documents.make(row) for row in rows], batch_size=BATCH)
    frequencies.change(old, made)


def remove(model, ids: Iterable[int]) -> None:
    """Takes rows of this model out of the index."""
    frequencies.change(_taken_out(model, ids), ())


def _taken_out(model, ids: Iterable[int]) -> list[SearchDocument]:
    rows = SearchDocument.objects.filter(kind=documents.kind_of(model), object_id__in=list(ids))
    old = list(rows)
    rows.delete()
    return old


@transaction.atomic
def rebuild(progress: Callable[[int, int], None]) -> int:
    """Writes the whole index anew, all or nothing. Calls progress(done, total) after each batch. Returns the number of documents."""
    ContentVersion.lock()
    SearchDocument.objects.all().delete()
    frequencies.forget()
    waiting = [(model, list(model.everything.values_list("pk", flat=True))) for model in documents.MAKERS]
    total, done = sum(len(ids) for _, ids in waiting), 0
    for model, ids in waiting:
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            write(model, batch)
            done += len(batch)
            progress(done, total)
    return total


def candidates(weights: dict[str, float], public_only: bool, limit: int = CANDIDATES) -> list[int]:
    """Ids of documents with any of the tokens, those with the most weight first."""
    if not weights:
        return []
    connection = connections[router.db_for_read(SearchDocument)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL, [list(weights), list(weights.values()), not public_only, limit])
        else:
            # FTS5's bm25 weighs by the same rarity as our weights do.
            cursor.execute(_SQLITE, [" OR ".join(f'"{token}"' for token in weights), not public_only, limit])
        return [row[0] for row in cursor.fetchall()]


_SQLITE = """
    SELECT d.id FROM faults_index JOIN faults_searchdocument d ON d.id = faults_index.rowid
    WHERE faults_index MATCH %s AND (d.is_published OR %s) ORDER BY bm25(faults_index), d.id LIMIT %s
"""
_POSTGRESQL = "SELECT * FROM faults_candidates(%s::text[], %s::real[], %s, %s)"
