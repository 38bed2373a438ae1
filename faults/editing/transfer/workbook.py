"""The door to this package: tables in, tables out."""

from faults.editing.transfer import csv_reading, xlsx_reading
from faults.editing.transfer.cells import Names
from faults.editing.transfer.columns import COLUMNS, TITLES, Column
from faults.editing.transfer.errors import CellError, CellTooLong, UnreadableFile
from faults.editing.transfer.file_types import is_workbook
from faults.editing.transfer.limits import MAX_BYTES, MAX_ROWS
from faults.editing.transfer.rows import Refused, rows_of
from faults.editing.transfer.sheets import Line, Sheet
from faults.editing.transfer.template import template_xlsx
from faults.editing.transfer.writing import write_csv, write_xlsx

__all__ = [
    "COLUMNS",
    "MAX_BYTES",
    "MAX_ROWS",
    "TITLES",
    "CellError",
    "CellTooLong",
    "Column",
    "Line",
    "Names",
    "Refused",
    "Sheet",
    "UnreadableFile",
    "read",
    "rows_of",
    "template_xlsx",
    "write_csv",
    "write_xlsx",
]


def read(name: str, data: bytes) -> list[Sheet]:
    """The tables in a file that somebody sent: the sheets of a workbook, or the one of a CSV file; at least one.

    `name` is only quoted in sentences. Raises UnreadableFile, and nothing else, whatever the bytes are.
    """
    if is_workbook(name, data):
        return xlsx_reading.sheets(data)
    return [csv_reading.sheet(data)]
