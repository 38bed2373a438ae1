"""The highest numbers that rows were ever given: a number of what was deleted is not given again, history still speaks of it."""

from django.db import connection
from django.db.models import AutoField, BigAutoField, Max, Model, SmallAutoField


def read(models: dict[str, type[Model]]) -> dict[str, int]:
    """By table, where the database counts."""
    if connection.vendor == "postgresql":
        return {table: _last(table, model._meta.pk.column) for table, model in _counted(models).items()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name")
        return {table: last for table, last in cursor.fetchall() if table in models}


def write(models: dict[str, type[Model]], counters: dict[str, int]) -> None:
    """Goes on from there, and never below what is in the table."""
    for table, model in _counted(models).items():
        highest = model._base_manager.aggregate(highest=Max("pk"))["highest"] or 0
        _write(table, model._meta.pk.column, max(highest, counters.get(table, 0)))


def _counted(models: dict[str, type[Model]]) -> dict[str, type[Model]]:
    return {table: model for table, model in models.items() if isinstance(model._meta.pk, (AutoField, BigAutoField, SmallAutoField))}


def _last(table: str, column: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [connection.ops.quote_name(table), column])
        cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM {cursor.fetchone()[0]}")  # noqa: S608 (the server's own name)
        return cursor.fetchone()[0]


def _write(table: str, column: str, last: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = [connection.ops.quote_name(table), column]
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)", [*sequence, max(last, 1), last > 0])
        else:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
