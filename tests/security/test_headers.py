"""What each answer tells the browser it may do, and that readers' pages need nothing more."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if "admin" not in path.parts)
INLINE = re.compile(r"<script(?![^>]*\ssrc=)|<style|\son\w+\s*=|\sstyle\s*=|javascript:|hx-on|hx-vals='js:", re.IGNORECASE)
PAGES = ("/", "/f/40/", "/search/?q=x", "/sw.js", "/offline.json", "/nothing/", "/f/?kind=zzz", "/feed.atom", "/robots.txt")

pytestmark = pytest.mark.django_db


def policy(response) -> dict[str, str]:
    parts = (part.partition(" ") for part in response.headers["Content-Security-Policy"].split("; "))
    return {name: value for name, _, value in parts}


@pytest.mark.parametrize("page", PAGES)
def test_readers_pages_may_run_nothing_but_our_files(client, page):
    asked = policy(client.get(page))
    assert asked["default-src"] == asked["base-uri"] == asked["frame-ancestors"] == asked["object-src"] == "'none'"
    assert asked["script-src"] == asked["style-src"] == asked["form-action"] == asked["connect-src"] == "'self'"
    assert not [value for value in asked.values() if "unsafe" in value or "nonce" in value or "*" in value or ":" in value]


def test_the_policy_is_the_same_for_every_answer_of_a_page(client):
    assert len({client.get("/f/40/").headers["Content-Security-Policy"] for _ in range(3)}) == 1


@pytest.mark.parametrize("page", ["/admin/login/", "/admin/", "/admin/faults/fault/", "/admin/nothing/"])
def test_the_admin_runs_no_inline_script_and_nothing_from_elsewhere(admin_client, page):
    asked = policy(admin_client.get(page))
    assert asked["script-src"] == "'self' 'unsafe-eval'" and asked["style-src"] == "'self' 'unsafe-inline'"
    assert asked["frame-ancestors"] == asked["object-src"] == asked["default-src"] == "'none'"


@pytest.mark.parametrize("page", [*PAGES, "/admin/login/"])
def test_every_answer_closes_what_is_not_needed(client, page):
    headers = client.get(page).headers
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert all(f"{feature}=()" in headers["Permissions-Policy"] for feature in ("camera", "microphone", "geolocation", "payment", "usb"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_page_of_readers_has_code_or_style_in_it(template):
    assert not INLINE.findall(template.read_text())


@pytest.mark.parametrize("line", ["<script>a()</script>", '<p style="x">', '<a onclick="x">', "<style>", '<a href="javascript:x">'])
def test_that_would_be_noticed(line):
    assert INLINE.search(line) and not INLINE.search('<script src="/static/a.js" defer></script>')
