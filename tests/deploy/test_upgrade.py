"""bin/upgrade brings an old installation to this version, and nothing of the team's is lost."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from faults.editing.edits import current_row, save_edit
from faults.editing.publishing import publish
from faults.models import Action, Fault
from tests.servers.filled import EDITOR, filled_sqlite
from tests.servers.working import manage, on
from tests.test_settings import ROOT

OLD = "0010"  # what faults' tables were once
WORDS = "机器上贴着我们自己的标签"
NOT_CHECKED_OUT = {".git", ".venv", "var", "static", "tests", "docs", "bench"}
pytestmark = pytest.mark.xdist_group("upgrade")


class Installation:
    """A checkout with its own var/ and static/, and the settings of an env file."""

    def __init__(self, folder: Path):
        self.folder, self.backups = folder / "posdesk", folder / "backups"
        for path in ROOT.iterdir():
            if path.is_dir() and path.name not in NOT_CHECKED_OUT and not path.name.endswith("_cache"):
                shutil.copytree(path, self.folder / path.name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        for name in ("Makefile", "manage.py", "requirements.txt", ".gitignore"):
            shutil.copy2(ROOT / name, self.folder)
        (self.folder / ".venv").symlink_to(ROOT / ".venv")
        self.backups.mkdir()
        (folder / "env").write_text("ALLOWED_HOSTS=help.example.cn\nHTTPS=1\nPROXIES=1\nHSTS_SECONDS=31536000\n", encoding="utf-8")
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
        self._environment = kept | {"POSDESK_ENV": str(folder / "env"), "BACKUPS": str(self.backups), "PIDFILE": str(folder / "none")}

    def run(self, *command: str) -> str:
        """What it prints. Raises AssertionError with all of it when it fails."""
        finished = subprocess.run(command, cwd=self.folder, env=self._environment, capture_output=True, text=True)
        assert finished.returncode == 0, finished.stdout + finished.stderr
        return finished.stdout

    def git(self, *arguments: str) -> str:
        return self.run("git", "-c", "user.name=t", "-c", "user.email=t@example.cn", *arguments)

    def commit(self, tag: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", tag)
        self.git("tag", tag)

    def asked(self, sql: str) -> list:
        with sqlite3.connect(self.folder / "var/posdesk.sqlite3") as database:
            return database.execute(sql).fetchall()


def fill(here: Installation) -> None:
    """What `make production` and the team left there while that version was new."""
    (here.folder / "var").mkdir(mode=0o700)
    (here.folder / "var/secret-key").write_text("k" * 64)
    (here.folder / "static/faults").mkdir(parents=True)
    database = filled_sqlite(here.folder / "var/posdesk.sqlite3")
    with on(database):
        user, fault = User.objects.get(username=EDITOR), Fault.objects.get(number=40)
        save_edit("fault", current_row(fault) | {"symptom": WORDS}, user, Action.CHANGED, item=fault)
        publish(fault, user)
    manage(database, "migrate", "--verbosity=0", "faults", OLD)


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory):
    """An installation that was old, with an account and an edited entry, after bin/upgrade; and what was in it before."""
    here = Installation(tmp_path_factory.mktemp("installation"))
    here.git("init", "--quiet")
    here.commit("v-new")
    (here.folder / "templates/base.html").write_text("old", encoding="utf-8")
    here.commit("v-old")
    fill(here)
    (old_page := here.folder / "static/faults/old.0123456789ab.css").write_text("of an open page", encoding="utf-8")
    before = {name: here.asked(sql) for name, sql in KEPT.items()}
    assert here.asked("SELECT symptom FROM faults_fault WHERE number = 40") == [(WORDS,)] and before["account"]
    printed = here.run("bin/upgrade", "v-new")
    return here, before, printed, old_page


KEPT = {
    "account": "SELECT username, password, is_superuser FROM auth_user",
    "entries": "SELECT number, title, symptom, status FROM faults_fault ORDER BY number",
    "history": "SELECT * FROM faults_change ORDER BY id",
}


def test_everything_is_there(upgraded):
    here, before, _, _ = upgraded
    assert {name: here.asked(sql) for name, sql in KEPT.items()} == before


def test_the_tables_are_new(upgraded):
    here = upgraded[0]
    assert "[ ]" not in here.run("bin/manage", "showmigrations", "--plan")


def test_the_code_is_new(upgraded):
    here = upgraded[0]
    assert here.git("describe", "--tags").strip() == "v-new"
    assert (here.folder / "templates/base.html").read_text() == (ROOT / "templates/base.html").read_text()


def test_there_is_a_backup_of_before(upgraded):
    here, _, printed, _ = upgraded
    (backup,) = here.backups.iterdir()
    assert backup.stat().st_size > 100_000 and str(backup) in printed


def test_open_pages_keep_their_files(upgraded):
    assert upgraded[3].exists()


def test_it_says_that_there_is_no_server_to_tell(upgraded):
    assert upgraded[2].rstrip().endswith("posdesk isn't running")
