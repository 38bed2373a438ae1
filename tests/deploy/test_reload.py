"""deploy/gunicorn.conf.py where releases are switched: workers have the code of the release that is current when they come.

The program is as small as can be, for it is gunicorn's way of reading it that is tried; the whole one: test_upgrade.py.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.deploy.conftest import running
from tests.servers.ports import free_port, wait_for_port
from tests.test_settings import ROOT

WSGI = """
def application(environ, start_response):
    import lazily  # which an old worker may do after the switch

    start_response("200 OK", [])
    return [f"{VERSION} {lazily.VERSION}".encode()]


VERSION = "%s"
"""


def make_release(folder: Path) -> None:
    """A product that says its folder's name, and all that gunicorn.conf.py asks of one."""
    for package in ("posdesk/operations", "faults/search", "deploy"):
        (folder / package).mkdir(parents=True)
    (folder / "manage.py").touch()
    (folder / "posdesk/wsgi.py").write_text(WSGI % folder.name)
    (folder / "lazily.py").write_text(f'VERSION = "{folder.name}"\n')
    (folder / "faults/search/find.py").write_text("def load_dictionaries(): pass\n")
    (folder / "posdesk/operations/version.py").write_text(f'VERSION = "{folder.name}"\n')
    for name in ("deploy/gunicorn.conf.py", "posdesk/masking.py", "posdesk/operations/log_masking.py"):
        shutil.copy(ROOT / name, folder / name)


def switch(home: Path, tag: str) -> None:
    (home / "next").symlink_to(f"releases/{tag}")
    (home / "next").rename(home / "current")


@pytest.fixture
def server(tmp_path):
    """Its process and its port; v1 is current, v2 and v3 lie beside it."""
    for tag in ("v1", "v2", "v3"):
        make_release(tmp_path / "releases" / tag)
    switch(tmp_path, "v1")
    settings = {"BIND": f"127.0.0.1:{(port := free_port())}", "PIDFILE": str(tmp_path / "pid")}
    command = [sys.executable, "-P", "-m", "gunicorn", "--config", f"{tmp_path}/current/deploy/gunicorn.conf.py"]
    with running(command, tmp_path / "log", cwd=tmp_path / "current", **settings) as process:
        wait_for_port(port)
        yield process, port


def asked(port: int) -> str:
    return urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30).read().decode()  # noqa: S310 (our own address)


def workers(process: subprocess.Popen) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def replace(process: subprocess.Popen) -> None:
    """Returns when no worker of before is left."""
    before, until = set(workers(process)), time.monotonic() + 60
    os.kill(process.pid, signal.SIGHUP)
    while (set(workers(process)) & before or not workers(process)) and time.monotonic() < until:
        time.sleep(0.05)


def test_workers_are_of_the_release_that_is_current_when_they_come(server, tmp_path):
    process, port = server
    assert asked(port) == "v1 v1"
    for before, tag in (("v1", "v2"), ("v2", "v3")):
        replace(process)  # one that has answered nothing yet
        switch(tmp_path, tag)
        assert asked(port) == f"{before} {before}"
        replace(process)
        assert asked(port) == f"{tag} {tag}"
    assert process.poll() is None


def test_one_that_comes_instead_of_a_dead_one_too(server, tmp_path):
    process, port = server
    switch(tmp_path, "v2")
    shutil.rmtree(tmp_path / "releases/v1")
    os.kill(workers(process)[0], signal.SIGKILL)
    assert asked(port) == "v2 v2" and process.poll() is None
