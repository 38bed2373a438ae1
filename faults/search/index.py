"""The database's full-text index: written with the entry, asked for candidates. FTS5 on SQLite, tsvector on PostgreSQL."""

from collections.abc import Callable, Iterable

from django.db import connections, router, transaction

from faults.models import CodeTable, ContentVersion, Note, Wording
from faults.models.search_documents import SearchDocument
from faults.search import documents, frequencies, sentence_vectors

BATCH = 500
CANDIDATES = 80  # more than a reader looks at, few enough to rank in a few milliseconds


Ids = dict[type, list[int]]  # of entries, codes and terms, by model


def affected(items: Iterable) -> Ids:
    """Whose search documents say something of these items: their own, those that wordings and notes are of, and those of a table's codes,
    which name it. Other items affect none."""
    items = list(items)
    codes = [code for table in items if isinstance(table, CodeTable) for code in table.codes(manager="everything").all()]
    own = [*codes, *(item for item in items if type(item) in documents.MAKERS)]
    names = [item.name for item in items if isinstance(item, Wording)]
    names += [name for item in items if isinstance(item, Note) for name in {item.about, item.was_about}]
    worded = documents.items_of(names)
    found: Ids = {}
    for item in (*own, *worded.values()):
        found.setdefault(type(item), []).append(item.pk)
    return {model: list(dict.fromkeys(ids)) for model, ids in found.items()}


def refresh(items: Iterable) -> None:
    """Writes the search documents that saved items affect anew. Call it in the transaction that saved them."""
    write_all(affected(items))


def write_all(ids: Ids) -> None:
    """Writes these documents anew; of rows that are gone, none. Call it in the transaction that deleted them."""
    for model, of_model in ids.items():
        write(model, of_model)


def write(model, ids: list[int], known: dict[str, bytes] | None = None) -> None:
    """Writes the documents of these rows of a model anew; of those that are gone, none. `known`: vectors that need not be made again."""
    old = _taken_out(model, ids)
    rows = list(model.everything.filter(pk__in=ids).prefetch_related(*documents.PARTS[model]))
    made = [documents.make(row, said) for row, said in zip(rows, documents.wordings_of(rows), strict=True)]
    sentence_vectors.add_to(made, sentence_vectors.known_in(old) | (known or {}))
    SearchDocument.objects.bulk_create(made, batch_size=BATCH)
    frequencies.change(old, made)


def _taken_out(model, ids: Iterable[int]) -> list[SearchDocument]:
    rows = SearchDocument.objects.filter(kind=documents.kind_of(model), object_id__in=list(ids))
    old = list(rows)
    rows.delete()
    return old


@transaction.atomic
def rebuild(progress: Callable[[int, int], None]) -> int:
    """Writes the whole index anew, all or nothing. Calls progress(done, total) after each batch. Returns the number of documents."""
    ContentVersion.lock()
    known = sentence_vectors.known_in(SearchDocument.objects.all())
    SearchDocument.objects.all().delete()
    frequencies.forget()
    waiting = [(model, list(model.everything.values_list("pk", flat=True))) for model in documents.MAKERS]
    total, done = sum(len(ids) for _, ids in waiting), 0
    for model, ids in waiting:
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            write(model, batch, known)
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
