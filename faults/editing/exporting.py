"""The knowledge as tables: everything of a kind, as the desk would publish it next."""

from collections.abc import Iterable, Iterator

from faults.editing.bulk_reading import current_rows
from faults.editing.display_names import display_names_for_tables
from faults.editing.transfer.workbook import TITLES


def rows_of_kind(kind: str) -> Iterator[dict]:
    """Every item of the kind with the work that is in progress on it, in a fixed number of queries."""
    return (row for _item, row in current_rows(kind))


def as_xlsx(kinds: Iterable[str] = TITLES) -> bytes:
    """A workbook with a sheet for each kind, each row with its version. Raises CellTooLong."""
    from faults.editing.transfer.writing import write_xlsx

    return write_xlsx({kind: rows_of_kind(kind) for kind in kinds}, display_names_for_tables(), versions=True)


def as_csv(kind: str) -> bytes:
    """One kind as CSV that Excel opens, each row with its version. Raises CellTooLong."""
    from faults.editing.transfer.writing import write_csv

    return write_csv(kind, rows_of_kind(kind), display_names_for_tables(), versions=True)


def template() -> bytes:
    """An empty workbook with an explanation of every column."""
    from faults.editing.transfer.template import template_xlsx

    return template_xlsx(display_names_for_tables())
