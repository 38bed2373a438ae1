"""This process works on a database that a server of a test uses: what would take a process of its own takes no start here."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import StringIO
from unittest import mock

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.db.utils import load_backend

from posdesk import environment


@contextmanager
def on(database_url: str) -> Iterator[None]:
    """Within, the default database is that one, and nothing is remembered of another."""
    used, its = connections["default"], _connection(database_url)
    _forget()
    connections["default"] = its
    try:
        yield
    finally:
        connections["default"] = used
        its.close()
        _forget()


def _connection(database_url: str):
    with mock.patch.dict("os.environ", DATABASE_URL=database_url):
        given = environment.database(settings.VAR_DIR / "none")
    made = connections["default"].settings_dict | given | {"CONN_MAX_AGE": 0, "HOST": given.get("HOST", ""), "PORT": given.get("PORT", "")}
    its = load_backend(made["ENGINE"]).DatabaseWrapper(made, "default")
    # pytest-django lets tests reach no database without its mark; this one is the test's own.
    its.ensure_connection = partial(_ensure, its)
    return its


def _ensure(its) -> None:
    if its.connection is None:
        with its.wrap_database_errors:
            its.connect()


def _forget() -> None:
    ContentType.objects.clear_cache()
    cache.clear()


def manage(database_url: str, *arguments: object) -> str:
    """What a command of manage.py prints there. Raises CommandError."""
    printed, on_sigterm = StringIO(), signal.getsignal(signal.SIGTERM)
    try:
        with on(database_url):
            call_command(*map(str, arguments), stdout=printed)
    finally:
        signal.signal(signal.SIGTERM, on_sigterm)  # a command may change it for its process
    return printed.getvalue()
