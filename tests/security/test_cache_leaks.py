"""Cache poisoning: what one asked for is never what another is given. Held by behaviour alone, however pages are kept."""

import re
from functools import cache, partial

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client

from faults.models import Fault, Status
from faults.search import index

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
# What another could send first, so that a careless cache keeps an answer to it. Together, unless one could hide another: a page in
# another language is kept under another name, and what is answered as another method, in part or with 304 isn't kept at all.
HEADERS = [
    {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Port": "666",
        "HX-Request": "true",
        "Accept": "application/json",
        "Accept-Encoding": "evil",
        "Authorization": "Basic ZXZpbDpldmls",
        "Purpose": "prefetch",
        "Origin": "https://evil.example",
        "User-Agent": "evilbot",
    },
    {
        "X-Original-URL": "/admin/",
        "X-Rewrite-URL": "/nothing/",
        "X-HTTP-Method-Override": "POST",
        "Range": "bytes=0-3",
        "If-Modified-Since": "Fri, 31 Dec 2100 23:59:59 GMT",
    },
    {"Accept-Language": "en"},
    {"Cookie": "language=en"},
]
# Each of what some page depends on, then all of what none does.
QUERIES = ("page=2", "scheme=visa", "q=evil", "utm_source=evil&_=evil&next=//evil.example&callback=evil")
# Cookies that lead to another answer each on its own; the others together.
COOKIES = ({"sessionid": "0" * 32}, {"language": "en"}, {"visitor": "0" * 32, "csrftoken": "0" * 32})


def page(path, client=None, **asked):
    """Status and body, without the mark that each search is given by lot."""
    answer = (client or Client()).get(path, **asked)
    return answer.status_code, re.sub(rb"\b[0-9a-f]{16}\b", b"", answer.content)


@cache
def clean(path):
    """What a stranger gets when nobody asked before."""
    forget()
    return page(path)


def forget() -> None:
    """Empties every cache."""
    for name in settings.CACHES:
        caches[name].clear()


def poisoned(path, expected, ask) -> bool:
    """Whether a stranger gets something else once `ask` has asked with nothing kept."""
    forget()
    ask()
    return page(path) != expected


@pytest.mark.parametrize("path", PAGES)
def test_no_header_of_anothers_request_is_answered_to_the_next(path):
    expected = clean(path)
    assert not [headers for headers in HEADERS if poisoned(path, expected, partial(page, path, headers=headers))]


@pytest.mark.parametrize("path", PAGES)
def test_no_parameter_method_or_cookie_of_anothers_request_is_answered_to_the_next(path):
    expected = clean(path)
    asking = {"parameters": with_parameters, "methods": by_other_methods, "cookies": with_cookies}
    assert not [name for name, ask in asking.items() if poisoned(path, expected, partial(ask, path))]


def with_parameters(path) -> None:
    """One after the other: what the first of them left behind is still there."""
    for query in QUERIES:
        page(f"{path}{'&' if '?' in path else '?'}{query}")


def by_other_methods(path) -> None:
    """HEAD last, for it alone may be kept."""
    Client().options(path)
    Client().post(path, {"q": "evil"})
    Client().head(path)


def with_cookies(path) -> None:
    """A session that there isn't, another language, and what scripts of ours set."""
    for cookies in COOKIES:
        other = Client()
        other.cookies.load(cookies)
        page(path, other)


def test_what_an_editor_saw_is_not_given_to_a_stranger(signed_in_as, draft):
    editor, wrong = signed_in_as("编辑"), []
    for path in PAGES:
        expected = clean(path)
        if poisoned(path, expected, partial(page, path, editor)) or "紫霄殿" in expected[1].decode():
            wrong.append(path)
    assert not wrong


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


def test_no_public_page_sets_a_cookie_that_a_cache_would_hand_on():
    answers = {path: Client().get(path) for path in PAGES}
    assert not {path: answer.cookies for path, answer in answers.items() if answer.status_code != 200 or answer.cookies}


def test_what_may_differ_by_language_says_so():
    english = Client()
    english.cookies["language"] = "en"
    for path in ("/", "/f/", "/codes/97/"):
        assert page(path) != page(path, english)
        assert {"cookie", "accept-language"} <= {name.strip().lower() for name in Client().get(path).headers["Vary"].split(",")}
