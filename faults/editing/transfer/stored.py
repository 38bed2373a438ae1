"""Tables that were read, kept until they are imported: to read a workbook again would take longer than the plan."""

import json
import zlib

from faults.editing.transfer.sheets import Line, Sheet


def packed(sheets: list[Sheet]) -> bytes:
    """The tables as bytes to keep."""
    said = [(sheet.kind, sheet.headers, [_said(sheet, line) for line in sheet.rows]) for sheet in sheets]
    return zlib.compress(json.dumps(said).encode(), level=1)


def unpacked(data: bytes) -> list[Sheet]:
    """The inverse of packed. Raises ValueError for other bytes."""
    try:
        said = json.loads(zlib.decompress(data))
    except zlib.error as error:
        raise ValueError("no packed tables") from error
    return [Sheet(kind, headers, [_line(headers, *line) for line in lines]) for kind, headers, lines in said]


def _said(sheet: Sheet, line: Line) -> tuple[int, list[str], list[str]]:
    return line.number, [line.cells[header] for header in sheet.headers], sorted(line.formulas)


def _line(headers: list[str], number: int, texts: list[str], formulas: list[str]) -> Line:
    return Line(number, dict(zip(headers, texts, strict=True)), frozenset(formulas))
