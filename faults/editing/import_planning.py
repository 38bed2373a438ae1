"""Makes the plan of an import (import_plan): each row of the sheets is read, looked up, compared, and asked what its models say of it."""

from collections.abc import Generator, Iterator
from dataclasses import replace
from itertools import islice

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from faults.editing.bulk_reading import current_rows, ids_by_key
from faults.editing.display_names import display_names_for_tables
from faults.editing.edits import NOT_TEXT, same_text
from faults.editing.import_plan import ASKED, Outcome, Plan, Step
from faults.editing.import_questions import gone, puts_back, turns_over_verified
from faults.editing.knowledge_files import KEYS, in_current_shape, key_of
from faults.editing.references import References
from faults.editing.row_fields import check, check_links
from faults.editing.transfer.versions import words_of
from faults.editing.transfer.workbook import Sheet, Table, rows_of
from faults.management.progress import watched
from faults.models import Fault, Publication, Status
from faults.models.content import MAX_NUMBER, next_number
from faults.models.notes import next_note_number
from posdesk.masking import has_card_number

_NEXT_NUMBER = {"fault": next_number, "note": next_note_number}
_NOT_WORDS = NOT_TEXT | {"version"}


def plan(sheets: list[Sheet]) -> Plan:
    """Compares the sheets with the database, in a fixed number of queries. Changes nothing."""
    return watched(planning(sheets), lambda done, total: None)


def planning(sheets: list[Sheet]) -> Generator[tuple[int, int], None, Plan]:
    """Makes the plan, yields (done, total) on the way, and returns it."""
    names, references = display_names_for_tables(), References()
    done, total = 0, sum(3 * len(sheet.rows) for sheet in sheets)  # each row is read, looked up and compared
    yield done, total
    planners, steps = [], []
    for sheet in sheets:
        planners.append(_Planner(sheet, names, references))
        done += len(sheet.rows)
        yield done, total
    for planner in planners:
        for looked_up in planner.look_up():
            yield done + looked_up, total
        done += planner.size
    for planner in planners:
        for step in planner.steps():
            steps.append(step)
            done += 1
            yield done, total
    return Plan(_without_dangling(steps, references))


def _without_dangling(steps: list[Step], references: References) -> list[Step]:
    """Rows of one file may refer to each other: what refers to a new item that is refused is refused too, and so on."""
    gone = [step for step in steps if step.outcome == Outcome.REFUSED and not step.item and step.row]
    while gone:
        for step in gone:
            references.forget(step.kind, step.row)
        checked = [_checked_again(step, references) for step in steps]
        gone = [new for new, old in zip(checked, steps, strict=True) if new is not old and not new.item]
        steps = checked
    return steps


def _checked_again(step: Step, references: References) -> Step:
    if step.outcome in (Outcome.NEW, Outcome.CHANGED, *ASKED):
        try:
            check_links(step.kind, step.row, references)
        except LookupError as error:
            return replace(step, outcome=Outcome.REFUSED, reasons=(str(error),))
    return step


