"""What an import would do, row by row, before anything is done: new, changed, the same, or refused with a reason.

A row that tells its version (editing.transfer.versions) is also asked what was changed since it was exported, and on which side. What
only a colleague changed stays; what both changed is done if whoever imports chooses it, and then cell by cell: what the table still
says as exported stays as the colleague wrote it. So is whatever import_questions finds.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

from django.utils.translation import gettext as _

from faults.editing.difference import Difference, differences
from faults.editing.display_names import display_names
from faults.editing.knowledge_files import key_of
from faults.editing.labels import labels_of
from faults.models import Note, Publication, Wording


class Outcome(StrEnum):
    """CONFLICT: the table and a colleague changed it since the export. OUTDATED: only a colleague did.

    EARLIER: the table brings back what the item said before. GONE: a colleague deleted or renamed it since. MEANING: of a code that is
    verified to mean something else.
    """

    NEW = "new"
    CHANGED = "changed"
    CONFLICT = "conflict"
    EARLIER = "earlier"
    GONE = "gone"
    MEANING = "meaning"
    OUTDATED = "outdated"
    SAME = "same"
    REFUSED = "refused"


ASKED = (Outcome.CONFLICT, Outcome.EARLIER, Outcome.GONE, Outcome.MEANING)  # done only if it is chosen
ALL = "all"  # among the keys that are to be overwritten: all of these


@dataclass(frozen=True)
class Step:
    """What is to be done with one row of a sheet. `line`: its number as Excel shows it; `before`: what the item says now, {} if new."""

    kind: str
    line: int
    outcome: Outcome
    reasons: tuple[str, ...] = ()
    item: Publication | None = None
    before: dict = field(default_factory=dict)
    row: dict = field(default_factory=dict)
    has_version: bool = False  # it was exported as this item; else nobody knows what was changed since the table was made
    defaults: dict = field(default_factory=dict)  # what a new item gets, because the table doesn't say it

    @property
    def reason(self) -> str:
        """Why it can't be done, all of it; empty if it can."""
        return "".join(self.reasons)

    @property
    def key(self) -> str:
        """What names the item for good."""
        return key_of(self.kind, self.row)

    @property
    def name(self) -> str:
        """What people call the item."""
        if self.kind == "fault" and self.row:
            return _("%(number)s号 %(title)s") % self.row
        if self.kind == "code" and self.row:
            return f"{self.row['scheme']} {self.row['code']} {self.row['meaning']}"
        if self.kind == "wording" and self.row:
            return str(Wording(name=self.row["name"]))
        if self.kind == "note" and self.row:
            return str(Note(number=self.row["number"], about=self.row["about"]))
        return self.row.get("name", "")


@dataclass(frozen=True)
class Plan:
    """All steps, in the order of the sheets."""

    steps: list[Step]

    def count(self, outcome: str) -> int:
        return sum(step.outcome == outcome for step in self.steps)

    def of(self, outcome: str) -> list[Step]:
        return [step for step in self.steps if step.outcome == outcome]

    @property
    def due(self) -> list[Step]:
        """What is done if nothing else is chosen."""
        return self.due_with(())

    def due_with(self, overwrite: Collection[str]) -> list[Step]:
        """What is to be done. `overwrite`: keys of what is ASKED about in which the table is to win, outcomes of which all are, or ALL."""
        return [step for step in self.steps if step.outcome in (Outcome.NEW, Outcome.CHANGED) or _is_chosen(step, overwrite)]

    @property
    def asked(self) -> list[Step]:
        """What is done only if it is chosen."""
        return [step for step in self.steps if step.outcome in ASKED]

    @property
    def unversioned(self) -> int:
        """How many changed rows don't tell which words they were exported with."""
        return sum(step.outcome == Outcome.CHANGED and not step.has_version for step in self.steps)

    @cached_property
    def _names(self):
        return display_names()

    @property
    def code_tables(self) -> dict[str, str]:
        """The name of each code table by its slug."""
        return self._names["scheme"]

    def defaults(self, steps: list[Step]) -> Counter[str]:
        """What the new items among the steps get because the table doesn't say it, in the reader's language, and how many get it."""
        return Counter(said for step in steps for said in self._said_of_defaults(step))

    def _said_of_defaults(self, step: Step) -> Iterator[str]:
        labels = labels_of("cause") | labels_of("fix") | labels_of(step.kind)
        order = [*labels_of(step.kind), *labels_of("fix"), *labels_of("cause")]  # the database keeps the keys in any order
        for key, value in sorted(step.defaults.items(), key=lambda one: order.index(one[0])):
            yield _("%(what)s：%(name)s") % {"what": labels[key], "name": self._names.get(key, {}).get(value, value)}

    def differences(self, step: Step) -> list[Difference]:
        """What the step would change, in the reader's language."""
        return differences(step.kind, step.before, step.row, self._names)

    @property
    def fingerprint(self) -> str:
        """A word that is another one if what is to be done is: what was planned is what is applied, or nothing.

        What a colleague does meanwhile to a row that is left alone is none of its business.
        """
        stamp = sha256()
        for step in self.steps:
            if step.outcome not in (Outcome.SAME, Outcome.OUTDATED):
                said = (step.kind, step.line, step.outcome, *(() if step.outcome == Outcome.REFUSED else (step.before, step.row)))
                stamp.update(repr(said).encode(errors="surrogatepass"))
        return stamp.hexdigest()


def _is_chosen(step: Step, overwrite: Collection[str]) -> bool:
    return step.outcome in ASKED and not {ALL, str(step.outcome), step.key}.isdisjoint(overwrite)
