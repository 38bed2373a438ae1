"""Writes rows as XLSX and CSV."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO, StringIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from faults.editing.knowledge_files import key_of
from faults.editing.transfer.cells import Choice, Day, Names, Number, OneLine
from faults.editing.transfer.columns import COLUMNS, TITLES, VERSION, Column, headers_of
from faults.editing.transfer.errors import CellTooLong
from faults.editing.transfer.formulas import escaped, to_cell
from faults.editing.transfer.limits import MAX_CELL
from faults.editing.transfer.versions import version_of

_AS_TEXT = "@"  # Excel keeps the 0 of 05, and makes no date of 2026-11-20


def write_xlsx(sheets: Mapping[str, Iterable[dict]], names: Names, versions: bool = False) -> bytes:
    """A workbook with a sheet for each kind, in the order given. Raises CellTooLong.

    `versions`: with a hidden last column by which an import knows what was changed since.
    """
    tables = {kind: [_texts(kind, row, names, versions) for row in rows] for kind, rows in sheets.items()}
    workbook = Workbook(write_only=True)
    for kind, table in tables.items():
        add_sheet(workbook, kind, table, versions)
    return saved(workbook)


def write_csv(kind: str, rows: Iterable[dict], names: Names, versions: bool = False) -> bytes:
    """A file of one kind, in UTF-8 with a mark by which Excel knows it. `versions`: as for write_xlsx. Raises CellTooLong."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*headers_of(kind), *_version_header(versions)])
    writer.writerows(_texts(kind, row, names, versions) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def add_sheet(workbook: Workbook, kind: str, table: Iterable[list[str]], versions: bool = False) -> None:
    """A kind's sheet with its headers and these texts."""
    sheet = workbook.create_sheet(TITLES[kind])
    lay_out(sheet, [column.width for column in COLUMNS[kind]])
    for place, column in enumerate(COLUMNS[kind], start=1):
        sheet.column_dimensions[get_column_letter(place)].number_format = _format(column)  # for the rows still to be written
    if versions:
        sheet.column_dimensions[get_column_letter(len(COLUMNS[kind]) + 1)].hidden = True
    sheet.append(header_cells(sheet, [*headers_of(kind), *_version_header(versions)]))
    cells = [_body_cell(sheet, column) for column in COLUMNS[kind]]
    for texts in table:
        sheet.append([*_filled(cells, COLUMNS[kind], texts), *texts[len(cells) :]])


def lay_out(sheet: Worksheet, widths: list[int]) -> None:
    """Sets the widths, and keeps the first row in view. To be called before the first row is written."""
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width


def header_cells(sheet: Worksheet, headers: Iterable[str]) -> list[Cell]:
    """Bold cells on grey."""
    cells = [WriteOnlyCell(sheet, header) for header in headers]
    for cell in cells:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E7E6E6")
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cells


def text_cell(sheet: Worksheet) -> Cell:
    """A cell for text of several lines."""
    cell = WriteOnlyCell(sheet)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def put_text(cell: Cell, text: str) -> None:
    """Makes this the cell's text: never a formula, an error or a number, whatever it looks like."""
    cell.value = escaped(text) or None
    if text:
        cell.data_type = "s"


def saved(workbook: Workbook) -> bytes:
    """The workbook's bytes."""
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _version_header(versions: bool) -> list[str]:
    return [VERSION] if versions else []


def _texts(kind: str, row: dict, names: Names, versions: bool) -> list[str]:
    texts = [_text(kind, column, row, names) for column in COLUMNS[kind]]
    return [*texts, version_of(kind, row, texts)] if versions else texts


def _text(kind: str, column: Column, row: dict, names: Names) -> str:
    text = to_cell(column.write(row, names))
    if len(escaped(text)) > MAX_CELL:  # openpyxl would cut it off and say nothing
        item = key_of(kind, row).partition(":")[2]
        where = {"table": TITLES[kind], "item": item, "field": column.header, "most": MAX_CELL}
        raise CellTooLong(_("“%(table)s”表里“%(item)s”的“%(field)s”超过%(most)s个字，一格写不下。请先在网页上改短，再导出。") % where)
    return text


def _format(column: Column) -> str:
    """Only what is short is marked as text: of longer text marked so, old programs show nothing but ####."""
    return _AS_TEXT if isinstance(column.cell, OneLine | Choice | Day) else "General"


def _body_cell(sheet: Worksheet, column: Column) -> Cell:
    cell = text_cell(sheet)
    cell.number_format = _format(column)
    return cell


def _filled(cells: list[Cell], columns: tuple[Column, ...], texts: list[str]) -> Iterator[Cell]:
    """The same cells again with new texts: each is written out before the next row comes."""
    for cell, column, text in zip(cells, columns, texts, strict=False):
        if isinstance(column.cell, Number) and text:
            cell.value = int(text)  # so that Excel sorts 9 before 10
        else:
            put_text(cell, text)
        yield cell
