"""What noting searches costs: a search request with it beside one without it, and how the desk fares while many searches are noted.

Every request of the first part goes through the whole of Django in this process. Each query is asked noted, not noted and once more not
noted, in another order every time, one right behind the other, so that a busy machine slows all alike; how far the two that aren't noted
lie apart is what its noise amounts to. The recorder's thread runs as it does in production; the processor time that it takes to write is
counted by itself. The second part is recording_load.py. Needs the static files that `make setup` collects.
"""

from setup_django import ROOT  # models need settings

# isort: split
import statistics
import time
from collections import defaultdict
from random import Random

import recording_load
from django.db import connection
from django.test import Client
from own_database import measured

from faults.models import Search
from faults.search.evaluate import read
from faults.usage.recorder import recorder
from faults.views import results

QUERIES = 100
ROUNDS = 20
GOAL = 0.05  # of a request without it
BARE, AGAIN, NOTED = "not noted", "not noted, again", "noted"
NOTES = {BARE: lambda request, found: "", AGAIN: lambda request, found: "", NOTED: results.note_search}

Times = dict[str, dict[str, list[float]]]  # way → query → milliseconds


class Writing:
    """Counts the processor time that the recorder takes to write, in its own thread."""

    def __init__(self):
        self.milliseconds, self._flush = 0.0, recorder.flush
        recorder.flush = self.flush

    def flush(self) -> None:
        """As the recorder does."""
        started = time.thread_time()
        self._flush()
        self.milliseconds += (time.thread_time() - started) * 1000


def requests(queries: list[str]) -> Times:
    """The times of each query each way."""
    client, times, drawn = Client(SERVER_NAME="127.0.0.1"), {way: defaultdict(list) for way in NOTES}, Random(1)  # noqa: S311
    for query in queries * ROUNDS:
        for way in drawn.sample(list(NOTES), len(NOTES)):
            results.note_search = NOTES[way]
            times[way][query].append(asked(client, query))
    recorder.flush()
    return times


def asked(client: Client, query: str) -> float:
    """The milliseconds that the page of results takes."""
    started = time.perf_counter()
    client.get("/search/", {"q": query})
    return (time.perf_counter() - started) * 1000


def median(times: dict[str, list[float]]) -> float:
    """Of all requests of one way."""
    return statistics.median(time for of_query in times.values() for time in of_query)


def beside(times: Times, way: str) -> float:
    """How many times its time without noting a query takes: of each query's medians, the median."""
    return statistics.median(statistics.median(times[way][query]) / statistics.median(bare) for query, bare in times[BARE].items())


def overhead() -> bool:
    """Prints the first part. Returns whether the goal is reached."""
    judged = [judgment["query"] for judgment in read([ROOT / "tests/data/judgments.jsonl"])]
    queries = Random(1).sample(judged, QUERIES)  # noqa: S311 (the same in every run)
    for query in queries:
        asked(Client(SERVER_NAME="127.0.0.1"), query)  # the first requests load templates and tables; readers never meet them
    recorder.flush()
    before, writing = Search.objects.count(), Writing()
    times = requests(queries)
    return report(times, writing.milliseconds / (Search.objects.count() - before))


def report(times: Times, writing: float) -> bool:
    """Prints the table. `writing`: milliseconds of each search that was noted. Returns whether the goal is reached."""
    print(f"| {connection.vendor}: a search request | median, ms | beside itself not noted |\n|---|---|---|")
    for way in NOTES:
        print(f"| {way} | {median(times[way]):.2f} | {beside(times, way):.3f} |")
    written = writing / median(times[BARE])
    print(f"| writing it afterwards, processor time | {writing:.3f} | {written:.3f} |")
    added = beside(times, NOTED) - 1 + written
    print(f"\n{QUERIES} queries, {ROUNDS} times each way. Noting and writing add {added:.1%}; noise {beside(times, AGAIN) - 1:.1%}.")
    print(f"Goal, below {GOAL:.0%}: {'reached' if added < GOAL else 'MISSED'}\n", flush=True)
    return added < GOAL


def measure() -> bool:
    """Both parts. Returns whether both are as they should be."""
    return all([overhead(), recording_load.measure()])


if __name__ == "__main__":
    measured(__file__, measure)