class _Planner:
    """Plans the rows of one sheet. Its rows are announced to `references` at once: those of other sheets may refer to them."""

    def __init__(self, sheet: Sheet, names, references: References):
        self.kind, self.references, self.defaults = sheet.kind, references, sheet.defaults
        self.pks = ids_by_key(self.kind)
        self.rows, self.refused = rows_of(sheet, names, self.pks)
        self.size, self.here = len(sheet.rows), {}
        for _line, row in self.rows:
            references.expect(self.kind, row)
        self.number = _NEXT_NUMBER[self.kind]() if self.kind in _NEXT_NUMBER else 0
        if self.kind == "fault":
            self.titles = dict(Fault.everything.values_list("title", "number"))

    def look_up(self) -> Iterator[int]:
        """Reads the items that the rows name. Yields how many were read."""
        named = (self.pks.get(key_of(self.kind, row)) for _line, row in self.rows)
        for count, (item, row) in enumerate(current_rows(self.kind, {pk for pk in named if pk}), start=1):
            self.here[item.pk] = (item, row)
            yield count
        self._look_back()

    def _look_back(self) -> None:
        """Asks history about what is here and doesn't tell its version, and about what tells one and isn't here."""
        given = [(self.pks.get(key_of(self.kind, row)), row) for _line, row in self.rows]
        untold = [(pk, row, self.here[pk][1]) for pk, row in given if pk in self.here and "version" not in row]
        self.earlier = puts_back(self.kind, untold)
        self.gone = gone(self.kind, [row for pk, row in given if pk is None and "version" in row])

    def steps(self) -> Iterator[Step]:
        """A step for each line, in their order."""
        made = {one.line: Step(self.kind, one.line, Outcome.REFUSED, one.sentences) for one in self.refused}
        rows = dict(self.rows)
        for line in sorted(made.keys() | rows.keys()):
            yield made.get(line) or self._step(line, rows[line])

    def _step(self, line: int, given: dict) -> Step:
        namesake = []
        if self.kind in _NEXT_NUMBER and not given.get("number"):
            namesake = self._namesake(given) if self.kind == "fault" else []
            given = given | {"number": self._next_number()}
        item, before = self.here.get(self.pks.get(key_of(self.kind, given)), (None, {}))
        defaults = {} if item else {key: value for key, value in self.defaults.items() if key not in given}
        words = {key: value for key, value in given.items() if key not in _NOT_WORDS}
        shape = in_current_shape(self.kind, {})
        row = (before or shape | {key: value for key, value in defaults.items() if key in shape}) | words
        outcome = self._outcome(given, item, before, row)
        reasons = self._state(given, item) if outcome in (Outcome.SAME, Outcome.OUTDATED) else namesake + self._reasons(given, item, row)
        outcome = Outcome.REFUSED if reasons else outcome
        return Step(self.kind, line, outcome, tuple(dict.fromkeys(reasons)), item, before, row, "version" in given, defaults)

    def _outcome(self, given: dict, item: Publication | None, before: dict, row: dict) -> Outcome:
        """What is to be done with a row that the models take."""
        if item is None:
            return Outcome.GONE if "version" in given and key_of(self.kind, given) in self.gone else Outcome.NEW
        is_outdated = "version" in given and given["version"] != words_of(self.kind, before)
        if given.keys() - {"version"} <= set(KEYS[self.kind]):
            return Outcome.OUTDATED if is_outdated else Outcome.SAME
        if same_text(row, before):
            return Outcome.SAME
        if "version" not in given and item.pk in self.earlier:
            return Outcome.EARLIER
        if "version" not in given and turns_over_verified(self.kind, given, before):
            return Outcome.MEANING
        return Outcome.CONFLICT if is_outdated else Outcome.CHANGED

    def _next_number(self) -> int:
        self.number += 1
        return self.number - 1

    def _reasons(self, given: dict, item: Publication | None, row: dict) -> list[str]:
        """Why the row can't be taken over, a sentence for each thing that is wrong; none if it can."""
        said = self._state(given, item)
        if self.kind in _NEXT_NUMBER and not 1 <= row["number"] <= MAX_NUMBER:
            said.append(_("编号要在1和%(most)s之间。") % {"most": MAX_NUMBER})
        if self.kind == "code" and item is None and f"code:{row['scheme']}:0{row['code']}" in self.pks:
            said.append(_("Excel去掉了前面的0：码表里是“0%(code)s”。请把这一列设成文本，写全。") % {"code": row["code"]})
        try:
            check(self.kind, row, self.references)
        except ValidationError as error:
            said += error.messages
        except LookupError as error:
            said.append(str(error))
        return said

    def _namesake(self, given: dict) -> list[str]:
        """An entry without a number is a new one; with a title that is there it is more often one that was imported before."""
        number = self.titles.setdefault(given.get("title", ""), self.number)
        if number == self.number or not given.get("title"):
            return []
        other = {"title": given["title"], "number": number}
        return [_("已经有叫“%(title)s”的条目（%(number)s号）：要改它，请写上编号；要另写一条，请换个标题。") % other]

    def _state(self, given: dict, item: Publication | None) -> list[str]:
        """A table doesn't publish and doesn't withdraw: that takes somebody who has read it."""
        status = given.get("status")
        if item is None or status in (None, "", item.status):
            return []
        return [_("状态不能用表格改（现在是“%(now)s”）。请在后台发布或下架。") % {"now": Status(item.status).label}]


def card_lines(tables: list[Table]) -> list[str]:
    """The first lines with something like a card number in them: such a file is stored nowhere."""
    lines = (row for table in tables for row in table.rows if any(has_card_number(text) for text in row.texts))
    return [str(line.number) for line in islice(lines, 10)]
