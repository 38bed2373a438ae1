"""Pages are kept whole: asked for again they cost one query, what hasn't changed isn't sent, and what has changed is never shown old."""

import gzip
import re
from datetime import date

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache, caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faults.models import Fault, Search, Status, UseDay
from faults.search import index
from faults.usage.recorder import recorder
from posdesk.page_cache import keys

pytestmark = pytest.mark.django_db
PAGES = [
    "/",
    "/f/",
    "/f/?kind=notice",
    "/f/40/",
    "/procedures/",
    "/notices/",
    "/codes/",
    "/codes/?q=余额&sort=-code",
    "/codes/97/",
    "/codes/97/?scheme=cup",
    "/terms/",
    "/search/",
    "/search/?q=不出票",
    "/search/?q=不出票&kind=fault",
    "/search/?q=机器没网&a=network:sim&a=bars:none",
    "/search/?q=红烧肉怎么做",
    "/search/suggestions/?q=不出票",
    "/sitemap.xml",
    "/robots.txt",
    "/opensearch.xml",
    "/manifest.webmanifest",
    "/feed.atom",
    "/call.json",
    "/offline.json",
    "/offline/",
    "/offline/words.json",
]


def without_marks(page) -> tuple:
    """What two showings of one page have in common."""
    headers = {name: value for name, value in page.items() if name not in ("ETag", "X-Request-ID")}
    return re.sub(b'data-search="[^"]*"', b"", page.content), headers


@pytest.mark.postgresql
@pytest.mark.parametrize("path", PAGES)
def test_a_page_asked_for_again_costs_one_query_and_is_the_same(client, path, django_assert_num_queries):
    first = client.get(path)
    with django_assert_num_queries(1):
        again = client.get(path)
    assert first.status_code == again.status_code == 200 and without_marks(first) == without_marks(again)


@pytest.mark.parametrize("path", PAGES)
def test_who_has_it_already_gets_304_and_no_body(client, path):
    tag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert client.get(path, headers={"if-none-match": 'W/"00000000000000000000"'}).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_a_cookie_and_browsers_ask_each_time(client, path):
    page = client.get(path)
    assert not page.cookies and "no-cache" in page.headers["Cache-Control"]
    assert {"Accept-Encoding", "Accept-Language", "Cookie"} <= {word.strip() for word in page.headers["Vary"].split(",")}


def test_a_page_with_a_mark_of_its_own_is_nobody_elses(client):
    assert "private" in client.get("/search/?q=不出票").headers["Cache-Control"]
    assert "private" not in client.get("/f/40/").headers["Cache-Control"]


def test_compressed_once_and_only_for_who_takes_it(client):
    plain = client.get("/f/40/").content
    for _ in range(2):
        packed = client.get("/f/40/", headers={"accept-encoding": "gzip, br"})
        assert packed.headers["Content-Encoding"] == "gzip" and gzip.decompress(packed.content) == plain
        assert packed.headers["Content-Length"] == str(len(packed.content))


def change_title(title: str) -> None:
    fault = Fault.objects.get(number=40)
    fault.title = title
    fault.save()
    index.refresh([fault])


CHANGED = ["/f/40/", "/search/?q=不出票", "/search/suggestions/?q=不出票", "/f/?page=1", "/feed.atom", "/offline.json"]


@pytest.mark.postgresql
@pytest.mark.parametrize("path", CHANGED)
def test_what_is_changed_is_shown_at_once_also_to_who_has_the_old_page(client, path):
    before = client.get(path)
    change_title("换了标题的不出票")
    after = client.get(path, headers={"if-none-match": before.headers["ETag"]})
    assert after.status_code == 200 and after.content != before.content


@pytest.mark.postgresql
def test_what_is_withdrawn_is_gone_at_once(client):
    tag = client.get("/f/40/").headers["ETag"]
    Fault.objects.filter(number=40).update(status=Status.ARCHIVED)
    assert client.get("/f/40/", headers={"if-none-match": tag}).status_code == 404


def test_overnight_it_is_made_anew(client, monkeypatch):
    client.get("/f/40/")
    monkeypatch.setattr(keys.timezone, "localdate", lambda: date(2100, 1, 1))
    with CaptureQueriesContext(connection) as queries:
        client.get("/f/40/")
    assert len(queries) > 1


def test_what_is_signed_in_is_always_anew_and_never_shared(client, signed_in_as, draft):
    editor = signed_in_as("编辑")
    for path in ("/f/40/", "/f/900/", "/search/?q=紫霄殿"):
        page = editor.get(path)
        assert {"private", "no-store"} <= set(re.split(", ?", page.headers["Cache-Control"])) and "ETag" not in page.headers
        assert client.get(path).status_code == (404 if path == "/f/900/" else 200)
        assert "紫霄殿打不开" not in client.get(path).content.decode()


def session_key(**values) -> str:
    """Of a new session with these values."""
    session = SessionStore()
    session.update(values)
    session.save()
    return session.session_key


