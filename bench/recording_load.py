"""A stream of 1,000 searches a second, beside an editor who saves, a reader who searches and a voter who votes in other processes.

Ten seconds without the stream, ten with, ten with, ten without. Afterwards every search must have its row and every sum must be right.
Then the process that notes them is killed in the middle, and what it had taken is counted beside what was written.
"""

import setup_django  # noqa: F401 (models need settings)

# isort: split
import logging
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import count, islice
from multiprocessing import get_context
from random import Random

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection
from django.db.models import Sum
from django.utils import timezone

from faults.editing.edits import current_row, save_edit
from faults.editing.publishing import publish
from faults.models import Action, Alias, Fault, Outcome, Search, SearchDay, UseDay
from faults.models.usage import AskedOn
from faults.search.find import find
from faults.usage import votes
from faults.usage.events import Opened, Searched
from faults.usage.recorder import recorder

PER_SECOND = 1_000
SECONDS = 10
STREAMED = PER_SECOND * SECONDS
LATER = 2 * PER_SECOND  # searches noted meanwhile: what was opened comes some seconds behind its search
EDITED = 40  # the entry's number
PERIODS = (False, True, True, False)  # whether the stream runs
KILLED_AFTER = (3.2, 4.4, 5.6, 6.8, 7.9)  # seconds
PAUSES = {"editor": 0.2, "reader": 0.05, "voter": 0.05}  # seconds between two actions, so that it isn't the processor they wait for

_spawn = get_context("spawn")


class Warnings(logging.Handler):
    """Counts what the recorder complains of: that the database refused."""

    def __init__(self):
        super().__init__()
        self.counted = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Counts it."""
        self.counted += 1


def searches(seed: int):
    """Made searches without end."""
    drawn = Random(seed)  # noqa: S311 (the same in every run)
    texts, outcomes = list(Alias.objects.values_list("text", flat=True)), list(Outcome)
    for _ in count():
        text, mark = drawn.choice(texts), drawn.randbytes(8).hex()
        yield Searched(mark, timezone.now(), text, text.lower(), AskedOn.PAGE, drawn.choice(outcomes), drawn.randrange(30), drawn.random())


def stream(seed: int, handed=None) -> tuple[float, int]:
    """Hands STREAMED searches to this process's recorder, PER_SECOND, and LATER what was opened from each third of them.

    Returns when that was done, and how often the database refused. `handed`: a shared number that counts what was handed over.
    """
    logging.getLogger("faults.usage.recorder").addHandler(warnings := Warnings())
    made, noted, started = searches(seed), [], time.monotonic()
    while len(noted) < STREAMED + LATER:
        due = min(int((time.monotonic() - started) * PER_SECOND), STREAMED + LATER)
        for place in range(len(noted), due):
            noted.append(next(made) if place < STREAMED else None)
            _note(noted, place)
            if handed:
                handed.value = min(place + 1, STREAMED)
        time.sleep(0.002)
    return time.monotonic(), warnings.counted


def _note(noted: list[Searched | None], place: int) -> None:
    if noted[place]:
        recorder.add(noted[place])
    if place >= LATER and place % 3 == 0:
        recorder.add(Opened(noted[place - LATER].mark, timezone.now(), "fault", str(EDITED), 1))


def editor() -> Callable[[], object]:
    """Saves an entry anew through the gate, and publishes it."""
    user, saves = get_user_model().objects.get(username="bench"), count()

    def save():
        fault = Fault.objects.get(number=EDITED)
        row = current_row(fault) | {"symptom": f"{fault.symptom[:40]} {next(saves)}"}
        save_edit("fault", row, user, Action.CHANGED, item=fault)
        publish(fault, user)

    return save


def reader() -> Callable[[], object]:
    """Searches."""
    drawn, texts = Random(2), list(Alias.objects.values_list("text", flat=True))  # noqa: S311 (the same in every run)
    return lambda: find(AnonymousUser(), drawn.choice(texts))


def voter() -> Callable[[], object]:
    """Votes, each time as another visitor."""
    drawn, faults = Random(), list(Fault.objects.all())  # noqa: S311 (another visitor in every period)
    return lambda: votes.vote(drawn.choice(faults), 1, drawn.randbytes(16).hex(), is_helpful=drawn.random() < 0.5)


ROLES = {"editor": editor, "reader": reader, "voter": voter}


def work(role: str) -> tuple[list[float], list[str]]:
    """Does what the role does for SECONDS, again and again. Returns the milliseconds of each time, and the errors."""
    act, times, errors = ROLES[role](), [], []
    act()  # the first time loads tables
    until = time.perf_counter() + SECONDS
    while (started := time.perf_counter()) < until:
        try:
            act()
        except DatabaseError as error:
            errors.append(str(error))
        times.append((time.perf_counter() - started) * 1000)
        time.sleep(PAUSES[role])
    return times, errors


@dataclass
class Seen:
    """What came of the periods with the stream, or of those without it."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)


