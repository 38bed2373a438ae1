"""Tables that were read, kept until they are imported: to read a workbook again would take longer than the plan."""

import json
import zlib

from faults.editing.transfer.tables import GridRow, Table


def packed(tables: list[Table]) -> bytes:
    """The tables as bytes to keep."""
    said = [(table.title, [(row.number, row.texts, sorted(row.unusable)) for row in table.rows]) for table in tables]
    return zlib.compress(json.dumps(said).encode(), level=1)


def unpacked(data: bytes) -> list[Table]:
    """The inverse of packed. Raises ValueError for other bytes, and for tables as an earlier version kept them."""
    try:
        said = json.loads(zlib.decompress(data))
        return [Table(title, [GridRow(number, texts, frozenset(places)) for number, texts, places in rows]) for title, rows in said]
    except (zlib.error, TypeError, ValueError) as error:
        raise ValueError("no packed tables") from error
