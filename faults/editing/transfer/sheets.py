"""A table as it is understood: which kind of item it holds, and its lines as text below our headers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from faults.editing.transfer.cells import one_line, texts_in
from faults.editing.transfer.headings import CAUSE, STEPS
from faults.editing.transfer.layout import Layout
from faults.editing.transfer.tables import GridRow, Table
from faults.text.placeholders import TO_WRITE

_CHECK = f"{TO_WRITE}怎么知道是这个原因？"  # a cause of ours has its question; until somebody writes it, the draft isn't published
_NUMBERING = re.compile(r"^\s*(?:[(（]?\d{1,2}\s*[)）、.．](?!\d)|[①-⑳])\s*")  # a step of ours has its number from its place


@dataclass(frozen=True)
class Line:
    """One row below the headers. `cells`: header → text; `formulas`: headers whose cell holds a formula or an error."""

    number: int
    cells: dict[str, str]
    formulas: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sheet:
    """A table of one kind of item. `headers`: those it has, from left to right.

    `defaults`: what new items get that the table doesn't say, by the key of the row; what is in its cells already by the key of the part.
    """

    kind: str
    headers: list[str]
    rows: list[Line] = field(default_factory=list)
    defaults: dict[str, str] = field(default_factory=dict)


def sheet_of(table: Table, layout: Layout) -> Sheet:
    """The table as its layout says, in which layout.problems finds none. Lines that hold nothing under the chosen columns are left out."""
    header = layout.header_of(table)
    rows = (row for row in table.rows if row.number > layout.header and row.texts != header.texts)  # printed lists repeat it on each page
    lines = [line for line in (_line(row, layout) for row in rows) if any(line.cells.values()) or line.formulas]
    headers = [target for target in layout.targets if target]
    defaults = {key: value for key, value in layout.defaults.items() if key != "scheme"}
    if {CAUSE, STEPS} & set(headers):
        lines = list(_joined(_composed(line, defaults.get("actor", "")) for line in lines))
        defaults |= {"check": _CHECK} if CAUSE in headers else {}
        headers = [header for header in headers if header not in (CAUSE, STEPS)] + ["原因和处理", "整条的处理方法"]
    else:
        defaults.pop("actor", None)
    if layout.kind == "fault" and "编号" not in headers:  # all of them are new
        headers, lines = ["编号", *headers], [Line(line.number, {"编号": ""} | line.cells, line.formulas) for line in lines]
    if scheme := layout.defaults.get("scheme") if layout.kind == "code" else "":
        headers += [] if "码表" in headers else ["码表"]
        lines = [Line(line.number, line.cells | {"码表": line.cells.get("码表") or scheme}, line.formulas) for line in lines]
    return Sheet(layout.kind, headers, lines, defaults)


def _line(row: GridRow, layout: Layout) -> Line:
    places = [(place, target) for place, target in enumerate(layout.targets) if target]
    return Line(
        row.number,
        {target: row.text(place) for place, target in places},
        frozenset(target for place, target in places if place in row.unusable),
    )


def _composed(line: Line, actor: str) -> Line:
    """Cause and steps as the labelled lines of our columns. Steps without a cause are for the whole entry."""
    cells = dict(line.cells)
    cause, steps = one_line(cells.pop(CAUSE, "")), [_NUMBERING.sub("", text) for text in texts_in(cells.pop(STEPS, ""))]
    fix = "\n".join([f"谁来处理：{actor}", *(f"步骤：{step}" for step in steps)]) if steps else ""
    cells["原因和处理"] = "\n".join(filter(None, [f"原因：{cause}", f"怎么确认：{_CHECK}", fix])) if cause else ""
    cells["整条的处理方法"] = "" if cause else fix
    formulas = frozenset("原因和处理" if header in (CAUSE, STEPS) else header for header in line.formulas)
    return Line(line.number, cells, formulas)


def _joined(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines one below the other that name the same entry are its causes."""
    last: Line | None = None
    for line in lines:
        if last and _name(line) == _name(last) != ("", ""):
            cells = {header: _both(last.cells[header], text) for header, text in line.cells.items()}
            last = Line(last.number, cells, last.formulas | line.formulas)
            continue
        if last:
            yield last
        last = line
    if last:
        yield last


def _name(line: Line) -> tuple[str, str]:
    return line.cells.get("编号", ""), line.cells.get("标题", "")


def _both(one: str, other: str) -> str:
    return one if not other or other in (one, *one.splitlines()) else f"{one}\n{other}".strip()
