"""Rows as lines that say the same whichever database they come from, and back."""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from uuid import UUID

from django.db import connection
from django.db.models import CharField, F, Field, Func, Model, TextField
from django.db.models.functions import Collate
from django.utils.duration import duration_string

BATCH = 2_000


def fields_of(model: type[Model]) -> list[Field]:
    """What stands in the table itself; what the database works out from it doesn't."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def read(model: type[Model]) -> Iterator[bytes]:
    """Every row as a line, in the order of the primary key, in batches of lines."""
    rows = model._base_manager.order_by(_by_key(model)).values_list(*(field.attname for field in fields_of(model)))
    lines = map(as_line, rows.iterator(BATCH))
    while batch := list(islice(lines, BATCH)):
        yield b"".join(batch)


def _by_key(model: type[Model]) -> F | Func:
    """Texts byte by byte, as SQLite sorts them: a server's language sorts in another order."""
    is_text = isinstance(model._meta.pk, (CharField, TextField))
    return Collate("pk", "C") if is_text and connection.vendor == "postgresql" else F("pk")


def as_line(row: Iterable) -> bytes:
    """Sorted keys, because PostgreSQL sorts those of JSON as it likes."""
    return json.dumps(list(row), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain).encode() + b"\n"


def _plain(value) -> str:
    """What Field.to_python reads again. Raises TypeError for what it couldn't."""
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return duration_string(value)
        case bytes() | memoryview():
            return b64encode(value).decode()
        case Decimal() | UUID():
            return str(value)
    raise TypeError(f"{type(value)} can't be written into a backup.")


def write(model: type[Model], lines: Iterable[bytes]) -> None:
    """Inserts rows from their lines, without the checks that models do: they were checked when they were first written."""
    fields, table = fields_of(model), connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    rows = _for_database(fields, lines)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)  # noqa: S608 (our own names)


def _for_database(fields: list[Field], lines: Iterable[bytes]) -> Iterator[list]:
    for line in lines:
        row = json.loads(line)
        yield [_value(field, value) for field, value in zip(fields, row, strict=True)]


def _value(field: Field, value):
    return None if value is None else field.get_db_prep_save(field.to_python(value), connection)
