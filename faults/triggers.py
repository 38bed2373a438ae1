"""The database itself renews the content version: whatever changes content, through whatever door, cannot forget it."""

from django.apps import apps
from django.db import connections

from faults.models import (
    Audited,
    Change,
    ContentVersion,
    DealtWith,
    Flag,
    Judgment,
    LoadedItem,
    Revision,
    SavedView,
    ScheduledStep,
    Search,
    SearchDay,
    SearchToken,
    SearchWord,
    Solved,
    Upkeep,
    Upload,
    UseDay,
    Vote,
)

_OF_THE_DESK = (Audited, Change, DealtWith, Judgment, LoadedItem, Revision, SavedView, ScheduledStep, Upkeep, Upload)
_OF_READERS = (Flag, Search, SearchDay, Solved, UseDay, Vote)
NOT_CONTENT = (*_OF_THE_DESK, *_OF_READERS, ContentVersion, SearchToken, SearchWord)
VERSION = ContentVersion._meta.db_table

_SQLITE_NEW = "lower(hex(randomblob(16)))"
_POSTGRESQL_NEW = "md5(gen_random_uuid()::text)"
_FUNCTION = f"""CREATE OR REPLACE FUNCTION {VERSION}_renew() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN UPDATE {VERSION} SET token = {_POSTGRESQL_NEW}; RETURN NULL; END $$"""  # noqa: S608 (constants)


def tables() -> list[str]:
    """The names of all tables that hold content, those of many-to-many relations included."""
    models = apps.get_app_config("faults").get_models(include_auto_created=True)
    return sorted(model._meta.db_table for model in models if model not in NOT_CONTENT)


def _sqlite(table: str) -> list[str]:
    renew = f"UPDATE {VERSION} SET token = {_SQLITE_NEW}"  # noqa: S608 (constants)
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_{event.lower()}_renews AFTER {event} ON {table} BEGIN {renew}; END"
        for event in ("INSERT", "UPDATE", "DELETE")
    ]


def _postgresql(table: str) -> list[str]:
    return [
        f"CREATE OR REPLACE TRIGGER {table}_renews AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {VERSION}_renew()"
    ]


def ensure(using: str = "default", **kwargs) -> None:
    """Creates the version's row and the triggers that are missing.

    Called after every `migrate`: on SQLite altering a table drops its triggers; and after a flush, which empties the version too.
    """
    there = set(connections[using].introspection.table_names())
    if VERSION not in there:
        return  # migrated back to before there was a version
    is_postgresql = connections[using].vendor == "postgresql"
    each = _postgresql if is_postgresql else _sqlite
    token = _POSTGRESQL_NEW if is_postgresql else _SQLITE_NEW
    with connections[using].cursor() as cursor:
        cursor.execute(f"INSERT INTO {VERSION} (id, token) VALUES (1, {token}) ON CONFLICT (id) DO NOTHING")  # noqa: S608 (constants)
        if is_postgresql:
            cursor.execute(_FUNCTION)
        for statement in (statement for table in tables() if table in there for statement in each(table)):
            cursor.execute(statement)
