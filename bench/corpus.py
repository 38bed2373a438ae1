"""Fills the database with entries made from real phrases, up to a number: for measuring, never for reading.

Every made phrase is the beginning of a real phrase and the end of another, so that words are about as rare as in the real knowledge.
"""

import setup_django  # noqa: F401 (models need settings)

# isort: split
import random
import sys
from collections.abc import Iterator
from itertools import islice

from django.core.management import call_command

from faults.models import Alias, Category, Cause, Environment, Fault, Myth, ScreenText, Status
from faults.search import index

BATCH = 1_000
FIRST_NUMBER = 1_000  # behind the real entries


def phrases(model, field: str) -> list[str]:
    """The real phrases of a field, each once."""
    return sorted(set(model.objects.exclude(**{field: ""}).values_list(field, flat=True)))


class Maker:
    """Makes entries with their parts from the real phrases, the same ones in every run."""

    def __init__(self):
        self.random = random.Random(20261122)  # noqa: S311 (the same in every run)
        self.titles, self.symptoms = phrases(Fault, "title"), phrases(Fault, "symptom")
        self.screens, self.aliases = phrases(ScreenText, "text"), phrases(Alias, "text")
        self.causes, self.checks, self.claims = phrases(Cause, "title"), phrases(Cause, "check_text"), phrases(Myth, "claim")
        self.categories, self.environments = list(Category.objects.all()), list(Environment.objects.all())

    def spliced(self, real: list[str], longest: int) -> str:
        """The beginning of one phrase and the end of another."""
        first, second = self.random.choice(real), self.random.choice(real)
        return (first[: (len(first) + 1) // 2] + second[len(second) // 2 :])[:longest]

    def fault(self, number: int) -> Fault:
        """One published entry, unsaved."""
        title, symptom = self.spliced(self.titles, 60), self.spliced(self.symptoms, 200)
        return Fault(number=number, title=title, symptom=symptom, category=self.random.choice(self.categories), status=Status.PUBLISHED)

    def parts(self, fault: Fault) -> Iterator:
        """Its screen text, aliases, causes and myth, unsaved: as many as a real entry has."""
        yield ScreenText(fault=fault, text=self.spliced(self.screens, 60))
        for text in {self.spliced(self.aliases, 60) for _ in range(6)}:
            yield Alias(fault=fault, text=text)
        for _ in range(2):
            yield Cause(fault=fault, title=self.spliced(self.causes, 60), check_text=self.spliced(self.checks, 200))
        yield Myth(fault=fault, claim=self.spliced(self.claims, 100), verdict="—", reason="—")


def fill(count: int) -> None:
    """Adds entries until there are `count` published ones."""
    maker = Maker()
    missing = count - Fault.objects.count()
    start = max(FIRST_NUMBER, Fault.everything.order_by("-number").first().number + 1)
    faults = (maker.fault(number) for number in range(start, start + missing))
    while batch := list(islice(faults, BATCH)):
        _save(maker, batch)
        print(f"\r{count - missing + batch[-1].number - start + 1}/{count}", end="", file=sys.stderr)
    print(file=sys.stderr)


def _save(maker: Maker, batch: list[Fault]) -> None:
    saved = Fault.everything.bulk_create(batch)
    parts = [part for fault in saved for part in maker.parts(fault)]
    for model in (ScreenText, Alias, Cause, Myth):
        model.objects.bulk_create([part for part in parts if type(part) is model])
    through = Fault.environments.through
    through.objects.bulk_create([through(fault=fault, environment=maker.random.choice(maker.environments)) for fault in saved])
    index.refresh(saved)


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    call_command("load_knowledge", verbosity=0)
    fill(int(sys.argv[1]))
