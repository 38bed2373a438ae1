"""Reads a workbook. openpyxl understands it; what it would swallow or not survive is refused by archive and xml_scan before."""

import warnings
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, time, timedelta
from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import CellCoordinatesException, InvalidFileException, NamedRangeException
from openpyxl.worksheet.worksheet import Worksheet

from faults.editing.transfer.archive import BROKEN, DAMAGED, opened
from faults.editing.transfer.columns import EXPLANATION, TITLES
from faults.editing.transfer.errors import UnreadableFile
from faults.editing.transfer.formulas import from_cell
from faults.editing.transfer.limits import MAX_COLUMNS
from faults.editing.transfer.sheets import GridRow, Sheet, sheet_of
from faults.editing.transfer.xml_scan import Part, scan

# openpyxl checks little: a part that isn't what it should be ends in whichever of these its code runs into first.
_GIVES_UP = (
    *(*DAMAGED, ArithmeticError, AssertionError, AttributeError, NameError, SyntaxError, TypeError),
    *(CellCoordinatesException, InvalidFileException, NamedRangeException),
)
_NOTHING = gettext_lazy("文件里没有可以读的工作表，或者工作表都是空的。请照模板填好，存为“Excel 工作簿（.xlsx）”，再上传。")


def sheets(data: bytes) -> list[Sheet]:
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
    _refuse_two_of_a_kind(found)
    return [sheet for _, sheet in found]


def _read(data: bytes, parts: dict[str, Part]) -> list[tuple[str, Sheet]]:
    """Title and table of each sheet. Values are read, not formulas: openpyxl would try to understand those."""
    reader = ExcelReader(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    with closing(reader.archive):
        reader.read()
        part_of = {sheet.name: parts[rel.target] for sheet, rel in reader.parser.find_sheets() if rel.target in parts}
        wanted = [worksheet for worksheet in reader.wb.worksheets if worksheet.title != EXPLANATION]
        read = [(worksheet.title, _sheet(worksheet, part_of[worksheet.title])) for worksheet in wanted]
    return [(title, sheet) for title, sheet in read if sheet]


def _sheet(worksheet: Worksheet, part: Part) -> Sheet | None:
    where = _("工作表“%(title)s”：") % {"title": worksheet.title}
    sheet = sheet_of(_grid(worksheet, part), where)
    if sheet and part.merged:
        raise UnreadableFile(where + _("有合并的单元格。请选中整张表，点“取消合并单元格”，补上空出来的格子，再上传。"))
    return sheet


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


def _refuse_two_of_a_kind(found: list[tuple[str, Sheet]]) -> None:
    """Two sheets of a kind would make “第3行” mean two lines."""
    titles: dict[str, str] = {}
    for title, sheet in found:
        if sheet.kind in titles:
            both = {"one": titles[sheet.kind], "other": title, "table": TITLES[sheet.kind]}
            raise UnreadableFile(_("工作表“%(one)s”和“%(other)s”都是“%(table)s”表。请合成一张，再上传。") % both)
        titles[sheet.kind] = title
