"""An incident ends by the clock on a page that lies open, and in a copy that is read without a network."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

LINE = ".incident"


@pytest.fixture
def told(site):
    """An incident of code 91 in force for an hour, by the database as another process would write it. When it ends."""
    ends = datetime.now(UTC) + timedelta(hours=1)
    begins = ends - timedelta(hours=2)
    with closing(sqlite3.connect(site.database, timeout=30)) as database:
        row = ("银联网络断了，正在抢修。", "91", "", f"{begins:%Y-%m-%d %H:%M:%S}", f"{ends:%Y-%m-%d %H:%M:%S}", False, "组长")
        names = "text, codes, words, starts_at, ends_at, is_proposed, set_by_name"
        database.execute(f"INSERT INTO faults_incident ({names}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)  # noqa: S608 (our own names)
        database.commit()
    yield ends
    with closing(sqlite3.connect(site.database, timeout=30)) as database:
        database.execute("DELETE FROM faults_incident")
        database.commit()


def test_it_leaves_an_open_page_at_its_time(page, told):
    """Some two seconds."""
    page.clock.install()
    page.goto("/codes/91/")
    expect(page.locator(LINE)).to_contain_text("银联网络断了")
    page.clock.fast_forward("59:00")
    expect(page.locator(LINE)).to_be_visible()
    page.clock.fast_forward("01:15")
    expect(page.locator(LINE)).to_be_hidden()
    page.goto("/codes/97/")
    expect(page.locator(LINE)).to_have_count(0)


def test_a_copy_without_a_network_shows_it_until_its_time(browser, base_url, told):
    """Some five seconds: the worker keeps pages, the code's first."""
    context = browser.new_context(base_url=base_url, locale="zh-CN")
    page = context.new_page()
    page.goto("/codes/91/")
    while not page.evaluate("async () => !!(await caches.match('/'))"):
        page.wait_for_timeout(200)
    context.set_offline(True)
    page.goto("/")
    expect(page.locator(".offline")).to_be_visible()
    expect(page.locator(LINE)).to_be_visible()
    page.clock.set_fixed_time(told + timedelta(seconds=1))
    page.goto("/")
    expect(page.locator(".offline")).to_be_visible()
    expect(page.locator(LINE)).to_be_hidden()
    context.close()
