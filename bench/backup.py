"""Seconds, size and memory of a backup and of trying it, beside cp or pg_dump of the same database in the same run."""

import own_database  # models need settings
from setup_django import ROOT

# isort: split
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import corpus
import usage_rows
from django.conf import settings
from django.db import connection

from faults.models import Fault, Search

ENTRIES, SEARCHES = 10_000, 1_000_000
MANAGE = [sys.executable, str(ROOT / "manage.py")]


def run(*command: object) -> tuple[float, float]:
    """Seconds that the command took, and the most megabytes it held."""
    began = time.perf_counter()
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, cwd=ROOT)  # noqa: S603 (our own commands)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    return time.perf_counter() - began, used.ru_maxrss / 1024


def plain(folder: Path) -> list:
    """What one would do without the command: on SQLite while nobody writes."""
    if connection.vendor == "postgresql":
        return ["pg_dump", "--format=custom", f"--file={folder / 'plain'}", os.environ["DATABASE_URL"]]
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return ["cp", settings.DATABASES["default"]["NAME"], folder / "plain"]


def row() -> None:
    """One line of the table, for the database as it is now."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copied, _ = run(*plain(folder))
        saved, held = run(*MANAGE, "backup", folder)
        file = next(folder.glob("posdesk-*.zip"))
        tried, held_trying = run(*MANAGE, "restore", file, "--verify")
        sizes = [path.stat().st_size / 1e6 for path in (folder / "plain", file)]
    what = f"{connection.vendor}, {Fault.objects.count():,} entries, {Search.objects.count():,} searches"
    times = f"{copied:.1f} | {sizes[0]:.1f} | {saved:.1f} | {saved / copied:.1f} | {sizes[1]:.1f} | {held:.0f}"
    print(f"| {what} | {times} | {tried:.1f} | {held_trying:.0f} |", flush=True)


def measure() -> bool:
    """Prints the table at the shipped knowledge and at many rows."""
    with_what = "pg_dump" if connection.vendor == "postgresql" else "cp"
    print(f"| | {with_what}, s | MB | backup, s | as often | MB | memory, MB | restore --verify, s | memory, MB |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    row()
    corpus.fill(ENTRIES)
    usage_rows.fill(usage_rows.Maker(), SEARCHES)
    connection.close()
    row()
    return True


if __name__ == "__main__":
    own_database.measured(__file__, measure)
