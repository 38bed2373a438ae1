"""A table as it was read: rows of texts, before anybody knows which of them is the header."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from faults.editing.transfer.errors import UnreadableFile
from faults.editing.transfer.limits import MAX_CELL, MAX_COLUMNS, MAX_ROWS


@dataclass(frozen=True)
class GridRow:
    """One row of any table. `number`: as Excel shows it; `unusable`: places, from 0, of formulas and errors."""

    number: int
    texts: list[str]
    unusable: frozenset[int] = frozenset()

    def text(self, place: int) -> str:
        """What stands at a place, from 0; nothing right of the row's end."""
        return self.texts[place] if place < len(self.texts) else ""


@dataclass(frozen=True)
class Table:
    """`title`: the worksheet's, empty where a file has but one table. `rows`: those that hold anything, at least one."""

    title: str
    rows: list[GridRow]

    @property
    def where(self) -> str:
        """Begins each sentence about the table."""
        return _("工作表“%(title)s”：") % {"title": self.title} if self.title else ""

    @property
    def width(self) -> int:
        return max(len(row.texts) for row in self.rows)


class Merged(NamedTuple):
    """A merged cell of more than one row. `top`, `bottom`: numbers of rows; `place`: of its first column, from 0."""

    top: int
    bottom: int
    place: int


def table_of(grid: Iterable[GridRow], title: str = "") -> Table | None:
    """The table without its empty rows and what is empty at their ends; None if every cell is. Raises UnreadableFile for too much."""
    found = Table(title, [])
    for row in grid:
        texts = row.texts[: max((place + 1 for place, text in enumerate(row.texts) if text), default=0)]
        if texts or row.unusable:
            _check(found, row.number, texts)
            found.rows.append(GridRow(row.number, texts, row.unusable))
    return found if found.rows else None


def _check(table: Table, number: int, texts: list[str]) -> None:
    if len(table.rows) > MAX_ROWS:  # one is the header
        raise UnreadableFile(table.where + _("超过%(most)s行，一次读不了这么多。请分成几个文件，再上传。") % {"most": MAX_ROWS})
    if len(texts) > MAX_COLUMNS:
        said = _("第%(line)s行在第%(most)s列右边还有内容。请删掉右边不用的列，另存后再上传。")
        raise UnreadableFile(table.where + said % {"line": number, "most": MAX_COLUMNS})
    if any(len(text) > MAX_CELL for text in texts):
        raise UnreadableFile(table.where + _("第%(line)s行有一格超过%(most)s个字。请改短，再上传。") % {"line": number, "most": MAX_CELL})


def filled_down(grid: Iterable[GridRow], merged: Iterable[Merged]) -> Iterator[GridRow]:
    """The rows with a merged cell's text in each row that it covers. Rows that hold nothing else stay empty."""
    waiting = sorted(merged, reverse=True)
    over: dict[int, tuple[int, str, bool]] = {}  # place → last row, text, whether it is unusable
    for row in grid:
        over = {place: one for place, one in over.items() if one[0] >= row.number}
        if over and (any(row.texts) or row.unusable):
            row = _filled(row, over)
        while waiting and waiting[-1].top <= row.number:
            one = waiting.pop()
            if one.top == row.number:
                over[one.place] = (one.bottom, row.text(one.place), one.place in row.unusable)
        yield row


def _filled(row: GridRow, over: dict[int, tuple[int, str, bool]]) -> GridRow:
    texts = row.texts + [""] * (max(over) + 1 - len(row.texts))
    for place, (_last, text, _is_unusable) in over.items():
        texts[place] = texts[place] or text
    return GridRow(row.number, texts, row.unusable | {place for place, one in over.items() if one[2]})
