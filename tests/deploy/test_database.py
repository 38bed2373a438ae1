"""bin/database.py, which copies an SQLite database over the one in use while others are at work in it."""

import sqlite3
import subprocess
import sys
from contextlib import closing

from tests.deploy.test_settings import variables
from tests.test_settings import ROOT


def make(path, word: str) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE words (word)")
        database.execute("INSERT INTO words VALUES (?)", [word])


def words(database: sqlite3.Connection) -> list:
    return database.execute("SELECT word FROM words").fetchall()


def test_what_is_put_back_is_seen_by_who_was_connected_and_what_was_there_is_kept(tmp_path):
    used, earlier, kept = (tmp_path / name for name in ("used.sqlite3", "earlier.sqlite3", "kept.sqlite3"))
    make(used, "new"), make(earlier, "old")
    environment = variables() | {"PYTHONPATH": ".", "DATABASE_URL": f"sqlite:///{used}", "SECRET_KEY": "k" * 60}
    with closing(sqlite3.connect(used)) as connected:
        assert words(connected) == [("new",)]
        command = [sys.executable, "bin/database.py", "put-back", str(earlier), str(kept)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        assert words(connected) == [("old",)]
        assert connected.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with closing(sqlite3.connect(kept)) as copy:
        assert words(copy) == [("new",)]
