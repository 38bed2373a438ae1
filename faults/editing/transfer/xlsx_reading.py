"""Reads a workbook. openpyxl understands it; what it would swallow or not survive is refused by archive and xml_scan before."""

import warnings
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, time, timedelta
from io import BytesIO

from django.utils.translation import gettext_lazy
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import CellCoordinatesException, InvalidFileException, NamedRangeException
from openpyxl.worksheet.worksheet import Worksheet

from faults.editing.transfer.archive import BROKEN, DAMAGED, opened
from faults.editing.transfer.columns import EXPLANATION
from faults.editing.transfer.errors import UnreadableFile
from faults.editing.transfer.formulas import from_cell
from faults.editing.transfer.limits import MAX_COLUMNS
from faults.editing.transfer.tables import GridRow, Table, filled_down, table_of
from faults.editing.transfer.xml_scan import Part, scan

# openpyxl checks little: a part that isn't what it should be ends in whichever of these its code runs into first.
_GIVES_UP = (
    *(*DAMAGED, ArithmeticError, AssertionError, AttributeError, NameError, SyntaxError, TypeError),
    *(CellCoordinatesException, InvalidFileException, NamedRangeException),
)
_NOTHING = gettext_lazy("文件里没有可以读的工作表，或者工作表都是空的。请照模板填好，存为“Excel 工作簿（.xlsx）”，再上传。")


def tables(data: bytes) -> list[Table]:
    """The workbook's tables; sheets that are empty or called 填写说明 are left out. Raises UnreadableFile."""
    with closing(opened(data)) as archive:
        parts = scan(archive)
    try:
        with warnings.catch_warnings(action="ignore"):  # openpyxl warns of each thing in Excel that it doesn't know
            found = _read(data, parts)
    except _GIVES_UP as error:
        raise UnreadableFile(BROKEN) from error
    if not found:
        raise UnreadableFile(_NOTHING)
    return found


def _read(data: bytes, parts: dict[str, Part]) -> list[Table]:
    """The table of each sheet. Values are read, not formulas: openpyxl would try to understand those."""
    reader = ExcelReader(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    with closing(reader.archive):
        reader.read()
        part_of = {sheet.name: parts[rel.target] for sheet, rel in reader.parser.find_sheets() if rel.target in parts}
        wanted = [worksheet for worksheet in reader.wb.worksheets if worksheet.title != EXPLANATION]
        read = [_table(worksheet, part_of[worksheet.title]) for worksheet in wanted]
    return [table for table in read if table]


def _table(worksheet: Worksheet, part: Part) -> Table | None:
    return table_of(filled_down(_grid(worksheet, part), part.merged), worksheet.title)


def _grid(worksheet: Worksheet, part: Part) -> Iterator[GridRow]:
    worksheet.reset_dimensions()  # a sheet may claim any size
    unusable: dict[int, set[int]] = {}
    for row, column in part.unusable:
        unusable.setdefault(row, set()).add(column - 1)
    for number, values in enumerate(worksheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), start=1):
        texts = ["" if value is None else _text(value) for value in values]
        yield GridRow(number, texts, frozenset(unusable.get(number, ())))


def _text(value: str | bool | float | datetime | time | timedelta) -> str:
    """A cell's value as people would write it: 97.0 is 97, a date has no time of day."""
    match value:
        case str():
            return from_cell(unescape(value))
        case bool():
            return str(value).upper()
        case float():
            return f"{value:.0f}" if value.is_integer() else f"{value:.15g}"
        case datetime():
            return value.isoformat(" ", "seconds").removesuffix(" 00:00:00")
    return str(value)
