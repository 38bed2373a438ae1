"""What is noted of searches and views: every one of a reader's, none of anybody else's, and never who it was."""

import re

import pytest
from django.urls import reverse

from faults.models import Outcome, Search, SearchDay, Term, UseDay
from faults.usage.recorder import recorder
from faults.views import beacons
from posdesk.request_sizes import MOST

pytestmark = pytest.mark.django_db


def search(client, text, **more):
    """The mark in the page of results, which is then written down."""
    shown = client.get("/search/", {"q": text}, **more)
    recorder.flush()
    found = re.search('data-search="([^"]*)"', shown.content.decode())
    return found and found[1]


def tell(client, what, **values):
    is_large = len(str(values)) > MOST
    assert client.post(reverse(what), values).status_code == (413 if is_large else 204)
    recorder.flush()


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("不出票", Outcome.ANSWERED),
        ("返回码E1", Outcome.UNKNOWN),
        ("🦄🦄🦄", Outcome.NOTHING),
        ("红烧肉怎么做", Outcome.NEAR),
    ],
)
def test_each_search_is_noted_with_what_it_came_to(client, text, outcome):
    mark = search(client, text)
    row = Search.objects.get()
    assert row.mark == mark and row.outcome == outcome and row.source == "page" and row.text == text and row.rank is None
    assert (row.results > 0) == (outcome == Outcome.ANSWERED)
    assert (row.best_score is None) == (outcome in {Outcome.NOTHING, Outcome.UNKNOWN})


def test_the_folded_form_is_noted_beside_the_text(client):
    search(client, "ＰＯＳ機 不出紙？")
    assert Search.objects.get().text == "ＰＯＳ機 不出紙？" and Search.objects.get().folded == "pos机 不出纸?"


def test_nothing_asked_nothing_noted(client):
    for text in ("", "   "):
        search(client, text)
    client.get("/search/")
    client.get("/search/suggestions/?q=不出票")  # a keystroke is no search yet
    recorder.flush()
    assert not Search.objects.exists()


def test_narrowing_what_was_found_is_no_new_search(client):
    search(client, "打印")
    client.get("/search/?q=打印&kind=fault")
    recorder.flush()
    assert Search.objects.count() == 1


def test_what_is_opened_is_noted_with_its_rank(client):
    tell(client, "opened", mark=search(client, "不出票"), page="/f/40/", rank=2)
    row = Search.objects.get()
    assert (row.opened_kind, row.opened_key, row.rank) == ("fault", "40", 2) and UseDay.objects.get(key="40").opened == 1


def test_a_code_alone_leads_to_its_page_and_is_opened_at_once(client):
    assert client.get("/search/?q=97").status_code == 302
    recorder.flush()
    assert Search.objects.values_list("outcome", "opened_kind", "opened_key", "rank").get() == ("answered", "code", "97", 1)


def test_codes_and_terms_are_opened_too(client):
    term = Term.objects.first()
    tell(client, "opened", mark=search(client, "余额不足"), page="/codes/51/", rank=1)
    tell(client, "opened", mark=search(client, term.name), page=term.get_absolute_url(), rank=3)
    assert [(row.opened_kind, row.opened_key, row.rank) for row in Search.objects.order_by("pk")] == [
        ("code", "51", 1),
        ("term", str(term.pk), 3),
    ]


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"page": "/f/40/"},
        {"page": "/nothing/here/", "rank": "1"},
        {"page": "/admin/", "rank": "1"},
        {"page": "https://evil.example/f/40/", "rank": "1"},
        {"page": "/f/40/", "rank": "0"},
        {"page": "/f/40/", "rank": "61"},
        {"page": "/f/40/", "rank": "-1"},
        {"page": "/f/40/", "rank": "１"},
        {"page": "/terms/", "rank": "1"},
        {"page": "/terms/#t1\0", "rank": "1"},
        {"page": "/f/40/" * 9_999, "rank": "1" * 9_999},
    ],
    ids=str,
)
def test_what_a_script_never_sends_counts_nothing(client, values):
    mark = search(client, "不出票")
    tell(client, "opened", mark=mark, **values)
    for wrong in ("x" * 9_999, "\0" * 16, "", mark.upper() + "x"):
        tell(client, "opened", mark=wrong, page="/f/40/", rank="1")
        tell(client, "repeated", mark=wrong)
    assert Search.objects.get().rank is None and not UseDay.objects.exists()


