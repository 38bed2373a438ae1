"""Looks through every part of a workbook once, in pieces, before openpyxl may read it. ods_reading reads in the same way.

openpyxl keeps whole rows and whole parts as trees and believes the row numbers it reads, so sizes are checked here. And it
doesn't tell of a sheet opened for reading only which cells are merged, or, when it gives values, which come from formulas.
"""

from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZipFile, ZipInfo

from django.utils.translation import gettext_lazy
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.xml.constants import SHEET_MAIN_NS

from faults.editing.transfer.archive import BROKEN, DAMAGED, Allowance
from faults.editing.transfer.errors import UnreadableFile
from faults.editing.transfer.limits import EXCEL_ROWS, MAX_CELL, MAX_COLUMNS, MAX_EMPTY_ROWS, MAX_NODES, MAX_ROWS, MAX_TREE
from faults.editing.transfer.tables import Merged

_PIECE = 2**20
_TOO_MANY_CELLS = gettext_lazy("工作簿里的格子太多。请把要导入的表复制到新的工作簿里，不带空着的行和列，再上传。")
TOO_MANY_ROWS = gettext_lazy("工作表超过%(most)s行，一次读不了这么多。请分成几个文件，再上传。")
_TOO_MANY_EMPTY_ROWS = gettext_lazy("工作表里空着的行超过%(most)s行。请选中最后一条下面所有的行，删掉，另存后再上传。")
TOO_WIDE = gettext_lazy("第%(most)s列右边还有内容。请删掉右边不用的列，另存后再上传。")
_TOO_LONG = gettext_lazy("工作表里有一格太长。请把这一格改短（一格最多%(most)s个字），另存后再上传。")
_DTD = gettext_lazy("文件里带有DTD定义，这样的文件不读。请把要导入的表复制到新的工作簿里（不带图片），再上传。")


@dataclass
class Part:
    """What a part says that openpyxl doesn't pass on. `unusable`: (row, column) of cells that hold a formula or an error."""

    merged: list[Merged] = field(default_factory=list)
    unusable: set[tuple[int, int]] = field(default_factory=set)


def scan(archive: ZipFile) -> dict[str, Part]:
    """Every part by its name. Raises UnreadableFile for one that is broken, too big, or has a DTD (so no entity bombs)."""
    unpacked, nodes = Allowance(), Nodes()
    return {member.filename: _scanned(archive, member, unpacked, nodes) for member in archive.infolist()}


class Nodes:
    """Counts elements and attributes: of all parts, and since the last row or string, after which openpyxl forgets what was before."""

    def __init__(self):
        self.count = self.forgotten = 0

    def add(self, amount: int) -> None:
        self.count += amount
        if self.count > MAX_NODES or self.count - self.forgotten > MAX_TREE:
            raise UnreadableFile(_TOO_MANY_CELLS)

    def forget(self) -> None:
        self.forgotten = self.count


def _scanned(archive: ZipFile, member: ZipInfo, unpacked: Allowance, nodes: Nodes) -> Part:
    nodes.forget()
    scanner = _SheetScanner(nodes)
    read_part(archive, member, unpacked, scanner)
    return scanner.part


def read_part(archive: ZipFile, member: ZipInfo, unpacked: Allowance, scanner: "Scanner") -> None:
    """Feeds one part to the scanner. Raises UnreadableFile."""
    try:
        with archive.open(member) as stream:
            while piece := stream.read(_PIECE):
                unpacked.take(len(piece))
                scanner.feed(piece)
        scanner.parser.Parse(b"", True)
    except ExpatError as error:
        # A picture is no XML either. Should openpyxl be led to one, it stops where we stopped.
        if member.filename.endswith((".xml", ".rels")):
            raise UnreadableFile(BROKEN) from error
    except DAMAGED as error:
        raise UnreadableFile(BROKEN) from error


class Scanner:
    """Reads one part, and calls the handler of each element that has one, by "namespace name", with its attributes."""

    def __init__(self, nodes: Nodes):
        self.nodes, self.handlers = nodes, {}
        self.parser = ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.StartDoctypeDeclHandler = self._refuse_dtd

    def feed(self, piece: bytes) -> None:
        """Reads on. A full piece in which nothing begins is one endless text or tag, for which parsers need ever more time."""
        before = self.nodes.count
        self.parser.Parse(piece, False)
        if len(piece) == _PIECE and self.nodes.count == before:
            raise UnreadableFile(_TOO_LONG % {"most": MAX_CELL})

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.nodes.add(1 + len(attributes))
        if handler := self.handlers.get(name):
            handler(attributes)

    def _refuse_dtd(self, *declaration) -> None:
        raise UnreadableFile(_DTD)


class _SheetScanner(Scanner):
    """Reads a part of XLSX. `row` and `column` are where it is, as openpyxl would count."""

    def __init__(self, nodes: Nodes):
        super().__init__(nodes)
        self.part = Part()
        self.row = self.column = self.rows = self.filled_rows = 0
        self.row_is_filled = False
        handlers = {"sheetData": self._data, "row": self._row, "c": self._cell, "v": self._value, "is": self._value}
        handlers |= {"f": self._formula, "mergeCell": self._merge, "si": self._string}
        self.handlers = {f"{SHEET_MAIN_NS} {name}": handler for name, handler in handlers.items()}

    def _data(self, attributes: dict[str, str]) -> None:
        self.row = 0

    def _row(self, attributes: dict[str, str]) -> None:
        number = int(attributes.get("r") or self.row + 1)
        if not self.row < number <= EXCEL_ROWS:  # openpyxl fills gaps row by row, and loses rows that go back
            raise UnreadableFile(BROKEN)
        self.row, self.column, self.row_is_filled, self.rows = number, 0, False, self.rows + 1
        if self.rows - self.filled_rows > MAX_EMPTY_ROWS:
            raise UnreadableFile(_TOO_MANY_EMPTY_ROWS % {"most": MAX_EMPTY_ROWS})
        self.nodes.forget()

    def _cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        self.column = coordinate_to_tuple(place)[1] if place else self.column + 1
        if attributes.get("t") == "e":
            self.part.unusable.add((self.row, self.column))

    def _value(self, attributes: dict[str, str]) -> None:
        if self.column > MAX_COLUMNS:
            raise UnreadableFile(TOO_WIDE % {"most": MAX_COLUMNS})
        if not self.row_is_filled and self.column:
            self.row_is_filled, self.filled_rows = True, self.filled_rows + 1
        if self.filled_rows > MAX_ROWS + 1:  # one is the header
            raise UnreadableFile(TOO_MANY_ROWS % {"most": MAX_ROWS})

    def _formula(self, attributes: dict[str, str]) -> None:
        self.part.unusable.add((self.row, self.column))

    def _string(self, attributes: dict[str, str]) -> None:
        self.nodes.forget()

    def _merge(self, attributes: dict[str, str]) -> None:
        left, top, _right, bottom = range_boundaries(attributes.get("ref", ""))
        if left and top and bottom and top < bottom and left <= MAX_COLUMNS:
            self.part.merged.append(Merged(top, bottom, left - 1))
