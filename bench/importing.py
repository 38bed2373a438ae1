"""How long the plan of an import of 5,000 entries takes, beside saving as many through the admin's form and through `put`, one by one.

Fills a database of its own, in a temporary place on SQLite, or the empty one that DATABASE_URL names; it has 2,000 entries. The plan
is measured whole, from the bytes of the workbook on. Saving is measured on a sample of the same rows, after which each entry must say
what its row says; the median of each sort of row stands for all rows of that sort. Times are seconds of this machine; only what stands
beside each other in one run means anything. Needs the static files that `make setup` collects.
"""

from setup_django import ROOT  # models need settings

# isort: split
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import StringIO
from itertools import cycle, islice
from random import Random

import corpus
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from faults.editing.describe import describe_all
from faults.editing.display_names import display_names
from faults.editing.edits import current_row, same_text, save_edit
from faults.editing.exporting import as_xlsx
from faults.editing.import_plan import Outcome, Plan, Step
from faults.editing.import_planning import plan
from faults.editing.importing import apply
from faults.editing.references import References
from faults.editing.transfer.stored import packed, unpacked
from faults.editing.transfer.workbook import TITLES, read, read_tables, understood
from faults.editing.transfer.writing import write_xlsx
from faults.models import Action, Fault, Status
from faults.models.content import next_number
from tests.admin.forms import filled_in

ROWS = {Outcome.NEW: 3_000, Outcome.CHANGED: 1_000, Outcome.SAME: 1_000}
SAMPLE = {Outcome.NEW: 24, Outcome.CHANGED: 16, Outcome.SAME: 16}
WARMING = 2  # saves of each sort before those that are measured: the first ones load templates
PLANS = 5
GOAL = 10  # times the plan that saving through the form must take at least
GOAL_UNTOUCHED = 0.9  # times `prefetch_related` that planning and applying may take
MORE = "补一句。"

Save = Callable[[Step], float]


def table() -> tuple[bytes, dict[int, int]]:
    """A workbook with ROWS, and new number → the real entry that the new one says the words of."""
    here = describe_all("fault")
    real, numbers = [row for row in here if row["number"] < corpus.FIRST_NUMBER], next_number()
    copied = list(islice(cycle(real), ROWS[Outcome.NEW]))
    new = [row | {"number": number, "status": Status.DRAFT} for number, row in enumerate(copied, start=numbers)]
    changed = [row | {"symptom": row["symptom"] + MORE} for row in here[::2]]
    rows = [*new, *changed[: ROWS[Outcome.CHANGED]], *here[1::2][: ROWS[Outcome.SAME]]]
    return write_xlsx({"fault": rows}, display_names()), dict(enumerate((row["number"] for row in copied), start=numbers))


def planned(workbook: bytes) -> Plan:
    """What is measured: from the bytes that were sent to the plan. Raises SystemExit if it isn't the plan of ROWS."""
    made = plan(read("bench.xlsx", workbook))
    if {outcome: made.count(outcome) for outcome in Outcome} != dict.fromkeys(Outcome, 0) | ROWS:
        raise SystemExit(f"another plan than expected: {[step.reason for step in made.of(Outcome.REFUSED)][:3]}")
    return made


