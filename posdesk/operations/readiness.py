"""Whether this process can serve readers: each thing it needs, asked for once, none for longer than some seconds."""

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

MILLISECONDS = 3_000  # for one question to PostgreSQL; connecting has its own limit in the settings
OK, FAILED, UNKNOWN = "ok", "failed", "unknown"

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


def _cache() -> str:
    said = secrets.token_hex(8)
    cache.set("readiness", said, timeout=60)
    return OK if cache.get("readiness") == said else FAILED


# What is asked of the database when it answers, in this order. Whoever needs more to serve readers adds it.
CHECKS: dict[str, Callable[[], str]] = {"migrations": _migrations}


def readiness() -> dict[str, str]:
    """Each part with ok, or what is wrong with it in a few words that tell a stranger nothing; unknown if the database is away."""
    database = _asked("database", _database)
    others = {name: _asked(name, question) if database == OK else UNKNOWN for name, question in CHECKS.items()}
    return {"database": database, **others, "cache": _asked("cache", _cache)}


def _asked(name: str, question: Callable[[], str]) -> str:
    """Its answer. What went wrong stands in the log alone: it names hosts."""
    try:
        return question()
    except Exception as error:  # noqa: BLE001 (whatever it is, this part can't be used; each database and cache has errors of its own)
        log.warning("Not ready, %s: %s", name, error)
        return FAILED
