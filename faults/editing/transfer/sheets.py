"""A table as it was read: which kind of item it holds, told by its headers, and its lines as text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from django.utils.translation import gettext as _

from faults.editing.transfer.cells import quoted
from faults.editing.transfer.columns import COLUMNS, TITLES, VERSION, headers_of, naming_headers
from faults.editing.transfer.errors import UnreadableFile
from faults.editing.transfer.limits import MAX_CELL, MAX_COLUMNS, MAX_ROWS


@dataclass(frozen=True)
class GridRow:
    """One row of any table. `number`: as Excel shows it; `unusable`: places, from 0, of formulas and errors."""

    number: int
    texts: list[str]
    unusable: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Line:
    """One row below the headers. `cells`: header → text; `formulas`: headers whose cell holds a formula or an error."""

    number: int
    cells: dict[str, str]
    formulas: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sheet:
    """A table of one kind of item. `headers`: those it has, from left to right."""

    kind: str
    headers: list[str]
    rows: list[Line] = field(default_factory=list)


def sheet_of(grid: Iterable[GridRow], where: str = "") -> Sheet | None:
    """The table whose first row that isn't empty holds the headers; None if every cell is empty.

    `where` begins each sentence of the UnreadableFile that is raised for headers that don't fit and cells that don't belong.
    """
    filled = (row for row in grid if any(row.texts) or row.unusable)
    first = next(filled, None)
    if first is None:
        return None
    _refuse_no_headers(first, where)
    headers = ["".join(text.split()) for text in first.texts]
    kind = max(COLUMNS, key=lambda kind: _fit(kind, set(headers)))
    _refuse_wrong_headers(kind, headers, where)
    return Sheet(kind, [header for header in headers if header], list(_lines(filled, headers, where)))


def known_headers(texts: Iterable[str]) -> int:
    """How many of these texts are headers of one kind, of the kind that fits best."""
    given = {"".join(text.split()) for text in texts}
    return max(len(given.intersection(headers_of(kind))) for kind in COLUMNS)


def _refuse_no_headers(row: GridRow, where: str) -> None:
    if row.unusable:
        raise UnreadableFile(where + _("表头（第%(line)s行）里有公式。请复制以后“粘贴为数值”，再上传。") % {"line": row.number})
    if sum(map(bool, row.texts)) > MAX_COLUMNS or not known_headers(row.texts):
        said = {"line": row.number, "way": _how_to_begin()}
        raise UnreadableFile(where + _("看不出是什么表：第%(line)s行不是表头。%(way)s") % said)


def _refuse_wrong_headers(kind: str, headers: list[str], where: str) -> None:
    """Raises UnreadableFile for headers that are missing, unknown, or there twice."""
    known = _("“%(table)s”表可以用的列：%(columns)s。") % {"table": TITLES[kind], "columns": _("、").join(headers_of(kind))}
    if missing := [header for header in naming_headers(kind) if header not in headers]:
        said = {"columns": _listed(missing), "known": known}
        raise UnreadableFile(where + _("少了%(columns)s这一列，认不出每一行是哪一条。请补上，再上传。%(known)s") % said)
    if unknown := [header for header in headers if header and header not in (*headers_of(kind), VERSION)]:
        said = {"columns": _listed(unknown), "known": known}
        raise UnreadableFile(where + _("不认识的列%(columns)s。请改表头，或者删掉这一列。%(known)s") % said)
    if twice := sorted({header for header in headers if header and headers.count(header) > 1}):
        raise UnreadableFile(where + _("有两列都叫%(columns)s。请删掉一列，再上传。") % {"columns": _listed(twice)})


def _fit(kind: str, headers: set[str]) -> tuple[bool, int, int]:
    """How well the headers fit a kind: does it name its items, how many are known, how few are missing."""
    own = headers_of(kind)
    return headers.issuperset(naming_headers(kind)), len(headers.intersection(own)), -len(own)


def _how_to_begin() -> str:
    needed = [{"table": title, "columns": _listed(naming_headers(kind))} for kind, title in TITLES.items()]
    return _("请下载模板，照模板写表头：%(ways)s。") % {"ways": _("，").join(_("“%(table)s”表要有%(columns)s") % one for one in needed)}


def _listed(texts: list[str]) -> str:
    return _("、").join(quoted(text) for text in texts[:5]) + (_("等") if len(texts) > 5 else "")


def _lines(rows: Iterator[GridRow], headers: list[str], where: str) -> Iterator[Line]:
    for count, row in enumerate(rows, start=1):
        if count > MAX_ROWS:
            raise UnreadableFile(where + _("超过%(most)s行，一次读不了这么多。请分成几个文件，再上传。") % {"most": MAX_ROWS})
        yield _line(row, headers, where)


def _line(row: GridRow, headers: list[str], where: str) -> Line:
    """The row's cells by their headers. Raises UnreadableFile for one without a header, and for one that is too long."""
    places = chain((place for place, text in enumerate(row.texts) if text), row.unusable)
    for place in places:
        if place >= len(headers) or not headers[place]:
            said = _("第%(line)s行的第%(place)s格有内容，可是这一列没有表头。请写上表头，或者把这一格清空。")
            raise UnreadableFile(where + said % {"line": row.number, "place": place + 1})
    if any(len(text) > MAX_CELL for text in row.texts):
        raise UnreadableFile(where + _("第%(line)s行有一格超过%(most)s个字。请改短，再上传。") % {"line": row.number, "most": MAX_CELL})
    texts = [*row.texts, *[""] * (len(headers) - len(row.texts))]
    cells = {header: text for header, text in zip(headers, texts, strict=False) if header}
    return Line(row.number, cells, frozenset(headers[place] for place in row.unusable))