def test_a_cookie_of_nobody_gets_the_kept_page_for_one_question_and_one_that_is_no_key_for_none(client, editor, django_assert_num_queries):
    client.force_login(editor)
    signed_in = dict(client.session)
    client.cookies.clear()
    keys = {"x": 1, "X" * 32: 1, "'" * 32: 1, "x" * 32: 2, session_key(evil="evil"): 2, session_key(**signed_in | {"began": 0}): 2}
    client.cookies["sessionid"] = "x" * 32
    first = client.get("/search/?q=不出票")  # made for who brought a cookie, and kept for all
    assert re.search('data-search="(?!0{16})[0-9a-f]{16}"', first.content.decode())
    for key, queries in keys.items():
        client.cookies["sessionid"] = key
        with django_assert_num_queries(queries):
            assert without_marks(client.get("/search/?q=不出票")) == without_marks(first), key


def test_a_session_whose_account_is_closed_reads_as_everybody(client, editor, draft):
    client.force_login(editor)
    assert client.get(f"/f/{draft.number}/").status_code == 200
    type(editor).objects.update(is_active=False)
    assert client.get(f"/f/{draft.number}/").status_code == 404 and "ETag" in client.get("/f/40/").headers


# Beside a page's address what may be added to it without asking for anything else.
ADDED = [
    ("/f/40/", "/f/40/?x=evil&_=evil&page=evil"),
    ("/offline.json", "/offline.json?evil"),
    ("/sitemap.xml", "/sitemap.xml?p=9&section=evil"),
    ("/codes/97/?scheme=cup", "/codes/97/?scheme=visa&evil=1&scheme=cup"),
    ("/f/?actor=cashier&kind=fault", "/f/?kind=evil&actor=cashier&evil&kind=fault"),
    ("/search/suggestions/?q=不出票", "/search/suggestions/?kind=evil&q=不出票"),
]


@pytest.mark.parametrize(("path", "longer"), ADDED)
def test_nothing_that_is_added_to_an_address_makes_a_page_anew_or_gets_into_it(client, path, longer, django_assert_num_queries):
    asked_with_more = without_marks(client.get(longer))
    cache.clear()
    assert without_marks(client.get(path)) == asked_with_more
    with django_assert_num_queries(1):
        assert without_marks(client.get(longer)) == asked_with_more


@pytest.mark.parametrize("headers", [{"host": "127.0.0.1"}, {"accept-language": "en"}, {"accept-language": "zh-hant"}])
def test_hosts_and_languages_are_kept_apart(client, headers, settings):
    first = client.get("/f/40/").content
    other = client.get("/f/40/", headers=headers).content
    assert other != first and client.get("/f/40/").content == first


def test_a_forged_host_is_refused_and_another_header_changes_nothing(client):
    first = client.get("/f/40/").content
    for path in ("/f/40/", "/f/40/?x=1", "/search/?page=0001-01-01"):
        assert client.get(path, headers={"host": "127.0.0.1@evil"}).status_code == 400
    assert client.get("/f/40/", headers={"x-forwarded-host": "evil.example"}).content == first
    assert client.get("/f/40/").content == first


def test_errors_are_not_kept(client):
    assert client.get("/f/900/").status_code == 404
    Fault.everything.create(number=900, title="新的", category_id=Fault.objects.first().category_id, status=Status.PUBLISHED)
    assert client.get("/f/900/").status_code == 200


def test_what_the_shared_cache_knows_is_taken_from_there(client, django_assert_num_queries, settings, tmp_path):
    """Another process, which has kept nothing itself yet."""
    other = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(tmp_path)}
    settings.CACHES = {**settings.CACHES, "default": other}
    first = client.get("/f/40/").content
    caches["local"].clear()
    with django_assert_num_queries(1):
        assert client.get("/f/40/").content == first


# ---------- noted each time ----------


@pytest.mark.postgresql
def test_each_showing_is_a_view_also_when_nothing_is_sent(client):
    tag = client.get("/f/40/").headers["ETag"]
    client.get("/f/40/")
    assert client.get("/f/40/", headers={"if-none-match": tag}).status_code == 304
    recorder.flush()
    assert UseDay.objects.get(kind="fault", key="40").views == 3


def opened(client, mark: str, number: int) -> None:
    client.post("/say/opened/", {"mark": mark, "page": f"/f/{number}/", "rank": "1"})
    recorder.flush()


def test_a_search_whose_page_the_browser_has_is_a_search_and_what_is_opened_belongs_to_the_last(client):
    page = client.get("/search/?q=不出票")
    mark = re.search('data-search="([^"]+)"', page.content.decode())[1]
    opened(client, mark, 40)
    assert client.get("/search/?q=不出票", headers={"if-none-match": page.headers["ETag"]}).status_code == 304
    opened(client, mark, 118)
    assert list(Search.objects.order_by("pk").values_list("opened_key", flat=True)) == ["40", "118"]
    assert Search.objects.get(mark=mark).opened_key == "118"


def test_a_page_fetched_ahead_gets_its_mark_when_it_is_looked_at(client):
    ahead = client.get("/search/?q=不出票", headers={"sec-purpose": "prefetch"})
    assert 'data-search=""' in ahead.content.decode()
    shown = client.get("/search/?q=不出票", headers={"if-none-match": ahead.headers["ETag"]})
    assert shown.status_code == 200 and 'data-search=""' not in shown.content.decode()


def test_a_code_searched_again_is_noted_again(client, django_assert_num_queries):
    client.get("/search/?q=97")
    with django_assert_num_queries(1):
        assert client.get("/search/?q=97").headers["Location"] == "/codes/97/"
    recorder.flush()
    assert list(Search.objects.values_list("opened_key", "rank")) == [("97", 1), ("97", 1)]
