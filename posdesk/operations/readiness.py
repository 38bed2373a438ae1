"""Whether this process can serve readers: each thing it needs, asked for once, none for longer than some seconds."""

import logging
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from posdesk.operations import installation

MILLISECONDS = 3_000  # for one question to PostgreSQL; connecting has its own limit in the settings
OK, FAILED, UNKNOWN, READ_ONLY = "ok", "failed", "unknown", "read only"

log = logging.getLogger(__name__)


@contextmanager
def in_time() -> Iterator[None]:
    """PostgreSQL gives up a question that takes too long. SQLite answers readers at once, whoever writes."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(MILLISECONDS)])  # until this transaction ends
        yield


@in_time()
def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


@in_time()
def _migrations() -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(missing)} not applied" if missing else OK


@in_time()
def _tables() -> str:
    """Those that posdesk's models have: whoever brings a database back by hand may have left some out."""
    there = set(connection.introspection.table_names())
    missing = [model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    missing = [table for table in missing if table not in there]
    return f"{len(missing)} missing" if missing else OK


@in_time()
def _writing() -> str:
    """Votes, sessions and edits are taken: no standby, no file that others own, no disk that was mounted to be read."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_read_only")
            return OK if cursor.fetchone() == ("off",) else READ_ONLY
    file = installation.sqlite_file()
    return OK if file is None or all(os.access(path, os.W_OK) for path in (file, file.parent)) else READ_ONLY


def _cache() -> str:
    said = secrets.token_hex(8)
    cache.set("readiness", said, timeout=60)
    return OK if cache.get("readiness") == said else FAILED


# What is asked of the database when it answers, in this order. Whoever needs more to serve readers adds it.
CHECKS: dict[str, Callable[[], str]] = {"migrations": _migrations, "tables": _tables, "writing": _writing}


def readiness() -> dict[str, str]:
    """Each part with ok, or what is wrong with it in a few words that tell a stranger nothing; unknown if the database is away."""
    database = _asked("database", _database)
    others = {name: _asked(name, question) if database == OK else UNKNOWN for name, question in CHECKS.items()}
    beside = {name: _asked(name, look) or OK for name, look in installation.PARTS.items()}
    return {"database": database, **others, "cache": _asked("cache", _cache), **beside}


def _asked(name: str, question: Callable[[], str]) -> str:
    """Its answer. What went wrong stands in the log alone: it names hosts."""
    try:
        return question()
    except Exception as error:  # noqa: BLE001 (whatever it is, this part can't be used; each database and cache has errors of its own)
        log.warning("Not ready, %s: %s", name, error)
        return FAILED
