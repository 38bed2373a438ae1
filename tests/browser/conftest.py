"""A real server with a database of its own, as `make run` starts it, and Debian's chromium."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
EDITOR, PASSWORD = "editor", "a long enough phrase"
# One of each role, whose password is the same.
ROLES = f"""
from django.contrib.auth.models import Group, User
for name, role in (("bian", "编辑"), ("fu", "复核"), ("guan", "管理员")):
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


@pytest.fixture(scope="session")
def base_url(tmp_path_factory):
    """The address of a running posdesk with all knowledge and one editor."""
    where = tmp_path_factory.mktemp("server") / "posdesk.sqlite3"
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{where}", "DJANGO_SUPERUSER_PASSWORD": PASSWORD}

    def manage(*arguments):
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True, capture_output=True)

    manage("migrate")
    manage("load_knowledge")
    manage("createsuperuser", "--noinput", "--username", EDITOR, "--email", "editor@example.cn")
    manage("shell", "--command", ROLES)
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_until_it_answers(f"http://127.0.0.1:{port}/", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def signed_in(page):
    """A page with the editor signed in to the admin."""
    page.goto("/admin/login/")
    page.fill("[name=username]", EDITOR)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/admin/")
    return page