def test_asked_again_is_noted(client):
    tell(client, "repeated", mark=search(client, "不出票"))
    assert Search.objects.get().is_repeated and SearchDay.objects.get().repeated == 1


def test_what_was_typed_and_chosen_or_left_is_a_search_too(client):
    tell(client, "typed", q="不出票", page="/f/40/", rank=1)
    tell(client, "typed", q="🦄🦄🦄")
    tell(client, "typed", q=" ")
    tell(client, "typed")
    chosen, left = Search.objects.order_by("pk")
    assert (chosen.source, chosen.outcome, chosen.opened_key, chosen.rank) == ("typing", "answered", "40", 1)
    assert (left.source, left.outcome, left.rank) == ("typing", "nothing", None)


@pytest.mark.postgresql
def test_views_are_counted_also_when_the_page_was_kept(client):
    for _ in range(3):
        client.get("/f/40/")
    client.get("/codes/97/")
    client.get("/f/999/")  # not there
    client.head("/f/40/")
    recorder.flush()
    assert set(UseDay.objects.values_list("kind", "key", "views")) == {("fault", "40", 3), ("code", "97", 1)}


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"user-agent": "Baiduspider+(+http://www.baidu.com/search/spider.htm)"},
        {"sec-fetch-dest": "empty", "sec-fetch-mode": "cors"},  # the worker that keeps pages
        {"sec-fetch-dest": "iframe", "sec-fetch-mode": "navigate"},
        {"sec-purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
    ],
    ids=str,
)
def test_what_nobody_looks_at_is_not_counted(client, headers):
    assert search(client, "不出票", headers=headers) == ""
    client.get("/f/40/", headers=headers)
    recorder.flush()
    assert not Search.objects.exists() and not UseDay.objects.exists()


@pytest.mark.parametrize("dest", ["document", "empty"])
def test_a_navigation_counts_also_when_a_service_worker_hands_it_on(client, dest):
    headers = {"sec-fetch-dest": dest, "sec-fetch-mode": "navigate"}
    assert search(client, "不出票", headers=headers)
    client.get("/f/40/", headers=headers)
    recorder.flush()
    assert Search.objects.count() == UseDay.objects.count() == 1


def test_whoever_may_see_drafts_is_no_reader(signed_in_as):
    editor = signed_in_as("编辑")
    assert search(editor, "不出票") == ""
    editor.get("/f/40/")
    tell(editor, "typed", q="不出票")
    tell(editor, "opened", mark="x", page="/f/40/", rank=1)
    assert not Search.objects.exists() and not UseDay.objects.exists()


def test_nothing_of_the_reader_is_kept(client):
    """Neither an address nor a name nor anything that is the same for two of one reader's searches."""
    names = {field.name for field in Search._meta.get_fields()}
    assert names == {"id", "mark", "at", "text", "folded", "source", "outcome", "results", "best_score"} | {
        "opened_kind",
        "opened_key",
        "rank",
        "is_repeated",
    }
    assert search(client, "不出票") != search(client, "不出票")
    assert not client.cookies


def test_a_flood_of_beacons_is_let_go_without_a_word(client, monkeypatch):
    monkeypatch.setattr(beacons, "MOST_A_MINUTE", 3)
    for _ in range(9):
        tell(client, "typed", q="不出票")
    assert Search.objects.count() == 3


@pytest.mark.parametrize("what", ["opened", "repeated", "typed"])
def test_beacons_come_from_our_own_pages_only_and_by_post(client, what):
    assert client.post(reverse(what), {"q": "不出票"}, headers={"origin": "https://evil.example"}).status_code == 403
    assert client.get(reverse(what)).status_code == 405
    recorder.flush()
    assert not Search.objects.exists()


def test_a_reader_sees_no_error_when_noting_is_impossible(client, monkeypatch):
    """The queue is all that a request touches: not even a lost table can reach it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE faults_searchday RENAME TO gone")
    try:
        assert client.get("/search/?q=不出票").status_code == 200
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE gone RENAME TO faults_searchday")
        recorder._waiting.clear()


def test_searching_asks_the_database_as_often_as_without(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get("/search/?q=不出票")

    def count(**more):
        with CaptureQueriesContext(connection) as seen:
            client.get("/search/?q=不出票", **more)
        return len(seen)

    assert count() == count(headers={"user-agent": "Googlebot"})
