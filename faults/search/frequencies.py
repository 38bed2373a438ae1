"""In how many documents each token stands, and each word that a mistyped one is mended to: kept beside the index, in the transaction
that writes it.

What readers may read is counted by itself, so that a draft changes nothing for them; what stands nowhere any more is gone.
"""

from collections import Counter
from collections.abc import Callable, Iterable

from django.db import connection, connections, router
from django.db.models import Model

from faults.models import SearchDocument, SearchToken, SearchWord
from faults.search.documents import latin_words

TOTAL = ""  # the key under which the documents themselves are counted
LONGEST = SearchToken._meta.pk.max_length
Counts = dict[str, tuple[int, int]]  # of all documents, and of those that are published


def _tokens(document: SearchDocument) -> set[str]:
    return {TOTAL, *(token for token in document.tokens.split() if len(token) <= LONGEST)}


COUNTED: dict[type[Model], Callable] = {SearchToken: _tokens, SearchWord: lambda document: set(latin_words(document))}

_ADD = """INSERT INTO {table} (text, documents, published) VALUES (%s, %s, %s) ON CONFLICT (text) DO UPDATE
    SET documents = {table}.documents + excluded.documents, published = {table}.published + excluded.published"""
_DROP = "DELETE FROM {table} WHERE text = %s AND documents <= 0"
_COUNTS = "SELECT text, {column} FROM faults_searchtoken WHERE {column} > 0 AND text IN ({places})"


def of(tokens: Iterable[str], public_only: bool) -> dict[str, int]:
    """The number of documents, or of published ones, of each token that stands in some; one query."""
    wanted = list(tokens)
    if not wanted:
        return {}
    with connections[router.db_for_read(SearchToken)].cursor() as cursor:
        column = "published" if public_only else "documents"
        cursor.execute(_COUNTS.format(column=column, places=",".join(["%s"] * len(wanted))), wanted)
        return dict(cursor.fetchall())


def words(first: str, public_only: bool) -> set[str]:
    """The words that begin with one of these letters and stand in a document, or in a published one; one query."""
    known = SearchWord.objects.filter(text__regex=f"^[{first}]")
    return set((known.filter(published__gt=0) if public_only else known).values_list("text", flat=True))


def change(removed: Iterable[SearchDocument], added: Iterable[SearchDocument]) -> None:
    """Counts documents out and others in.

    Rows are written in order, the total first: two writers meet at that row and wait, and cannot lock each other out.
    """
    removed, added = list(removed), list(added)
    for model, texts_of in COUNTED.items():
        out, into = count(removed, texts_of), count(added, texts_of)
        changed = {text: _difference(out.get(text, (0, 0)), into.get(text, (0, 0))) for text in sorted(out.keys() | into.keys())}
        changed = {text: numbers for text, numbers in changed.items() if any(numbers) or text == TOTAL}
        if changed:
            _write(model._meta.db_table, changed)


def _difference(before: tuple[int, int], after: tuple[int, int]) -> tuple[int, int]:
    return after[0] - before[0], after[1] - before[1]


def _write(table: str, changed: Counts) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(_ADD.format(table=table), [(text, *numbers) for text, numbers in changed.items()])
        if fewer := [(text,) for text, (documents, _published) in changed.items() if documents < 0]:
            cursor.executemany(_DROP.format(table=table), fewer)


def count(documents: Iterable[SearchDocument], texts_of: Callable) -> Counts:
    """What the table should hold of these documents; `texts_of`: as in COUNTED."""
    every, unpublished = Counter(), Counter()  # most are published: counting the few others takes half as long
    for document in documents:
        texts = texts_of(document)
        every.update(texts)
        unpublished.update(() if document.is_published else texts)
    return {text: (number, number - unpublished[text]) for text, number in every.items()}


def miscounted() -> list[str]:
    """The texts whose numbers are not what they are counted to be."""
    documents, wrong = list(SearchDocument.objects.all()), []
    for model, texts_of in COUNTED.items():
        kept = {text: (number, published) for text, number, published in model.objects.values_list("text", "documents", "published")}
        counted = count(documents, texts_of)
        wrong += sorted(text for text in counted.keys() | kept.keys() if kept.get(text) != counted.get(text))
    return wrong


def count_anew() -> None:
    """Counts all documents, whatever was counted before."""
    forget()
    change((), SearchDocument.objects.all())


def forget() -> None:
    """Empties the tables, before everything is counted anew."""
    for model in COUNTED:
        model.objects.all().delete()
