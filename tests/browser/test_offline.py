"""Without a network: what was published is there as a copy that says so, and never while the network answers."""

import re
import sqlite3
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.servers.filled import EDITOR

BANNER = ".offline"
LAST_STORED = "/offline.json"
WITHDRAWN = 116
SECONDS = 240  # in which everything is kept, on a machine with much else to do


def is_kept(page, address: str) -> bool:
    return page.evaluate("async address => !!(await caches.match(address))", address)


def wait_until_kept(page, address: str, is_so: bool = True) -> None:
    """Waits until the address is kept, or is not."""
    end = time.monotonic() + SECONDS
    while is_kept(page, address) is not is_so:
        assert time.monotonic() < end, address
        page.wait_for_timeout(200)


@pytest.fixture(scope="module")
def said() -> list[str]:
    """The errors that the reader's first page heard while everything was kept."""
    return []


@pytest.fixture(scope="module")
def reader(browser, browser_context_args, base_url, said):
    """A browser that has been on the home page until everything was kept."""
    context = browser.new_context(**browser_context_args | {"service_workers": "allow", "base_url": base_url})
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto("/")
    wait_until_kept(page, LAST_STORED)
    page.close()
    yield context
    context.close()


@pytest.fixture
def page(reader):
    page = reader.new_page()
    yield page
    reader.set_offline(False)
    page.close()


@pytest.fixture
def offline(reader, page):
    """The reader's page, with no network."""
    reader.set_offline(True)
    return page


@pytest.fixture
def database_away(site):
    """A context in which the site can't read what every page begins with."""

    @contextmanager
    def away():
        _rename(site.database, "faults_contentversion", "gone")
        try:
            yield
        finally:
            _rename(site.database, "gone", "faults_contentversion")

    return away


def _rename(file: Path, table: str, name: str) -> None:
    with closing(sqlite3.connect(file, timeout=30)) as database:
        database.execute(f"ALTER TABLE {table} RENAME TO {name}")


@pytest.fixture
def desk(window):
    """An editor's browser on the list of entries; returns what runs one of the actions on an entry."""
    page = window(EDITOR)

    def run(action, number):
        page.goto(f"/admin/faults/fault/?q={number}")
        expect(page.locator("[name=_selected_action]")).to_have_count(1)
        page.locator("[name=_selected_action]").check()
        page.locator("#changelist-form select[name=action]").evaluate("(select, action) => { select.value = action; }", action)
        with page.expect_navigation():
            page.locator("#changelist-form").evaluate("form => form.submit()")
        page.locator(".desk-ask button").click()

    return run


def test_the_worker_keeps_pages_under_its_own_policy(reader, said):
    """It fetches under the policy of the answer that brought it, which forbids nothing that it needs."""
    assert not said


def test_an_entry_never_opened_is_there_as_a_copy_with_its_date(offline):
    offline.goto("/f/40/")
    expect(offline.get_by_role("heading", level=1)).to_contain_text("交易成功但不打单")
    expect(offline.locator(BANNER)).to_have_count(1)
    expect(offline.locator(BANNER)).to_contain_text("离线副本")
    assert re.search(r"20\d\d-\d\d-\d\d \d\d:\d\d", offline.locator(BANNER).inner_text())
    assert offline.evaluate("getComputedStyle(document.querySelector('.bar')).display") == "block"
    offline.locator(".cause .next a").first.click()
    expect(offline.locator("#c2")).to_be_visible()


def test_the_red_lines_and_the_codes_are_there(offline):
    kept = {"/": "结果不明，先查再说", "/codes/": "速查", "/codes/04/?scheme=kuaiqian": "返回码·快钱", "/codes/97/?scheme=cup": "97"}
    for path, words in kept.items():
        offline.goto(path)
        expect(offline.locator("main")).to_contain_text(words)
        expect(offline.locator(BANNER)).to_be_visible()


def test_what_is_not_kept_says_so_and_offers_what_is(offline):
    for path in ("/search/?q=不出票", "/f/?category=printing", "/nothing/"):
        offline.goto(path)
        expect(offline.get_by_role("heading", level=1)).to_contain_text("没有网络")
        expect(offline.locator("main")).to_contain_text("查找只能查存下来的标题和说法")
        offline.locator("[data-kept] a", has_text="交易成功但不打单").click()
        expect(offline.locator(BANNER)).to_be_visible()
        expect(offline.locator("main")).to_contain_text("热敏")


def test_what_is_typed_is_looked_for_among_what_is_kept(offline):
    for typed, first in (("不出票", "40号"), ("返回码97", "97"), ("红烧肉怎么做", None)):
        offline.goto("/")
        offline.fill("#q", typed)
        offline.press("#q", "Enter")
        expect(offline.locator("[data-words] h2")).to_contain_text(f"“{typed}”")
        expect(offline.locator("#q")).to_have_value(typed)
        labels = offline.locator("[data-words] li .k").all_inner_texts()
        assert (first in labels[:2] if first else not labels) and len(labels) <= 10


def test_with_the_network_the_page_itself_is_shown(reader, offline):
    offline.goto("/f/40/")
    expect(offline.locator(BANNER)).to_be_visible()
    reader.set_offline(False)
    offline.locator(BANNER).get_by_role("link").click()
    expect(offline.locator(BANNER)).to_have_count(0)
    assert offline.goto("/f/99999/").status == 404


def test_while_the_database_is_away_the_copy_is_shown_and_what_is_not_kept_says_why(page, database_away):
    with database_away():
        page.goto("/f/40/")
        expect(page.locator(BANNER)).to_contain_text("离线副本")
        expect(page.locator("main")).to_contain_text("热敏")
        assert page.goto("/search/?q=不出票").status == 503
        expect(page.get_by_role("heading", level=1)).to_contain_text("暂时办不了")
    page.goto("/f/40/")
    expect(page.locator(BANNER)).to_have_count(0)


def test_nothing_but_the_listed_pages_is_stored(page):
    page.goto("/search/?q=不出票")
    page.goto("/admin/login/")
    page.goto("/f/40/?from=elsewhere")
    stored = page.evaluate("async () => (await (await caches.open('kept')).keys()).map(request => request.url)")
    stored = [url for url in stored if "/static/" not in url]
    assert stored and not [url for url in stored if "search" in url or "admin" in url or "elsewhere" in url]


def test_what_is_withdrawn_leaves_with_the_next_visit(reader, page, desk):
    address = f"/f/{WITHDRAWN}/"
    page.goto("/")
    assert is_kept(page, address)
    try:
        desk("archive", WITHDRAWN)
        page.goto("/")
        wait_until_kept(page, address, is_so=False)
        reader.set_offline(True)
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_contain_text("没有网络")
    finally:
        desk("publish", WITHDRAWN)
