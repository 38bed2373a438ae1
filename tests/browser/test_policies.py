"""A real browser finds nothing on any page that its policy forbids, and does what the pages need."""

import re
from functools import partial

import pytest

from tests.browser.test_accessibility import PAGES, opened

ADMIN = {
    "work list": "/admin/",
    "entries": "/admin/faults/fault/",
    "entry": "/admin/faults/fault/1/change/",
    "new entry": "/admin/faults/fault/add/",
    "history": "/admin/faults/fault/1/history/",
    "code": "/admin/faults/returncode/1/change/",
    "terms": "/admin/faults/term/",
    "use, with its chart": "/admin/desk/usage/",
    "tables": "/admin/desk/transfer/",
    "rules": "/admin/faults/deskrules/1/change/",
    "accounts": "/admin/auth/user/",
    "account": "/admin/auth/user/1/change/",
    "new account": "/admin/auth/user/add/",
    "no account any more": "/admin/auth/user/2/delete/",
    "a colleague's password": "/admin/auth/user/2/password/",
    "roles": "/admin/auth/group/",
    "role": "/admin/auth/group/1/change/",
    "categories": "/admin/faults/category/",
    "what a search should find": "/admin/faults/judgment/add/",
    "what was done": "/admin/faults/audited/",
    "set up a second factor": "/admin/second-factor/set-up/",
    "sessions": "/admin/sessions/",
    "password": "/admin/password_change/",
}
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
LISTEN = """document.addEventListener("securitypolicyviolation", event =>
    console.error("forbidden: " + event.violatedDirective + " " + event.blockedURI))"""
# A page that says 404 or 400, and the tests' own way to keep the worker out.
NOT_OURS = re.compile("Failed to load resource: the server responded with a status of 4|Service Worker registration blocked by Playwright")


@pytest.fixture
def heard(page):
    """What the browser's console says."""
    said = []
    page.add_init_script(LISTEN)
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def ours(said) -> list[str]:
    return [text for text in said if not NOT_OURS.match(text)]


def heard_on(page, heard, pages) -> dict[str, list[str]]:
    """By the page's name, what was said on it. `pages`: name → what opens it."""
    said = {}
    for name, open_it in pages.items():
        heard.clear()
        open_it()
        page.evaluate("() => new Promise(requestIdleCallback)")  # scripts have run, and what they ask for is asked
        said[name] = ours(heard)
    return {name: texts for name, texts in said.items() if texts}


def test_readers_pages(page, heard):
    page.emulate_media(color_scheme="dark")
    assert heard_on(page, heard, {name: partial(opened, page, name) for name in PAGES}) == {}


def test_a_call_with_typing_copying_voting_and_the_look(page, heard):
    page.goto("/")
    page.locator("#q").press_sequentially("无拨号音")
    page.locator("#suggestions [role=option]").first.wait_for()
    page.goto("/f/40/")
    page.locator("[data-copy]").first.click()
    page.get_by_role("button", name="暗", exact=True).click()
    page.wait_for_load_state("networkidle")
    assert not ours(heard)


def test_what_is_forbidden_is_heard(page, heard):
    page.goto("/")
    with page.expect_console_message(lambda message: "forbidden: style-src-attr" in message.text):
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\" onclick=\"1\">')")
    assert any("forbidden: style-src-attr" in text for text in heard)


def test_no_inline_script_runs_in_the_admin(signed_in, heard):
    signed_in.goto("/admin/")
    signed_in.evaluate("{ const one = document.createElement('script'); one.textContent = 'window.ran = 1'; document.body.append(one) }")
    assert signed_in.evaluate("window.ran") is None and any("forbidden: script-src" in text for text in heard)


def test_pages_of_the_admin(signed_in, heard):
    """Nothing is forbidden or fails, and nothing sticks out to the right."""

    def open_it(address):
        signed_in.set_viewport_size({"width": 1280, "height": 800})
        signed_in.goto(address)
        assert signed_in.locator("h1, h2").count(), address
        signed_in.wait_for_function(FITS, timeout=3_000)
        signed_in.set_viewport_size({"width": 768, "height": 800})
        signed_in.wait_for_function(FITS, timeout=3_000)  # a chart takes a moment to follow

    assert heard_on(signed_in, heard, {name: partial(open_it, address) for name, address in ADMIN.items()}) == {}


def test_a_file_that_is_chosen(signed_in, heard, tmp_path):
    file = tmp_path / "表.csv"
    file.write_text("编号,标题\n", encoding="utf-8")
    signed_in.goto(ADMIN["tables"])
    signed_in.wait_for_load_state("load")
    signed_in.set_input_files("#id_file", file)
    assert not ours(heard)


def test_the_sign_in_page(page, heard):
    page.goto("/admin/login/")
    page.wait_for_load_state("networkidle")
    assert not ours(heard)
