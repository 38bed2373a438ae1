"""The queue between a request and the database: in order, nothing lost while the database is away, all written at the end."""

import os
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import OperationalError

from faults.models import Search
from faults.usage import batch
from faults.usage.events import Searched
from faults.usage.recorder import MOST_AT_ONCE, Recorder
from tests.databases import ROOT, copy_sqlite, sqlite_sample

AT = datetime(2026, 11, 23, tzinfo=UTC)


def searched(place):
    return Searched(f"m{place}", AT, f"第{place}次", f"第{place}次", "page", "nothing", 0, None)


@pytest.fixture
def waiting():
    recorder = Recorder()
    recorder.is_automatic = False
    return recorder


@pytest.mark.django_db
def test_nothing_is_written_before_its_time_and_everything_then(waiting):
    for place in range(MOST_AT_ONCE + 1):
        waiting.add(searched(place))
    assert not Search.objects.exists()
    waiting.flush()
    assert list(Search.objects.order_by("pk").values_list("mark", flat=True)) == [f"m{place}" for place in range(MOST_AT_ONCE + 1)]


@pytest.mark.django_db
def test_what_the_database_did_not_take_waits_in_its_order(waiting, monkeypatch):
    """The database goes away for one batch; there is no way to make a real one do so in the middle of a test's transaction."""

    def gone(events):
        raise OperationalError("gone")

    for place in range(3):
        waiting.add(searched(place))
    with monkeypatch.context() as patched, pytest.raises(OperationalError):
        patched.setattr(batch, "write", gone)
        waiting.flush()
    waiting.add(searched(3))
    waiting.flush()
    assert list(Search.objects.order_by("pk").values_list("mark", flat=True)) == ["m0", "m1", "m2", "m3"]


@pytest.mark.django_db
def test_one_event_that_the_database_never_takes_holds_up_no_other(waiting):
    """A search without a number of results: the column refuses it on either database."""
    waiting.add(searched(0))
    waiting.add(replace(searched(1), results=None))
    waiting.add(searched(2))
    waiting.flush()
    assert list(Search.objects.order_by("pk").values_list("mark", flat=True)) == ["m0", "m2"] and not waiting._waiting


IN_THE_BACKGROUND = """
import sqlite3, sys, time
from datetime import UTC, datetime
import django; django.setup()
from faults.usage.events import Searched
from faults.usage.recorder import recorder

def note(place):
    recorder.add(Searched(f"m{place}", datetime.now(UTC), "无", "无", "page", "nothing", 0, None))

note(0)
look = sqlite3.connect(sys.argv[1])
until = time.monotonic() + 20
while not look.execute("SELECT count(*) FROM faults_search").fetchone()[0] and time.monotonic() < until:
    time.sleep(0.1)
assert look.execute("SELECT count(*) FROM faults_search").fetchone()[0] == 1, "the thread wrote nothing"
lock = sqlite3.connect(sys.argv[1], isolation_level=None)
lock.execute("BEGIN IMMEDIATE")  # another writer, for longer than a batch is put off
for place in range(1, 5000):
    note(place)
time.sleep(2)
lock.execute("COMMIT")
"""  # and the end of the process writes the rest


def test_the_thread_writes_by_itself_waits_for_a_lock_and_loses_nothing_at_the_end(tmp_path):
    where = copy_sqlite(tmp_path / "posdesk.sqlite3", sqlite_sample())
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{where}", "DJANGO_SETTINGS_MODULE": "posdesk.settings"}
    command = [sys.executable, "-c", IN_THE_BACKGROUND, str(where)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(where) as look:
        assert look.execute("SELECT count(*), count(DISTINCT mark) FROM faults_search").fetchone() == (5000, 5000)
        assert look.execute('SELECT sum(searches), sum("nothing") FROM faults_searchday').fetchone() == (5000, 5000)
