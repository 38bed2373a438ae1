"""What the desk's lists of use cost at a million searches beside a thousand, and what forgetting old ones costs an editor meanwhile.

For each list: how many queries it takes at either size, how long it takes for 30 and for 90 days, and how the database says that it reads
searches. Then 100,000 searches that are too old are forgotten, while in another process an editor saves again and again, as before.
Fills a database of its own, in a temporary place on SQLite, or the empty one that DATABASE_URL names.
"""

import setup_django  # noqa: F401 (models need settings)

# isort: split
import re
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from django.contrib.auth import get_user_model
from django.db import connection
from own_database import measured
from recording_load import editor
from usage_rows import DAYS, Maker, fill, fill_lists

from faults.models import Search
from faults.usage import upkeep
from faults.usage.reports import PERIOD, REPORTS, first_day

SIZES = (1_000, 1_000_000)
PERIODS = (30, 90)
TIMES = 5
OLD = 100_000
ALONE, STARTING = 10, 5  # seconds of saving while nothing is forgotten; until the editor's process is there
PAUSE = 0.02  # seconds between two saves

_spawn = get_context("spawn")


@dataclass
class Cost:
    """Of one list at one size. `ways`: the lines of the database's plans that read searches."""

    queries: int
    milliseconds: dict[int, float]
    ways: list[str]


class Asked:
    """Notes every statement with its values."""

    def __init__(self):
        self.statements: list[tuple] = []

    def __call__(self, execute, sql, params, many, context):
        self.statements.append((sql, params))
        return execute(sql, params, many, context)


def statements(action: Callable[[], object]) -> list[tuple]:
    """What it asks of the database."""
    with connection.execute_wrapper(asked := Asked()):
        action()
    return asked.statements


def plan(sql: str, params: tuple) -> list[str]:
    """How the database reads searches for this statement: lines of its own explanation."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}", params)
        lines = [str(row[-1]).partition("(cost")[0].strip(" ->") for row in cursor.fetchall()]
    return [line for line in lines if re.search(r"\bS(CAN|can|EARCH)\b.*\b(faults_search\b|on search_)", line)]


def milliseconds(action: Callable[[], object]) -> float:
    """The median of TIMES."""
    times = []
    for _ in range(TIMES):
        started = time.perf_counter()
        action()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def cost(name: str) -> Cost:
    """Of the list as its page shows it."""
    ways = {days: lambda days=days: REPORTS[name].rows(first_day(days)) for days in PERIODS}
    if not ways[max(PERIODS)]():
        raise SystemExit(f"{name}: the list is empty, so nothing is measured")
    asked = statements(ways[PERIOD])  # what the page opens with; 90 days are all of the table, which PostgreSQL may then as well read whole
    plans = [line for statement in asked for line in plan(*statement)]
    return Cost(len(asked), {days: milliseconds(action) for days, action in ways.items()}, plans)


def is_whole(line: str) -> bool:
    """Whether the plan's line reads all of the table, or all of an index."""
    return line.startswith(("SCAN", "Seq Scan", "Parallel Seq Scan"))


def settle() -> None:
    """What PostgreSQL does by itself some minutes after many rows were added. SQLite has nothing like it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def costs_at(size: int, maker: Maker) -> dict[str, Cost]:
    """Of each list, when there are so many searches."""
    fill(maker, size - Search.objects.count())
    settle()
    return {name: cost(name) for name in REPORTS}


def lists() -> bool:
    """Prints the table. Returns whether each list takes as many queries at either size, and reads no table of searches whole."""
    fill_lists()
    maker = Maker()
    few, many = (costs_at(size, maker) for size in SIZES)
    headings = [f"{size:,}: {days} days" for size in SIZES for days in PERIODS]
    print(f"| {connection.vendor}, ms | queries | {' | '.join(headings)} |\n|---|---|---|---|---|---|")
    for name in REPORTS:
        print(row(name, few[name], many[name]))
    return shown(many) and all(few[name].queries == many[name].queries for name in REPORTS)


def row(name: str, few: Cost, many: Cost) -> str:
    """One line of the table."""
    times = [f"{time:.1f}" for one in (few, many) for time in one.milliseconds.values()]
    return f"| {name} | {few.queries}, {many.queries} | {' | '.join(times)} |"


def shown(costs: dict[str, Cost]) -> bool:
    """Prints how searches are read at the larger size. Returns whether none of it is reading all of them."""
    print(f"\nHow {Search.objects.count():,} searches are read:")
    for name, one in costs.items():
        for line in one.ways:
            print(f"{name}: {line}{'   ALL OF THEM' if is_whole(line) else ''}")
    return not any(is_whole(line) for one in costs.values() for line in one.ways)


def saves(stop) -> list[tuple[float, float]]:
    """Saves through the gate until told to stop. Returns when each began, and the seconds it took."""
    save, times = editor(), []
    save()  # the first time loads tables
    while not stop.is_set():
        began = time.monotonic()
        save()
        times.append((began, time.monotonic() - began))
        time.sleep(PAUSE)
    return times


def meanwhile(action: Callable[[], object]) -> tuple[float, list[float]]:
    """The seconds that this takes, and the milliseconds of each save that an editor makes meanwhile."""
    with _spawn.Manager() as manager, ProcessPoolExecutor(1, mp_context=_spawn) as pool:
        saving = pool.submit(saves, stop := manager.Event())
        time.sleep(STARTING)
        began = time.monotonic()
        action()
        taken = time.monotonic() - began
        stop.set()
        return taken, [seconds * 1000 for at, seconds in saving.result() if at + seconds > began]


def forgetting() -> bool:
    """Prints what forgetting costs. Returns whether it took everything old and nothing else."""
    get_user_model().objects.create_superuser("bench")
    kept, forgotten = Search.objects.count(), []
    fill(Maker(OLD), OLD, DAYS + 30, DAYS + 2)
    settle()
    _, alone = meanwhile(lambda: time.sleep(ALONE))
    taken, beside = meanwhile(lambda: forgotten.append(upkeep.forget()))
    print(f"\n| {connection.vendor}: an editor's save, ms | median | longest | times |\n|---|---|---|---|")
    for name, times in (("nothing is forgotten", alone), (f"{OLD:,} searches are forgotten", beside)):
        print(f"| while {name} | {statistics.median(times):.1f} | {max(times):.1f} | {len(times)} |")
    print(f"\n{forgotten[0]:,} forgotten in {taken:.1f} s, {upkeep.AT_ONCE:,} at once; {Search.objects.count():,} kept")
    return forgotten == [OLD] and Search.objects.count() == kept


def measure() -> bool:
    """Both parts."""
    return all([lists(), forgetting()])


if __name__ == "__main__":
    measured(__file__, measure)
