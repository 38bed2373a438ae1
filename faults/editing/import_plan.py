"""What an import would do, row by row, before anything is done: new, changed, the same, or refused with a reason."""

from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from itertools import islice

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from faults.editing.describe import DESCRIBED
from faults.editing.difference import Difference, differences
from faults.editing.display_names import display_names, display_names_for_tables
from faults.editing.edits import NOT_TEXT, same_text
from faults.editing.knowledge_files import in_current_shape, key_of
from faults.editing.references import References
from faults.editing.row_fields import check
from faults.editing.transfer.workbook import Sheet, rows_of
from faults.models import Publication, Revision, Scheme, Status
from faults.models.content import MAX_NUMBER, next_number
from posdesk.masking import has_card_number


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True)
class Step:
    """What is to be done with one row of a sheet. `line`: its number as Excel shows it; `before`: what the item says now, {} if new."""

    kind: str
    line: int
    outcome: Outcome
    reason: str = ""
    item: Publication | None = None
    before: dict = field(default_factory=dict)
    row: dict = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What people call the item."""
        if self.kind == "fault" and self.row:
            return f"{self.row['number']}号 {self.row['title']}"
        if self.kind == "code" and self.row:
            return f"{Scheme(self.row['scheme']).label} {self.row['code']} {self.row['meaning']}"
        return self.row.get("name", "")

    @property
    def differences(self) -> list[Difference]:
        return differences(self.kind, self.before, self.row, display_names())


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
        return [step for step in self.steps if step.outcome in (Outcome.NEW, Outcome.CHANGED)]

    @property
    def fingerprint(self) -> str:
        """A word that is another one if the plan is: what was planned is what is applied, or nothing."""
        said = [(step.kind, step.line, step.outcome, step.before, step.row) for step in self.steps]
        return sha256(repr(said).encode()).hexdigest()


def plan(sheets: list[Sheet]) -> Plan:
    """Compares the sheets with the database, in a fixed number of queries. Changes nothing."""
    names, references = display_names_for_tables(), References()
    for sheet in sheets:
        _announce(sheet, names, references)
    return Plan([step for sheet in sheets for step in _Planner(sheet.kind, references).steps(*rows_of(sheet, names))])


def _announce(sheet: Sheet, names, references: References) -> None:
    """Rows of one file may refer to each other."""
    for _line, row in rows_of(sheet, names)[0]:
        references.expect(sheet.kind, row)


class _Planner:
    """Plans the rows of one kind."""

    def __init__(self, kind: str, references: References):
        self.kind, self.references = kind, references
        rows, describe = DESCRIBED[kind]
        pending = dict(Revision.objects.filter(kind=kind, row__isnull=False).values_list("item_id", "row"))
        self.here = {}
        for item in rows():
            row = describe(item)
            self.here[key_of(kind, row)] = (item, pending.get(item.pk) or row)
        self.number = next_number() if kind == "fault" else 0

    def steps(self, rows: list[tuple[int, dict]], refused) -> list[Step]:
        """A step for each line, in their order."""
        made = [Step(self.kind, one.line, Outcome.REFUSED, one.sentence) for one in refused]
        made += [self._step(line, row) for line, row in rows]
        return sorted(made, key=lambda step: step.line)

    def _step(self, line: int, given: dict) -> Step:
        if self.kind == "fault" and not given["number"]:
            given = given | {"number": self._next_number()}
        item, before = self.here.get(key_of(self.kind, given), (None, {}))
        row = (before or in_current_shape(self.kind, {})) | {key: value for key, value in given.items() if key not in NOT_TEXT}
        if item and same_text(row, before):
            return self._same(line, item, before, given)
        if reason := self._reason(given, item, row):
            return Step(self.kind, line, Outcome.REFUSED, reason, item, before, row)
        return Step(self.kind, line, Outcome.CHANGED if item else Outcome.NEW, "", item, before, row)

    def _same(self, line: int, item: Publication, before: dict, given: dict) -> Step:
        reason = self._state(given, item)
        return Step(self.kind, line, Outcome.REFUSED if reason else Outcome.SAME, reason, item, before, before)

    def _next_number(self) -> int:
        self.number += 1
        return self.number - 1

    def _reason(self, given: dict, item: Publication | None, row: dict) -> str:
        """Why the row can't be taken over; empty if it can."""
        if reason := self._state(given, item):
            return reason
        if self.kind == "fault" and not 1 <= row["number"] <= MAX_NUMBER:
            return _("编号要在1和%(most)s之间。") % {"most": MAX_NUMBER}
        if self.kind == "code" and item is None and f"code:{row['scheme']}:0{row['code']}" in self.here:
            return _("Excel去掉了前面的0：码表里是“0%(code)s”。请把这一列设成文本，写全。") % {"code": row["code"]}
        try:
            check(self.kind, row, self.references)
        except ValidationError as error:
            return "".join(error.messages)
        except LookupError as error:
            return str(error.args[0])
        return ""

    def _state(self, given: dict, item: Publication | None) -> str:
        """A table doesn't publish and doesn't withdraw: that takes somebody who has read it."""
        status = given.get("status")
        if item is None or status in (None, "", item.status):
            return ""
        return _("状态不能用表格改（现在是“%(now)s”）。请在后台发布或下架。") % {"now": Status(item.status).label}


def card_lines(sheets: list[Sheet]) -> list[str]:
    """The first lines with something like a card number in them: such a file is stored nowhere."""
    lines = (line for sheet in sheets for line in sheet.rows if any(has_card_number(text) for text in line.cells.values()))
    return [str(line.number) for line in islice(lines, 10)]
