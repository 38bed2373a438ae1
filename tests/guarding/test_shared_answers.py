"""Cache poisoning: what one asked for is never what another is given. Held by behaviour alone, however pages are kept."""

import re

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client

from faults.models import Fault, Status
from faults.search import index
from tests.budget import IS_LONG

pytestmark = pytest.mark.django_db
PAGES = [
    "/",
    "/f/",
    "/f/40/",
    "/codes/",
    "/codes/97/",
    "/terms/",
    "/search/?q=不出票",
    "/search/suggestions/?q=不出票",
    "/offline.json",
    "/feed.atom",
]
PAGES += ["/sitemap.xml", "/opensearch.xml", "/robots.txt", "/manifest.webmanifest", "/offline/", "/procedures/", "/notices/"]
# These take long to make: each is made once after all headers together; LONG=1 makes them after each.
DEAR = set() if IS_LONG else {"/f/", "/codes/", "/terms/", "/procedures/", "/offline.json", "/sitemap.xml", "/search/?q=不出票"}
# What another could send first, so that a careless cache keeps an answer to it.
HEADERS = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Port": "666",
    "X-Original-URL": "/admin/",
    "X-Rewrite-URL": "/nothing/",
    "X-HTTP-Method-Override": "POST",
    "HX-Request": "true",
    "Accept": "application/json",
    "Accept-Encoding": "evil",
    "Accept-Language": "en",
    "Authorization": "Basic ZXZpbDpldmls",
    "Cookie": "language=en",
    "Range": "bytes=0-3",
    "Purpose": "prefetch",
    "Origin": "https://evil.example",
    "User-Agent": "evilbot",
    "If-Modified-Since": "Fri, 31 Dec 2100 23:59:59 GMT",
}


def page(path, client=None, **asked):
    """Status and body, without the mark that each search is given by lot."""
    answer = (client or Client()).get(path, **asked)
    return answer.status_code, re.sub(rb"\b[0-9a-f]{16}\b", b"", answer.content)


def clean(path):
    """What a stranger gets when nobody asked before."""
    forget()
    said = page(path)
    forget()
    return said


def forget() -> None:
    """Empties every cache."""
    for name in settings.CACHES:
        caches[name].clear()


@pytest.mark.parametrize("path", PAGES)
def test_no_header_of_anothers_request_is_answered_to_the_next(path):
    expected = clean(path)
    ways = [HEADERS] if path in DEAR else [{name: value} for name, value in HEADERS.items()]
    for headers in ways:
        forget()
        page(path, headers=headers)
        assert page(path) == expected, headers


@pytest.mark.parametrize("path", PAGES)
def test_no_parameter_method_or_cookie_of_anothers_request_is_answered_to_the_next(path):
    expected, joined = clean(path), "&" if "?" in path else "?"
    parameters = ("page=2", "utm_source=evil", "_=evil", "scheme=visa", "next=//evil.example", "callback=evil", "q=evil")
    for more in parameters[: 2 if path in DEAR else None]:
        page(f"{path}{joined}{more}")
        assert page(path) == expected, more
    Client().head(path)
    Client().options(path)
    Client().post(path, {"q": "evil"})
    assert page(path) == expected
    for name in ("sessionid", "visitor", "csrftoken", "language"):
        other = Client()
        other.cookies[name] = "en" if name == "language" else "0" * 32
        page(path, other)
        assert page(path) == expected, name


@pytest.mark.parametrize("path", PAGES)
def test_what_an_editor_saw_is_not_given_to_a_stranger(path, signed_in_as, draft):
    expected, editor = clean(path), signed_in_as("编辑")
    page(path, editor)
    assert page(path) == expected
    assert "紫霄殿" not in expected[1].decode()


def test_a_draft_that_its_editor_opened_is_still_nowhere_for_others(signed_in_as, draft):
    assert page("/f/900/", signed_in_as("编辑"))[0] == 200
    assert page("/f/900/")[0] == 404 and page("/900")[0] == 301


def test_what_was_missing_is_there_once_it_is_published_and_gone_once_it_is_not(draft):
    assert page("/f/900/")[0] == 404
    for status, code in ((Status.PUBLISHED, 200), (Status.ARCHIVED, 404)):
        Fault.everything.filter(pk=draft.pk).update(status=status)
        index.refresh([Fault.everything.get(pk=draft.pk)])
        assert page("/f/900/")[0] == code and ("紫霄殿" in page("/search/?q=紫霄殿打不开")[1].decode().replace("紫霄殿打不开", "")) <= (
            code == 200
        )


@pytest.mark.parametrize("path", ["/", "/f/40/", "/sitemap.xml", "/opensearch.xml", "/robots.txt", "/feed.atom"])
def test_hosts_are_kept_apart(settings, path):  # noqa: F811 (the fixture)
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    first, second = (page(path, headers={"host": host})[1].decode() for host in ("one.example", "two.example"))
    again = page(path, headers={"host": "one.example"})[1].decode()
    assert again == first and "two.example" not in first and "one.example" not in second


@pytest.mark.parametrize("path", PAGES)
def test_no_public_page_sets_a_cookie_that_a_cache_would_hand_on(path):
    answer = Client().get(path)
    assert answer.status_code == 200 and not answer.cookies


def test_what_may_differ_by_language_says_so():
    english = Client()
    english.cookies["language"] = "en"
    for path in ("/", "/f/", "/codes/97/"):
        assert page(path) != page(path, english)
        assert {"cookie", "accept-language"} <= {name.strip().lower() for name in Client().get(path).headers["Vary"].split(",")}
