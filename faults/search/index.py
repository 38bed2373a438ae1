"""The database's full-text index: written with the entry, asked for candidates. FTS5 on SQLite, tsvector on PostgreSQL."""

from collections.abc import Callable, Iterable

from django.db import connection, transaction

from faults.models.documents import SearchDocument, SearchWord
from faults.search import documents

BATCH = 500
CANDIDATES = 200  # more than a reader looks at, few enough to rank in a few milliseconds


def refresh(items: Iterable) -> None:
    """Writes the search documents of saved entries, codes or terms anew. Call it in the transaction that saved them."""
    by_model: dict[type, list[int]] = {}
    for item in items:
        by_model.setdefault(type(item), []).append(item.pk)
    for model, ids in by_model.items():
        _write(model, ids)


def _write(model, ids: list[int]) -> None:
    remove(model, ids)
    rows = model.everything.filter(pk__in=ids).prefetch_related(*documents.PARTS[model])
    made = SearchDocument.objects.bulk_create([documents.make(row) for row in rows], batch_size=BATCH)
    words = {word for document in made for word in documents.latin_words(document)}
    SearchWord.objects.bulk_create([SearchWord(text=word) for word in sorted(words)], ignore_conflicts=True)


def remove(model, ids: Iterable[int]) -> None:
    """Takes rows of this model out of the index."""
    SearchDocument.objects.filter(kind=documents.kind_of(model), object_id__in=list(ids)).delete()


@transaction.atomic
def rebuild(progress: Callable[[int, int], None]) -> int:
    """Writes the whole index anew, all or nothing. Calls progress(done, total) after each batch. Returns the number of documents."""
    SearchDocument.objects.all().delete()
    waiting = [(model, list(model.everything.values_list("pk", flat=True))) for model in documents.MAKERS]
    total, done = sum(len(ids) for _, ids in waiting), 0
    for model, ids in waiting:
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            _write(model, batch)
            done += len(batch)
            progress(done, total)
    return total


def frequencies(tokens: list[str]) -> dict[str, int]:
    """In how many documents each token stands; tokens in none are left out."""
    if not tokens:
        return {}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT token, (SELECT count(*) FROM faults_searchdocument WHERE vector @@ quote_literal(token)::tsquery)"
                " FROM unnest(%s::text[]) AS token",
                [tokens],
            )
        else:
            places = ",".join(["%s"] * len(tokens))
            cursor.execute(f"SELECT term, doc FROM faults_vocabulary WHERE term IN ({places})", tokens)  # noqa: S608 (only %s)
        return {token: count for token, count in cursor.fetchall() if count}


def candidates(tokens: list[str], public_only: bool, limit: int = CANDIDATES) -> list[SearchDocument]:
    """Documents with any of the tokens, those the database thinks best first."""
    if not tokens:
        return []
    if connection.vendor == "postgresql":
        sql, asked = _POSTGRESQL, [tokens]
    else:
        sql, asked = _SQLITE, [" OR ".join(f'"{token}"' for token in tokens)]
    return list(SearchDocument.objects.raw(sql, [*asked, not public_only, limit]))


_SQLITE = """
    SELECT d.* FROM faults_index JOIN faults_searchdocument d ON d.id = faults_index.rowid
    WHERE faults_index MATCH %s AND (d.is_published OR %s) ORDER BY bm25(faults_index), d.id LIMIT %s
"""
_POSTGRESQL = """
    SELECT d.* FROM faults_searchdocument d,
        (SELECT string_agg(quote_literal(token), ' | ')::tsquery AS wanted FROM unnest(%s::text[]) AS token) q
    WHERE d.vector @@ q.wanted AND (d.is_published OR %s) ORDER BY ts_rank(d.vector, q.wanted) DESC, d.id LIMIT %s
"""
