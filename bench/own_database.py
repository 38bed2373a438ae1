"""Where a bench measures that writes: the empty database that DATABASE_URL names, or one on SQLite in a temporary folder."""

from setup_django import ROOT  # models need settings

# isort: split
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from io import StringIO

from django.core.management import call_command
from django.db import connection


def measured(script: str, measure: Callable[[], bool]) -> None:
    """Fills the database with the knowledge, measures, and exits with 1 unless all went as it should.

    Without DATABASE_URL the script runs once more, in another process that has one.
    """
    if os.environ.get("DATABASE_URL"):
        _load()
        sys.exit(0 if measure() else 1)
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3"}
        sys.exit(subprocess.run([sys.executable, script], cwd=ROOT, env=environment).returncode)  # noqa: S603


def _load() -> None:
    if connection.introspection.table_names():
        raise SystemExit("The database of DATABASE_URL isn't empty. This would fill it with made-up rows: name an empty one.")
    call_command("migrate", verbosity=0)
    call_command("load_knowledge", verbosity=0, stdout=StringIO())
