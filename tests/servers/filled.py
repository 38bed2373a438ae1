"""Databases with knowledge and somebody of each role, for servers of tests: copied, not filled."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.contrib.auth.models import Group

from tests import people
from tests.databases import copy_sqlite, sqlite_sample
from tests.servers.working import on

EDITOR, PASSWORD = "editor", people.PASSWORD  # a superuser
ROLES = {"bian": "编辑", "fu": "复核", "guan": "管理员", "liang": "编辑"}


def make_people(database_url: str) -> None:
    """`editor` and one of each role; all sign in with PASSWORD."""
    with on(database_url):
        people.superuser(EDITOR)
        for name, role in ROLES.items():
            people.account(name, is_staff=True).groups.add(Group.objects.get(name=role))


def filled_sqlite(file: Path, template: Path | None = None) -> str:
    """A new file of the test's own, in one piece, with the whole knowledge or what the template has; its DATABASE_URL."""
    url = f"sqlite:///{copy_sqlite(file, template)}"
    make_people(url)
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return url


def sampled_sqlite(file: Path) -> str:
    """The same with the sample."""
    return filled_sqlite(file, sqlite_sample())
