"""A real server with a database of its own, as `make run` starts it, and Debian's chromium-headless-shell."""

import os
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from tests.servers.browsing import sessions
from tests.servers.filled import EDITOR, filled_sqlite
from tests.servers.ports import free_port
from tests.servers.posdesk import ROOT

expect.set_options(timeout=20_000)  # milliseconds, on a machine with much else to do


def pytest_collection_modifyitems(items):
    """One worker for all but those who start a site of their own: every other would start a site and a browser, and make each page anew."""
    for item in items:
        if "tests/browser/" in item.path.as_posix() and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Debian's chromium without its window, which takes a third off every page.

    As root it needs --no-sandbox, and it must not call home. Pages share a process: to start one takes a second.
    """
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    one = ["--renderer-process-limit=1", "--disable-site-isolation-trials", "--disable-features=SpareRendererForSitePerProcess"]
    return {"executable_path": "/usr/bin/chromium-headless-shell", "args": quiet + one}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """As readers have it, but for the worker that keeps pages, which tests marked `service_worker` have: after each publication it fetches
    hundreds of pages, which was most of what the site did."""
    return browser_context_args | {"locale": "zh-CN", "viewport": {"width": 1280, "height": 800}, "service_workers": "block"}


@pytest.fixture(scope="session")
def django_db_setup():
    """These tests touch no database but the server's own."""


def _wait_until_it_answers(address: str, server: subprocess.Popen, seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert server.poll() is None, "the server stopped at its start"
        try:
            urllib.request.urlopen(address, timeout=30).close()  # noqa: S310 (our own address)
            return
        except OSError:
            time.sleep(0.1)
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
def serving(folder: Path, filled=filled_sqlite):
    """Starts a posdesk with a database of its own in the folder, and stops it at the end. `filled`: makes that, of a path."""
    database, log, port = folder / "posdesk.sqlite3", folder / "posdesk.log", free_port()
    url = filled(database)
    environment = os.environ | {"DATABASE_URL": url}
    command = [sys.executable, "manage.py", "runserver", "--noreload", "--skip-checks", f"127.0.0.1:{port}"]
    with log.open("wb") as written:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=written, stderr=written)
    try:
        _wait_until_it_answers(f"http://127.0.0.1:{port}/", server)
        yield Site(f"http://127.0.0.1:{port}", database, log)
    finally:
        server.terminate()
        server.wait(10)


def sign_in(context, site: Site, name: str) -> None:
    """Whatever opens in the context is signed in, in a session of its own: a test may end it.

    Signing in through the form is tested in test_second_factor and test_desk.
    """
    context.add_cookies([{"name": "sessionid", "value": sessions(f"sqlite:///{site.database}", name)[0], "url": site.address}])


@pytest.fixture
def signed_in(page, context, site):
    """A page with the editor signed in to the admin."""
    sign_in(context, site, EDITOR)
    return page


@pytest.fixture(scope="session")
def profiles(browser, browser_context_args, base_url):
    """profiles(test, name): browser contexts, made when first asked for and kept: scripts and styles stay loaded, which is most of what a
    page takes. A first page stays open in each, so that its process does.
    """
    contexts = {}

    def profile(test, name: str = ""):
        workers = "allow" if test.get_closest_marker("service_worker") else "block"
        if (name, workers) not in contexts:
            context = browser.new_context(**browser_context_args | {"base_url": base_url, "service_workers": workers})
            context.new_page().goto("/robots.txt")
            contexts[name, workers] = context
        return contexts[name, workers]

    yield profile
    for context in contexts.values():
        context.close()


def forget(context, origin: str) -> None:
    """Leaves a context as a new one is, but for its cache of files."""
    first, *others = context.pages
    for page in others:
        page.close()
    session = context.new_cdp_session(first)
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "local_storage,indexeddb"})
    session.detach()
    context.clear_cookies()
    context.clear_permissions()
    context.set_offline(False)


@pytest.fixture
def context(profiles, base_url, request):
    """Instead of pytest-playwright's, which is made anew for each test."""
    yield profiles(request.node)
    forget(profiles(request.node), base_url)


@pytest.fixture
def window(profiles, site, base_url, request):
    """A page in a browser window of its own, signed in as the one of that name."""
    opened = []

    def open_(name: str):
        opened.append(profiles(request.node, name))
        sign_in(opened[-1], site, name)
        return opened[-1].new_page()

    yield open_
    for context in opened:
        forget(context, base_url)