def periods() -> tuple[dict[bool, Seen], list[float], int]:
    """What was seen without and with the stream; for each stream the seconds until its last event was written; what it was refused."""
    seen, behind, refused = {False: Seen(), True: Seen()}, [], 0
    with ProcessPoolExecutor(len(ROLES) + 1, mp_context=_spawn) as pool:
        for seed, is_streaming in enumerate(PERIODS):
            streaming = pool.submit(stream, seed) if is_streaming else None
            _watch([(role, pool.submit(work, role)) for role in ROLES], seen[is_streaming])
            if streaming:
                done, times = streaming.result()
                behind.append(_until_written(done, len(behind) + 1))
                refused += times
    return seen, behind, refused


def _watch(working: list, seen: Seen) -> None:
    for role, result in working:
        times, errors = result.result()
        seen.times[role] += times
        seen.errors += errors


def _until_written(done: float, streams: int) -> float:
    """Seconds until everything is counted, 20 at the most."""
    wanted = expected(streams)
    while found() != wanted and time.monotonic() - done < 20:
        time.sleep(0.01)
    return time.monotonic() - done


def expected(streams: int) -> Counter:
    """The sums that so many streams must come to."""
    seeds = [seed for seed, is_streaming in enumerate(PERIODS) if is_streaming][:streams]
    made = [one for seed in seeds for one in islice(searches(seed), STREAMED)]
    opened = len([place for place in range(LATER, STREAMED + LATER) if place % 3 == 0])
    outcomes = Counter(one.outcome.value.replace("unknown", "nothing") for one in made)
    return outcomes + Counter(searches=len(made), opened=opened * streams)


def found() -> Counter:
    """The sums that are in the database."""
    names = ("searches", "answered", "near", "nothing", "opened")
    return Counter(SearchDay.objects.aggregate(**{name: Sum(name, default=0) for name in names}))


def killed(after: float) -> tuple[int, int, bool]:
    """Kills the stream's process. Returns how many searches it had taken, how many were written, and whether the sums fit the rows."""
    rows, handed = Search.objects.count(), _spawn.Value("i", 0)
    process = _spawn.Process(target=stream, args=(int(after * 1000), handed))
    process.start()
    while handed.value < after * PER_SECOND:
        time.sleep(0.01)
    process.kill()
    process.join()
    return handed.value, Search.objects.count() - rows, found()["searches"] == Search.objects.count()


def percentile(times: list[float], part: float) -> float:
    """The time below which this part of them lies."""
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def report(seen: dict[bool, Seen]) -> None:
    """Prints how long everything took, without and with the stream."""
    print(f"| {connection.vendor}, ms: median, p95, longest (times) | without the stream | with it | ratio of medians |\n|---|---|---|---|")
    for role in ROLES:
        ways = [seen[is_streaming].times[role] for is_streaming in (False, True)]
        ngrams = [f"{statistics.median(way):.1f}, {percentile(way, 0.95):.1f}, {max(way):.1f} ({len(way)})" for way in ways]
        print(f"| {role} | {' | '.join(ngrams)} | {statistics.median(ways[1]) / statistics.median(ways[0]):.2f} |")


def is_whole(streams: int) -> bool:
    """Prints what was handed over and what was written. Returns whether it is the same."""
    uses = UseDay.objects.filter(kind="fault", key=str(EDITED)).aggregate(opened=Sum("opened", default=0))["opened"]
    rows, opened = Search.objects.count(), Search.objects.filter(rank=1).count()
    wanted, sums = expected(streams), found()
    print(f"\n{STREAMED * streams} searches handed over: {rows} rows, of which {opened} opened; {uses} uses counted")
    print(f"sums {dict(sums)}; wanted {dict(wanted)}")
    return rows == STREAMED * streams and sums == wanted and opened == uses == wanted["opened"]


def report_killed() -> None:
    """Prints what is lost when the process is killed."""
    print("\n| killed after, s | searches taken | written | lost | sums fit the rows |\n|---|---|---|---|---|")
    for after in KILLED_AFTER:
        taken, written, fit = killed(after)
        print(f"| {after} | {taken} | {written} | {taken - written} | {'yes' if fit else 'NO'} |")


def measure() -> bool:
    """Prints the second part. Returns whether nothing was lost and nobody was locked out."""
    get_user_model().objects.create_superuser("bench")
    for model in (Search, SearchDay, UseDay):
        model.objects.all().delete()
    seen, behind, refused = periods()
    report(seen)
    errors, whole = [error for one in seen.values() for error in one.errors], is_whole(len(behind))
    print(f"all of it written {', '.join(f'{seconds:.1f}' for seconds in behind)} s after the last event was handed over")
    print(f"refused by the database: the recorder {refused} times, the others {len(errors)} times {errors[:3]}")
    report_killed()
    return whole and not errors and not refused
