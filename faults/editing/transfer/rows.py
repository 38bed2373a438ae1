"""Turns the lines of a sheet into rows, or into sentences that say why not."""

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faults.editing.knowledge_files import KEYS, key_of
from faults.editing.transfer.cells import Names
from faults.editing.transfer.columns import COLUMNS, VERSION, Column, naming_headers
from faults.editing.transfer.errors import CellError
from faults.editing.transfer.sheets import Line, Sheet
from faults.editing.transfer.versions import Version, looks_like_version, read_version

_NO_VERSION = gettext_lazy("这不是这一条导出时的版本：可能是从别的行抄来的，也可能排序时只排了一部分列。要照这一行写，请清空这一格。")


@dataclass(frozen=True)
class Refused:
    """A line that can't be read. `line`: its number as Excel shows it; `sentences`: everything that is wrong with it."""

    line: int
    sentences: tuple[str, ...]


@dataclass
class _Outcome:
    line: int
    row: dict = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def rows_of(sheet: Sheet, names: Names, here: Container[str] = ()) -> tuple[list[tuple[int, dict]], list[Refused]]:
    """The sheet's lines as rows with their line numbers, and the lines that are refused.

    A row has only the keys of the columns that the sheet has. A choice that an item can't be without (its status, say) and
    whose cell is empty is left out too. An entry without a number has number 0. Lines that name the same item are all refused, but for
    those that say the same: they count once.

    A row whose line tells its version has it as "version": the digest of the words that the item said when it was exported.
    `here`: the keys of the items that are there. Of one of these such a row lacks what the line still says as it was exported.
    """
    outcomes = [_read(sheet.kind, line, names, here) for line in sheet.rows]
    outcomes = _refuse_named_twice(sheet.kind, outcomes)
    good = [(outcome.line, outcome.row) for outcome in outcomes if not outcome.problems]
    return good, [Refused(outcome.line, tuple(outcome.problems)) for outcome in outcomes if outcome.problems]


def _read(kind: str, line: Line, names: Names, here: Container[str]) -> _Outcome:
    outcome, naming = _Outcome(line.number), len(KEYS[kind])
    _read_cells(kind, COLUMNS[kind][:naming], line, names, outcome)
    version = None
    if VERSION in line.cells and not outcome.problems:
        version = _version(kind, line, outcome, here)
    changed = [column for column in COLUMNS[kind][naming:] if not _says_as_exported(version, column, line)]
    _read_cells(kind, changed, line, names, outcome)
    return outcome


def _read_cells(kind: str, columns: Iterable[Column], line: Line, names: Names, outcome: _Outcome) -> None:
    for column in columns:
        if column.header in line.cells:
            try:
                _read_cell(kind, column, line, names, outcome.row)
            except CellError as error:
                outcome.problems.append(str(error))


def _version(kind: str, line: Line, outcome: _Outcome, here: Container[str]) -> Version | None:
    """What the line of an item that is here was exported as. A new item's line may have been copied from another's with its version."""
    word, is_here = line.cells[VERSION], key_of(kind, outcome.row) in here
    version = read_version(kind, outcome.row, word)
    if word and (VERSION in line.formulas or not (version if is_here else looks_like_version(kind, word))):
        outcome.problems.append(str(CellError(VERSION, _NO_VERSION)))
    if version:
        outcome.row["version"] = version.words
    return version if is_here else None


def _says_as_exported(version: Version | None, column: Column, line: Line) -> bool:
    cell = column.header
    return version is not None and cell in line.cells and cell not in line.formulas and version.holds(cell, line.cells[cell])


def _read_cell(kind: str, column: Column, line: Line, names: Names, row: dict) -> None:
    """Puts the cell's value into the row. Raises CellError."""
    text = line.cells[column.header]
    if column.header in line.formulas:
        raise CellError(column.header, _("这一格是公式或出错的值，请复制以后“粘贴为数值”，再上传。"))
    if not text and column.header in naming_headers(kind) and column.key != "number":
        raise CellError(column.header, _("这一格空着，认不出是哪一条，请补上。"))
    if text or not column.keeps:
        row[column.key] = column.read(text, names)


def _refuse_named_twice(kind: str, outcomes: list[_Outcome]) -> list[_Outcome]:
    """The outcomes without repetitions of one; of those that name the same item, each has a problem more."""
    named, once = defaultdict(list), []
    for outcome in outcomes:
        same = named[key_of(kind, outcome.row)] if all(outcome.row.get(key) for key in KEYS[kind]) else []
        if not any((outcome.row, outcome.problems) == (other.row, other.problems) for other in same):
            same.append(outcome)
            once.append(outcome)
    for same in named.values():
        if len(same) > 1:
            lines = _("、").join(_("第%(line)s行") % {"line": outcome.line} for outcome in same[:5]) + (_("等") if len(same) > 5 else "")
            for outcome in same:
                outcome.problems.append(_("%(lines)s写的是同一条，只能留一行。") % {"lines": lines})
    return once
