"""Incidents on readers' pages: where they stand, and that kept pages and the stamps of copies begin and end with them by the clock. 3 s."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from faults import incidents
from faults.models import Incident
from tests.incidents import incident

pytestmark = pytest.mark.django_db
SAID = "银联网络断了"
PAGES = ["/", "/f/40/", "/f/118/", "/codes/91/", "/codes/97/", "/search/?q=没网", "/search/?q=不出票", "/search/?q=红烧肉怎么做"]
PAGES += ["/search/suggestions/?q=没网", "/search/suggestions/?q=不出票"]
# What it names, and on which of PAGES it stands besides home.
NAMED = [
    ({}, PAGES[1:]),
    ({"entries": [40]}, ["/f/40/", "/search/?q=不出票", "/search/suggestions/?q=不出票"]),
    ({"codes": "91\n96"}, ["/codes/91/"]),
    ({"words": "没网\n红烧肉"}, ["/search/?q=没网", "/search/?q=红烧肉怎么做", "/search/suggestions/?q=没网"]),
]


def shown(client, pages=PAGES) -> list[str]:
    """The pages on which it stands."""
    return [page for page in pages if SAID in re.sub("<[^>]+>", "", client.get(page).content.decode())]


@pytest.mark.postgresql
@pytest.mark.parametrize(("named", "pages"), NAMED)
def test_it_stands_where_it_concerns(client, named, pages):
    incident(**named)
    assert shown(client) == ["/", *pages]


@pytest.mark.parametrize("not_said", [{"is_proposed": True}, {"begins": 5}, {"begins": -90, "ends": -30}])
def test_what_is_proposed_to_come_or_over_is_nowhere(client, not_said):
    incident(**not_said)
    assert shown(client) == []


def test_where_there_is_none_nothing_is_loaded_for_it(client):
    assert "incidents.js" not in client.get("/f/40/").content.decode()
    incident()
    assert re.search(r'data-until="\d{10}".*incidents[^"]*\.js', client.get("/f/40/").content.decode(), re.DOTALL)


@pytest.fixture
def clock(monkeypatch):
    """Sets the clock of readers' pages so many minutes ahead."""
    real = timezone.now

    def ahead(minutes: float) -> None:
        monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(minutes=minutes))

    return ahead


KEPT = ["/", "/f/40/", "/codes/91/", "/search/?q=不出票", "/search/suggestions/?q=不出票"]


@pytest.mark.parametrize("page", KEPT)
def test_a_kept_page_begins_and_ends_with_it_and_is_kept_in_between(client, clock, page, django_assert_num_queries):
    incident(entries=[40], codes="91", begins=10, ends=20)
    for minutes, is_shown in [(0, False), (11, True), (12, True), (21, False), (22, False)]:
        clock(minutes)
        first = client.get(page)
        assert (SAID in re.sub("<[^>]+>", "", first.content.decode())) == is_shown, minutes
        with django_assert_num_queries(1):
            client.get(page)
    tag = client.get(page).headers["ETag"]
    incident(entries=[40], codes="91")
    assert client.get(page, headers={"if-none-match": tag}).status_code == 200  # set: in force at once


def test_only_copies_of_the_pages_that_show_it_are_fetched_again(client, clock):
    incident(entries=[40], codes="91", begins=10, ends=20)
    before = client.get("/offline.json").json()["pages"]
    clock(11)
    during = client.get("/offline.json").json()["pages"]
    others = {address for address in before if before[address] != during[address]}
    assert {"/", "/f/40/", "/codes/91/"} <= others and not {"/f/118/", "/codes/97/"} & others
    clock(21)
    assert client.get("/offline.json").json()["pages"] == before


def test_what_was_made_while_it_began_is_not_kept_under_the_name_of_before(client, clock, monkeypatch):
    """The name is taken before the page is made; the clock goes on in between."""
    incident(entries=[40], begins=10, ends=20)
    made = incidents.in_force

    def late():
        clock(11)
        return made()

    with monkeypatch.context() as between:
        between.setattr(incidents, "in_force", late)
        assert SAID in re.sub("<[^>]+>", "", client.get("/f/40/").content.decode())
    clock(21)
    assert shown(client, ["/f/40/"]) == []


def test_ending_early_and_changing_the_words_reach_kept_pages_at_once(client):
    one = incident(entries=[40])
    assert shown(client, ["/f/40/", "/"]) == ["/f/40/", "/"]
    Incident.objects.filter(pk=one.pk).update(text="修好了，可以再试。")
    assert shown(client, ["/f/40/", "/"]) == [] and "修好了" in client.get("/").content.decode()
    Incident.objects.filter(pk=one.pk).update(starts_at=timezone.now() - timedelta(1), ends_at=timezone.now())
    assert "修好了" not in client.get("/").content.decode()


def test_twenty_cost_as_many_queries_as_one(client, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(count: int) -> int:
        for number in range(count):
            incident(entries=[40, 118], words=f"紫霄殿{number}")
        with CaptureQueriesContext(connection) as seen:
            client.get("/f/40/")
        return len(seen)

    client.get("/f/118/")
    assert queries(1) == queries(20)
