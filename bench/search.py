"""How long a search takes beside a plain `icontains` over titles, aliases and screen texts, in one run on the same database.

Prints medians in milliseconds and their ratio. Only the ratio means anything on another machine.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "posdesk.settings")
django.setup()

from django.contrib.auth.models import AnonymousUser  # noqa: E402
from django.db.models import Q  # noqa: E402

from faults.models import Fault  # noqa: E402
from faults.search.evaluate import read  # noqa: E402
from faults.search.find import find  # noqa: E402

ROUNDS = 3


def icontains(text: str) -> list[Fault]:
    """What most knowledge bases do: the whole query as a substring."""
    fits = Q(title__icontains=text) | Q(aliases__text__icontains=text) | Q(screen_texts__text__icontains=text)
    return list(Fault.objects.filter(fits).distinct().with_list_parts()[:30])


def median_of(search: Callable[[str], object], queries: list[str]) -> float:
    """The median time of one search in milliseconds."""
    times = []
    for query in queries * ROUNDS:
        started = time.perf_counter()
        search(query)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def main() -> None:
    """Measures both, one after the other, and prints the table."""
    queries = [judgment["query"] for judgment in read([ROOT / "tests/data/judgments.jsonl"])]
    find(AnonymousUser(), "预热")
    plain = median_of(icontains, queries)
    ours = median_of(lambda query: find(AnonymousUser(), query), queries)
    print(f"{len(queries)} queries, {ROUNDS} rounds: icontains {plain:.2f} ms, find() {ours:.2f} ms, ratio {ours / plain:.1f}")


if __name__ == "__main__":
    main()
