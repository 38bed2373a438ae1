"""Several workers count into one folder, and whichever is asked tells of all."""

import subprocess
import sys

import pytest

from tests.operations.test_metrics import parsed
from tests.test_settings import ROOT, manage

COUNT = """
from faults.usage.metrics import events_waiting
from posdesk.operations.metrics import cached_pages, request_seconds
cached_pages.labels("hit").inc(2)
request_seconds.labels("home").observe(0.02)
events_waiting.set(5)
"""
DIE = """
import os
from prometheus_client.multiprocess import mark_process_dead
mark_process_dead(os.getpid())
"""
TELL = """
from posdesk.operations.exposition import exposition
print(exposition().decode())
"""


@pytest.fixture
def folder(tmp_path) -> dict[str, str]:
    return {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}


def work(folder, code: str) -> None:
    """A worker's life."""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=folder, check=True, timeout=60)


def told(folder) -> dict:
    """What the next one tells; its database is away, as that has no part in this."""
    return parsed(manage("shell", "-v0", "-c", TELL, DATABASE_URL="postgres://posdesk@127.0.0.1:9/posdesk", **folder).stdout)


def test_the_counts_of_all_are_added_and_a_dead_workers_queue_is_forgotten(folder):
    for code in (COUNT, COUNT, COUNT + DIE):
        work(folder, code)
    found = told(folder)
    assert found["posdesk_kept_pages_total", "hit"] == 6 and found["posdesk_request_seconds_count", "home"] == 3
    assert found["posdesk_events_waiting",] == 10 and found["posdesk_database_up",] == 0
