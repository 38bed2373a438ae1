"""In how many documents each token stands: kept beside the index, in the transaction that writes it."""

from collections import Counter
from collections.abc import Iterable

from django.db import connection, connections, router

from faults.models import SearchToken

TOTAL = ""  # the key under which the documents themselves are counted
LONGEST = SearchToken._meta.pk.max_length

_ADD = (
    "INSERT INTO faults_searchtoken (text, documents) VALUES (%s, %s)"
    " ON CONFLICT (text) DO UPDATE SET documents = faults_searchtoken.documents + excluded.documents"
)

_COUNTS = "SELECT text, documents FROM faults_searchtoken WHERE documents > 0 AND text IN ({})"


def of(tokens: Iterable[str]) -> dict[str, int]:
    """The number of documents of each token that stands in some; one query."""
    wanted = list(tokens)
    if not wanted:
        return {}
    with connections[router.db_for_read(SearchToken)].cursor() as cursor:
        cursor.execute(_COUNTS.format(",".join(["%s"] * len(wanted))), wanted)
        return dict(cursor.fetchall())


def add(texts: Iterable[str], sign: int = 1) -> None:
    """Counts documents, given by their `tokens`, in; or out, with sign -1.

    Rows are written in order, the total first: two writers meet at that row and wait, and cannot lock each other out.
    """
    counts = count(texts)
    if counts:
        with connection.cursor() as cursor:
            cursor.executemany(_ADD, [(token, sign * number) for token, number in sorted(counts.items())])


def count(texts: Iterable[str]) -> Counter[str]:
    """What the table should hold for documents with these `tokens`."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({TOTAL, *(token for token in text.split() if len(token) <= LONGEST)})
    return counts


def forget() -> None:
    """Empties the table, before everything is counted anew."""
    SearchToken.objects.all().delete()
