"""Measures searches on the database as it is, and prints the times as JSON; bench/search.py calls it for each size."""

from setup_django import ROOT  # models need settings

# isort: split
import json
import random
import resource
import statistics
import time
from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Model, Q, QuerySet

from faults.models import Fault, ReturnCode, SearchDocument, Term
from faults.search import index
from faults.search.evaluate import read
from faults.search.find import find
from faults.text.fold import fold, tokens

SHOWN = 30  # results of a page
QUERIES = 100
SECONDS = 60.0  # for one kind of search; a slow one is asked fewer queries
NARROW = {Fault: ("title", "aliases__text", "screen_texts__text")}
WIDE = {
    Fault: ("title", "symptom", "screen_texts__text", "aliases__text", "causes__title", "causes__check_text", "myths__claim"),
    ReturnCode: ("code", "meaning", "detail", "aliases", "old_meaning", "new_meaning", "screen_texts__text"),
    Term: ("name", "aliases", "definition"),
}


def containing(model: type[Model], fields: tuple[str, ...], text: str) -> QuerySet:
    """Published rows with the whole text somewhere in these fields: what most knowledge bases do."""
    fits = Q()
    for name in fields:
        fits |= Q(**{f"{name}__icontains": text})
    rows = model.objects.filter(fits).distinct()[:SHOWN]
    return rows.select_related("category") if model is Fault else rows


def icontains(fields: dict[type[Model], tuple[str, ...]]) -> Callable[[str], list]:
    """A search over these fields."""
    return lambda text: [row for model, names in fields.items() for row in containing(model, names, text)]


def bare(text: str) -> list[int]:
    """The database's own full-text query over the words of the text, ranked as the database does."""
    words = tokens(fold(text)) or ["-"]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT id FROM faults_searchdocument, (SELECT string_agg(quote_literal(word), ' | ')::tsquery AS asked"
                " FROM unnest(%s::text[]) AS word) AS q WHERE vector @@ asked ORDER BY ts_rank(vector, asked) DESC LIMIT %s",
                [words, SHOWN],
            )
        else:
            asked = " OR ".join(f'"{word}"' for word in words)
            cursor.execute("SELECT rowid FROM faults_index WHERE faults_index MATCH %s ORDER BY rank LIMIT %s", [asked, SHOWN])
        return [row[0] for row in cursor.fetchall()]


def timed(search: Callable[[str], object], queries: list[str]) -> dict[str, float]:
    """Median and 95th percentile of single searches in milliseconds; every query once, as many as fit into SECONDS."""
    times, until = [], time.perf_counter() + SECONDS
    for query in queries:
        started = time.perf_counter()
        search(query)
        times.append((time.perf_counter() - started) * 1000)
        if time.perf_counter() > until:
            break
    return {"median": statistics.median(times), "p95": sorted(times)[int(len(times) * 0.95)], "n": len(times)}


def publishing() -> tuple[float, int]:
    """The median milliseconds of indexing one saved entry, and how many search documents that wrote at the most."""
    times, written = [], []
    for fault in Fault.objects.order_by("-number")[:10]:
        before = SearchDocument.objects.order_by("-pk").first().pk
        started = time.perf_counter()
        index.refresh([fault])
        times.append((time.perf_counter() - started) * 1000)
        written.append(SearchDocument.objects.filter(pk__gt=before).count())
    return statistics.median(times), max(written)


def main() -> None:
    """Prints one JSON object."""
    judged = [judgment["query"] for judgment in read([ROOT / "tests/data/judgments.jsonl"])]
    queries = random.Random(1).sample(judged, QUERIES)  # noqa: S311 (the same in every run)
    reader = AnonymousUser()
    for query in judged[:20]:
        find(reader, query, limit=SHOWN)  # the first searches load tables; readers never meet them
    times = {"find()": timed(lambda query: find(reader, query, limit=SHOWN), queries), "bare full text": timed(bare, queries)}
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    times["icontains, what find() reads"] = timed(icontains(WIDE), queries)
    times["icontains, titles, screens, aliases"] = timed(icontains(NARROW), queries)
    publish, written = publishing()
    print(json.dumps({"vendor": connection.vendor, "times": times, "megabytes": megabytes, "publish": publish, "written": written}))


if __name__ == "__main__":
    main()
