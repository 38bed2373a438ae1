"""bin/upgrade and bin/downgrade, killed at their steps: the site goes on, the same command finishes it, and nothing of the team's is lost.

`make test` stops once amid an installation and once amid an upgrade, `make test-faults` at every step, and goes back.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.budget import IS_LONG, either
from tests.deploy.installation import NEW, OLD, Gunicorn, Installation
from tests.servers.filled import sampled_sqlite

# In the order of the steps: what was tried is not tried again.
BEFORE = [
    ("code", 0),
    ("packages", 0),
    ("settings", 0),
    ("trial", 0),
    ("trial", 5),
    ("backup", 0),
    ("tables", 0),
    ("tables", 1),
    ("switch", 0),
]
# A step at which it is killed, the seconds it has been at it, and the version of a worker that comes then.
UPGRADE_KILLED = either(
    [("workers", 0, NEW)],
    [(*killed, OLD) for killed in BEFORE] + [(step, 0, NEW) for step in ("workers", "knowledge", "tidy")],
)
DOWNGRADE_KILLED = ["restore", "put back", "switch", "workers"]
WORDS = "机器上贴着我们自己的标签"
KEPT = {
    "account": "SELECT username, password, is_superuser FROM auth_user",
    "entries": "SELECT number, title, symptom, status FROM faults_fault ORDER BY number",
    # Without its JSON, whose keys come back from a backup in another order.
    "history": "SELECT id, kind, item_id, name, action, why, made_at, made_by_id FROM faults_change ORDER BY id",
}
pytestmark = pytest.mark.xdist_group("upgrade")


def asked(database: Path, sql: str) -> list:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(sql).fetchall()


def kept(here: Installation) -> dict[str, list]:
    return {name: asked(here.database, sql) for name, sql in KEPT.items()}


def is_migrated(here: Installation) -> bool:
    return asked(here.database, "SELECT count(*) FROM sqlite_master WHERE name = 'added'") == [(1,)]


class Running(NamedTuple):
    """An installation, its server, what deploy/install said, what was in it before the upgrade, and what was seen when that was killed."""

    here: Installation
    server: Gunicorn
    said: str
    before: dict[str, list]
    seen: list[tuple[str, int, str]]


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """OLD, installed beside the data that the team had, serving; bin/upgrade has been killed at each of UPGRADE_KILLED."""
    here = Installation(tmp_path_factory.mktemp("i"))
    here.database.parent.mkdir(parents=True)
    sampled_sqlite(here.database)
    said = here.install(killed_at="knowledge")[1]
    before, seen = kept(here), []
    with here.serving() as server:
        for step, after, _ in UPGRADE_KILLED:
            here.run(*here.command("upgrade", NEW), killed_at=step, after=after)
            assert server.version() in (OLD, NEW)
            seen.append((step, after, server.version_after_a_worker_died()))
        yield Running(here, server, said, before, seen)


def test_installing_lays_everything_out(running):
    root, home = running.here.root, running.here.home
    assert (root / "etc/systemd/system/posdesk-.service.d/hardening.conf").is_symlink()
    assert "help.example.cn" in (root / "etc/nginx/sites-enabled/posdesk").read_text()
    assert (root / "etc/posdesk/tls/key.pem").stat().st_mode & 0o777 == 0o600
    assert [path.stat().st_mode & 0o777 for path in (home / "var", home / "static", running.here.backups)] == [0o700, 0o755, 0o700]
    assert (home / "releases" / OLD / "var").resolve() == home / "var" and "not in " in running.said


def test_killed_at_any_step_the_site_goes_on_and_a_worker_that_dies_comes_back(running):
    assert running.seen == UPGRADE_KILLED and running.server.process.poll() is None
    assert kept(running.here) == running.before


def test_it_knows_where_it_comes_from(running):
    """With the switch, at the latest: to go back, both are needed."""
    new = running.here.home / "releases" / NEW
    assert (new / "previous").resolve().name == OLD and (new / "before.zip").resolve().parent == running.here.backups
    assert is_migrated(running.here)


def test_pages_of_both_versions_find_their_files(running):
    shared = {path.name for path in (running.here.home / "static").rglob("*.*")}
    for tag in (OLD, NEW):
        own = {path.name for path in (running.here.home / "releases" / tag / "static").rglob("*.*")}
        assert own - shared == {"staticfiles.json"} and len(own) > 50


def test_nobody_but_its_owner_may_change_a_release(running):
    """The user of nginx is in the group."""
    assert not [path for path in (running.here.home / "releases").rglob("*") if not path.is_symlink() and path.stat().st_mode & 0o022]


@pytest.mark.skipif(not IS_LONG, reason="in make test-faults: it costs a minute")
def test_run_again_it_is_finished_and_going_back_is_too(running):
    here, server = running.here, running.server
    finished = here.run(*here.command("upgrade", NEW))
    assert finished[0] == 0 and f"new workers have taken over: {NEW}" in finished[1], finished[1]
    assert server.version() == NEW and kept(here) == running.before
    with closing(sqlite3.connect(here.database)) as connection, connection:
        connection.execute("UPDATE faults_fault SET symptom = ? WHERE number = 40", [WORDS])
    refused = here.run(*here.command("downgrade"))
    assert refused[0] == 1 and "faults.9999_added" in refused[1] and "--restore" in refused[1]
    for step in DOWNGRADE_KILLED:
        here.run(str(here.home / "releases" / NEW / "bin/downgrade"), "--restore", killed_at=step)
        assert server.version() == NEW and server.process.poll() is None
    finished = here.run(str(here.home / "releases" / NEW / "bin/downgrade"), "--restore")
    assert finished[0] == 0 and server.version() == server.version_after_a_worker_died() == OLD, finished[1]
    assert kept(here) == running.before and not is_migrated(here)
    copies = [asked(path, "SELECT symptom FROM faults_fault WHERE number = 40") for path in (here.home / "var/aside").iterdir()]
    assert [(WORDS,)] in copies
    assert here.run(*here.command("upgrade", NEW))[0] == 0 and server.version() == NEW
