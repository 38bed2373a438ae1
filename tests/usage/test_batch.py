"""What readers do, written down: each search once, of it the first thing opened, and the sums of the day."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faults.models import DeskRules, Search, SearchDay, UseDay
from faults.usage.batch import write
from faults.usage.events import Opened, Repeated, Searched, Viewed

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
AT = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)  # the 23rd in Shanghai
DAY = datetime(2026, 11, 23).date()


def searched(mark="m1", outcome="answered", text="不出票", at=AT):
    return Searched(mark, at, text, text, "page", outcome, 3, 0.9)


def day():
    return SearchDay.objects.values("searches", "answered", "near", "nothing", "opened", "repeated").get(day=DAY)


def use(kind="fault", key="40"):
    return UseDay.objects.get(day=DAY, kind=kind, key=key)


def test_a_search_is_written_with_all_that_was_found():
    write([searched()])
    row = Search.objects.get()
    assert (row.mark, row.at, row.text, row.folded, row.source) == ("m1", AT, "不出票", "不出票", "page")
    assert (row.outcome, row.results, row.best_score, row.rank, row.is_repeated) == ("answered", 3, 0.9, None, False)


def test_the_days_sums_are_those_of_the_sites_own_day():
    write([searched("a"), searched("b", "near"), searched("c", "nothing"), searched("d", "unknown")])
    write([searched("e")])
    assert day() == {"searches": 5, "answered": 2, "near": 1, "nothing": 2, "opened": 0, "repeated": 0}


@pytest.mark.parametrize("together", [True, False], ids=["in-one-batch", "in-two"])
def test_what_was_opened_first_counts_and_only_once(together):
    events = [searched(), Opened("m1", AT, "fault", "40", 2), Opened("m1", AT, "fault", "5", 1), Repeated("m1", AT)]
    if together:
        write(events)
    else:
        write(events[:1])
        write(events[1:])
    row = Search.objects.get()
    assert (row.opened_kind, row.opened_key, row.rank, row.is_repeated) == ("fault", "40", 2, False)
    assert day()["opened"] == 1 and day()["repeated"] == 0 and use().opened == 1 and not UseDay.objects.filter(key="5").exists()


def test_asked_again_counts_when_nothing_was_opened():
    write([searched(), Repeated("m1", AT), Repeated("m1", AT), Opened("m1", AT, "fault", "40", 1)])
    assert Search.objects.get().is_repeated and day()["repeated"] == 1 and day()["opened"] == 0


def test_a_mark_that_no_search_has_counts_nothing():
    write([Opened("x", AT, "fault", "40", 1), Opened("", AT, "fault", "40", 1), Repeated("x", AT)])
    assert not SearchDay.objects.exists() and not UseDay.objects.exists()


def test_the_same_search_handed_in_twice_is_one():
    write([searched()])
    write([searched()])
    assert Search.objects.count() == 1


def test_views_are_only_sums():
    write([Viewed(AT, "fault", "40")] * 3 + [Viewed(AT, "code", "97")])
    write([Viewed(AT, "fault", "40")])
    assert use().views == 4 and use("code", "97").views == 1


def test_where_nothing_is_to_be_kept_only_the_sums_are():
    DeskRules.objects.update(keep_searches_days=0)
    write([searched(), Opened("m1", AT, "fault", "40", 1)])
    assert not Search.objects.exists() and day()["searches"] == day()["opened"] == use().opened == 1


def test_a_thousand_take_as_many_queries_as_one():
    def queries(count, start):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            write([searched(f"m{start + place}") for place in range(count)] + [Viewed(AT, "fault", "40")] * count)
        return len([query for query in seen if "faults_search " not in query["sql"] and 'INTO "faults_search"' not in query["sql"]])

    assert queries(1, 0) == queries(1_000, 10)
    assert Search.objects.count() == 1_001 and use().views == 1_001
