"""A real server with a database of its own, as `make run` starts it, and Debian's chromium."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
EDITOR, PASSWORD = "editor", "a long enough phrase"
# One of each role, whose password is the same.
ROLES = f"""
from django.contrib.auth.models import Group, User
for name, role in (("bian", "编辑"), ("fu", "复核"), ("guan", "管理员"), ("liang", "编辑")):
    User.objects.create_user(name, password={PASSWORD!r}, is_staff=True).groups.add(Group.objects.get(name=role))
"""


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Debian's chromium; as root it needs --no-sandbox, and it must not call home."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return {"executable_path": "/usr/bin/chromium", "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Without the worker that keeps pages: each test has a browser of its own, and each would fetch them all."""
    return browser_context_args | {"locale": "zh-CN", "viewport": {"width": 1280, "height": 800}, "service_workers": "block"}


@pytest.fixture(scope="session")
def django_db_setup():
    """These tests touch no database but the server's own."""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_it_answers(address: str, server: subprocess.Popen) -> None:
    for _ in range(150):
        assert server.poll() is None, "the server stopped at its start"
        try:
            urllib.request.urlopen(address, timeout=2)  # noqa: S310 (our own address)
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(address)


class Site(NamedTuple):
    """A running posdesk: its address, its database and its log."""

    address: str
    database: Path
    log: Path


@pytest.fixture(scope="session")
def base_url(site):
    """The address that pages are opened at."""
    return site.address


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """A running posdesk with all knowledge, and somebody of each role."""
    with serving(tmp_path_factory.mktemp("server")) as running:
        yield running


@contextmanager
def serving(folder: Path):
    """Starts a posdesk with a database of its own in the folder, and stops it at the end."""
    database, log = folder / "posdesk.sqlite3", folder / "posdesk.log"
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{database}", "DJANGO_SUPERUSER_PASSWORD": PASSWORD}
    _fill(environment)
    port = _free_port()
    command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    with log.open("wb") as written:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=written, stderr=written)
    try:
        _wait_until_it_answers(f"http://127.0.0.1:{port}/", server)
        yield Site(f"http://127.0.0.1:{port}", database, log)
    finally:
        server.terminate()
        server.wait(10)


def _fill(environment: dict) -> None:
    def manage(*arguments):
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True, capture_output=True)

    manage("migrate")
    manage("load_knowledge")
    manage("createsuperuser", "--noinput", "--username", EDITOR, "--email", "editor@example.cn")
    manage("shell", "--command", ROLES)


@pytest.fixture
def signed_in(page):
    """A page with the editor signed in to the admin."""
    page.goto("/admin/login/")
    page.fill("[name=username]", EDITOR)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/admin/")
    return page
