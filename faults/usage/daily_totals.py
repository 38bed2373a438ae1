"""Sums of every day: added to where they stand, whoever else is adding at the same time."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.db import connection

from faults.models import SearchDay, UseDay

OF_USE = ("views", "opened", "solved", "helpful", "unhelpful")
OF_SEARCHES = ("searches", "answered", "near", "nothing", "opened", "repeated")

Used = tuple[date, str, str]  # the day, the kind and the key of what was used


def add_use(sums: Mapping[Used, Counter[str]]) -> None:
    """Adds to the sums of these days and things."""
    _add(UseDay._meta.db_table, ("day", "kind", "key"), OF_USE, sums)


def add_searches(sums: Mapping[date, Counter[str]]) -> None:
    """Adds to the sums of these days."""
    _add(SearchDay._meta.db_table, ("day",), OF_SEARCHES, {(day,): counts for day, counts in sums.items()})


def _add(table: str, names: tuple[str, ...], columns: tuple[str, ...], sums: Mapping[tuple, Counter[str]]) -> None:
    """Rows are written in order, so that two writers wait for each other and can't lock each other out."""
    if not sums:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            _statement(table, names, columns),
            [[*map(_bound, key), *(counts[column] for column in columns)] for key, counts in sorted(sums.items())],
        )


def _statement(table: str, names: tuple[str, ...], columns: tuple[str, ...]) -> str:
    """Quoted, because `nothing` is a word of SQL's own."""
    quoted = {name: connection.ops.quote_name(name) for name in (*names, *columns)}
    added = ", ".join(f"{quoted[column]} = {table}.{quoted[column]} + excluded.{quoted[column]}" for column in columns)
    places, keys = ", ".join(["%s"] * len(quoted)), ", ".join(quoted[name] for name in names)
    insert = f"INSERT INTO {table} ({', '.join(quoted.values())}) VALUES ({places})"  # noqa: S608 (our own names)
    return f"{insert} ON CONFLICT ({keys}) DO UPDATE SET {added}"


def _bound(value):
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
