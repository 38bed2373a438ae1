"""Reads an OpenDocument table (LibreOffice, WPS), in pieces and under the limits of XLSX.

Its rows and cells may say that they are there a million times: that is counted, not written out. A library would do the latter first.
"""

from zipfile import ZipFile

from django.utils.translation import gettext as _

from faults.editing.transfer.archive import BROKEN, DAMAGED, NO_WORKBOOK, Allowance
from faults.editing.transfer.columns import EXPLANATION
from faults.editing.transfer.errors import UnreadableFile
from faults.editing.transfer.formulas import from_cell
from faults.editing.transfer.limits import EXCEL_ROWS, MAX_COLUMNS, MAX_ROWS
from faults.editing.transfer.tables import GridRow, Merged, Table, filled_down, table_of
from faults.editing.transfer.xml_scan import TOO_MANY_ROWS, TOO_WIDE, Nodes, Scanner, read_part

_MIME = b"application/vnd.oasis.opendocument.spreadsheet"
_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _TEXT, _OFFICE = f"{_NS}table:1.0 ", f"{_NS}text:1.0 ", f"{_NS}office:1.0 "
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def tables(archive: ZipFile) -> list[Table]:
    """The document's tables; those that are empty or called 填写说明 are left out. Raises UnreadableFile."""
    _check(archive)
    reader = _Reader(Nodes())
    read_part(archive, archive.getinfo("content.xml"), Allowance(), reader)
    found = [table_of(filled_down(grid, merged), title) for title, grid, merged in reader.tables if title != EXPLANATION]
    if not any(found):
        raise UnreadableFile(_("文件里没有可以读的工作表，或者工作表都是空的。"))
    return [table for table in found if table]


def _check(archive: ZipFile) -> None:
    try:
        kind, manifest = (_beginning(archive, name) for name in ("mimetype", "META-INF/manifest.xml"))
    except DAMAGED as error:
        raise UnreadableFile(BROKEN) from error
    if not kind.startswith(_MIME):
        raise UnreadableFile(NO_WORKBOOK)
    if b"encryption-data" in manifest:
        raise UnreadableFile(_("文件加了密码，打不开。请去掉打开密码，保存后再上传。"))


def _beginning(archive: ZipFile, name: str) -> bytes:
    if name not in archive.namelist():
        return b""
    with archive.open(name) as stream:
        return stream.read(2**16)


class _Reader(Scanner):
    """Reads content.xml. `tables`: title, rows and merged cells of each; `row`: the number of the one that is being read."""

    def __init__(self, nodes: Nodes):
        super().__init__(nodes)
        self.tables: list[tuple[str, list[GridRow], list[Merged]]] = []
        self.row = self.place = self.notes = 0
        self.texts: dict[int, str] = {}
        self.unusable: set[int] = set()
        self.cell: dict[str, str] | None = None
        self.said: list[str] | None = None
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.handlers = {f"{_TABLE}table": self._table, f"{_TABLE}table-row": self._begin_row}
        self.handlers |= dict.fromkeys(_CELLS, self._begin_cell)
        self.handlers |= {f"{_TEXT}p": self._paragraph, f"{_TEXT}s": self._blanks, f"{_TEXT}line-break": self._line_break}
        self.handlers |= {f"{_OFFICE}annotation": self._note}
        self.ends = {f"{_TABLE}table-row": self._end_row, f"{_OFFICE}annotation": self._end_note} | dict.fromkeys(_CELLS, self._end_cell)

    def _end(self, name: str) -> None:
        if handler := self.ends.get(name):
            handler()

    def _table(self, attributes: dict[str, str]) -> None:
        self.tables.append((attributes.get(f"{_TABLE}name", ""), [], []))
        self.row = 0

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self.repeated = _count(attributes, "number-rows-repeated")
        self.row, self.place, self.texts, self.unusable = self.row + 1, 0, {}, set()

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self.cell, self.said = attributes, None

    def _paragraph(self, attributes: dict[str, str]) -> None:
        if self.cell is not None and not self.notes:
            self.said = [] if self.said is None else [*self.said, "\n"]

    def _characters(self, text: str) -> None:
        if self.said is not None and not self.notes:
            self.said.append(text)

    def _blanks(self, attributes: dict[str, str]) -> None:
        self._characters(" " * min(_count(attributes, "c", _TEXT), 99))

    def _line_break(self, attributes: dict[str, str]) -> None:
        self._characters("\n")

    def _note(self, attributes: dict[str, str]) -> None:
        self.notes += 1

    def _end_note(self) -> None:
        self.notes -= 1

    def _end_cell(self) -> None:
        if self.cell is None or not self.tables:
            return
        repeated, text = _count(self.cell, "number-columns-repeated"), _text(self.cell, "".join(self.said or ()))
        is_formula = f"{_TABLE}formula" in self.cell
        if text or is_formula:
            if self.place + repeated > MAX_COLUMNS:
                raise UnreadableFile(TOO_WIDE % {"most": MAX_COLUMNS})
            self.texts |= dict.fromkeys(range(self.place, self.place + repeated), text)
            self.unusable |= set(range(self.place, self.place + repeated)) if is_formula else set()
        if (rows := _count(self.cell, "number-rows-spanned")) > 1 and self.place < MAX_COLUMNS:
            self.tables[-1][2].append(Merged(self.row, self.row + rows - 1, self.place))
        self.place, self.cell, self.said = self.place + repeated, None, None

    def _end_row(self) -> None:
        if self.tables and (self.texts or self.unusable):
            rows = self.tables[-1][1]
            if len(rows) + self.repeated > MAX_ROWS + 1:  # one is the header
                raise UnreadableFile(TOO_MANY_ROWS % {"most": MAX_ROWS})
            texts = [self.texts.get(place, "") for place in range(max([*self.texts, *self.unusable]) + 1)]
            rows += [GridRow(number, texts, frozenset(self.unusable)) for number in range(self.row, self.row + self.repeated)]
        self.row = min(self.row + self.repeated - 1, EXCEL_ROWS)


def _count(attributes: dict[str, str], name: str, space: str = _TABLE) -> int:
    """How often, or over how many; a number that is none raises ValueError."""
    return max(int(attributes.get(f"{space}{name}") or 1), 1)


def _text(cell: dict[str, str], shown: str) -> str:
    """The cell's value as people would write it. Digits are taken as they are shown: 05 may be the number 5 in two places."""
    kind, value = cell.get(f"{_OFFICE}value-type", ""), cell.get(f"{_OFFICE}value", "")
    if kind == "date":
        return cell.get(f"{_OFFICE}date-value", shown).replace("T", " ").removesuffix(" 00:00:00")
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value", shown).upper()
    if kind in ("float", "percentage", "currency") and not shown.strip().isdigit():
        number = float(value or "nan")
        return f"{number:.0f}" if number.is_integer() else f"{number:.15g}" if value else shown
    return from_cell(shown or cell.get(f"{_OFFICE}string-value", ""))