def seconds(action: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """How long it takes."""
    started = clock()
    action()
    return clock() - started


def untouched() -> None:
    """Prints what an untouched export of everything takes: the look at its plan, and carrying out that there is nothing to do."""
    workbook = as_xlsx()
    kept = packed(read_tables("bench.xlsx", workbook))
    made = plan(understood(unpacked(kept)))
    if made.count(Outcome.SAME) != len(made.steps):
        raise SystemExit("an untouched export changes something")
    actions = {
        "every item by `prefetch_related`": lambda: [describe_all(kind) for kind in TITLES],
        "the upload: reading the workbook": lambda: packed(read_tables("bench.xlsx", workbook)),
        "the plan": lambda: plan(understood(unpacked(kept))),
        "applying": lambda: list(apply(understood(unpacked(kept)), made.fingerprint, None, "")),
    }
    taken = {name: [] for name in actions}
    for _ in range(PLANS):
        for name, action in actions.items():
            taken[name].append(seconds(action, time.process_time))
    middle = [statistics.median(times) for times in taken.values()]
    print(f"| {connection.vendor}: an untouched export, {len(made.steps):,} rows | seconds | times the first |\n|---|--:|--:|")
    for name, median in zip(taken, middle, strict=True):
        print(f"| {name} | {median:.1f} | {median / middle[0]:.2f} |")
    is_reached = max(middle[2:]) <= GOAL_UNTOUCHED * middle[0]
    print(f"\nGoal, plan and applying at most {GOAL_UNTOUCHED} each: {'reached' if is_reached else 'MISSED'}\n")


def check(step: Step) -> None:
    """Raises SystemExit if the entry doesn't say what the row says."""
    if not same_text(current_row(Fault.everything.get(number=step.row["number"])), step.row):
        raise SystemExit(f"{step.name}: not saved as it stands in the table")


class Form:
    """Saves rows as an editor with a browser does. Opening the page isn't counted, nor is typing."""

    def __init__(self, user, models: dict[int, int]):
        self.models = models
        self.client = Client(SERVER_NAME="127.0.0.1")
        self.client.force_login(user)

    def __call__(self, step: Step) -> float:
        """Posts the row's form. Returns the seconds that took."""
        url, data = self._new(step) if step.outcome == Outcome.NEW else self._old(step)
        return seconds(lambda: self._post(url, data))

    def _post(self, url: str, data: dict) -> None:
        response = self.client.post(url, data)
        if response.status_code != 302:
            raise SystemExit(f"{url}: {response.status_code} {response.context and response.context.get('errors')}")

    def _opened(self, number: int) -> tuple[str, dict]:
        url = reverse("admin:faults_fault_change", args=[Fault.everything.get(number=number).pk])
        return url, filled_in(self.client.get(url))

    def _old(self, step: Step) -> tuple[str, dict]:
        """An entry's own form with the row's symptom, the one field in which rows of the table differ from what is here."""
        url, data = self._opened(step.row["number"])
        return url, data | {"symptom": step.row["symptom"]}

    def _new(self, step: Step) -> tuple[str, dict]:
        """The form for a new entry, with the words and parts of the one that the row says the words of."""
        _url, data = self._opened(self.models[step.row["number"]])
        theirs = {name: "" if name.endswith(("-id", "-fault", "-cause")) else value for name, value in data.items()}
        none_saved = {name: "0" for name in data if name.endswith("-INITIAL_FORMS")}
        return reverse("admin:faults_fault_add"), theirs | none_saved | {"number": step.row["number"], "seen": "0"}


class Put:
    """Saves rows by `put`, without a form and a browser; what they refer to is looked up once for all."""

    def __init__(self, user):
        self.user, self.references = user, References()

    def __call__(self, step: Step) -> float:
        """Saves the row. Returns the seconds that took."""
        return seconds(lambda: save_edit("fault", step.row, self.user, Action.IMPORTED, "", step.item, self.references))


def saved(save: Save, steps: list[Step]) -> float:
    """Saves the steps' rows, of one sort. Returns the median of the seconds, without the first ones."""
    times = []
    for step in steps:
        times.append(save(step))
        check(step)
    return statistics.median(times[WARMING:])


def medians(saves: list[Save], made: Plan) -> list[dict[Outcome, float]]:
    """For each way to save: sort of row → median seconds of one. No row is saved twice."""
    found = [{} for _ in saves]
    for outcome, size in SAMPLE.items():
        drawn = iter(Random(20261122).sample(made.of(outcome), (size + WARMING) * len(saves)))  # noqa: S311 (the same in every run)
        for save, median in zip(saves, found, strict=True):
            median[outcome] = saved(save, list(islice(drawn, size + WARMING)))
    return found


def row(name: str, taken: float, of_plan: float, each: dict[Outcome, float] | None = None) -> str:
    """One line of the table. `each`: the seconds of one row of each sort."""
    ones = [f"{each[outcome] * 1000:.1f}" if each else "" for outcome in ROWS]
    return "| " + " | ".join([name, f"{taken:.1f}", f"{taken / of_plan:.1f}", *ones]) + " |"


def report(planning: float, form: dict[Outcome, float], by_put: dict[Outcome, float]) -> None:
    """Prints the table and whether the goal is reached."""
    all_form, all_put = (sum(each[outcome] * count for outcome, count in ROWS.items()) for each in (form, by_put))
    sorts = [f"one {outcome}, ms" for outcome in ROWS]
    print("| " + " | ".join([f"{connection.vendor}: {sum(ROWS.values()):,} rows", "seconds", "times the plan", *sorts]) + " |")
    print("|---|---|---|" + "---|" * len(ROWS))
    print(row("the plan, from the workbook's bytes", planning, planning))
    print(row("saving each through the admin's form (extrapolated)", all_form, planning, form))
    print(row("saving each by `put`, no HTTP (extrapolated)", all_put, planning, by_put))
    mixed, sample = (", ".join(f"{count:,} {outcome}" for outcome, count in sizes.items()) for sizes in (ROWS, SAMPLE))
    print(f"\nThe table: {mixed}. The plan: median of {PLANS}, measured whole.")
    print(f"Saving: EXTRAPOLATED from a sample of {sample}: the median of each sort times the rows of that sort.")
    print(f"Goal, the form takes at least {GOAL} times the plan: {'reached' if all_form >= GOAL * planning else 'MISSED'}")


def measure() -> None:
    """Fills the database, measures, prints."""
    if connection.introspection.table_names():
        raise SystemExit("The database of DATABASE_URL isn't empty. This would fill it with made-up entries: name an empty one.")
    call_command("migrate", verbosity=0)
    call_command("load_knowledge", verbosity=0, stdout=StringIO())
    corpus.fill(ROWS[Outcome.CHANGED] + ROWS[Outcome.SAME])
    untouched()
    user = get_user_model().objects.create_superuser("bench")
    workbook, models = table()
    planning = statistics.median(seconds(lambda: planned(workbook)) for _ in range(PLANS))
    report(planning, *medians([Form(user, models), Put(user)], planned(workbook)))


def main() -> None:
    """Measures on DATABASE_URL, or in another process on SQLite in a temporary folder."""
    if os.environ.get("DATABASE_URL"):
        return measure()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3"}
        sys.exit(subprocess.run([sys.executable, __file__], cwd=ROOT, env=environment).returncode)  # noqa: S603


if __name__ == "__main__":
    main()
