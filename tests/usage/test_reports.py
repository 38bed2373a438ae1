"""What use has shown, as lists: what belongs on each and what doesn't, in which order, and at what cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from faults.editing import publishing
from faults.editing.describe import snapshot
from faults.editing.edits import propose
from faults.editing.history import version_read
from faults.editing.revisions import dry_run
from faults.models import Action, Change, DealtWith, Fault, ReturnCode, Search, Status
from faults.usage.report_entries import lower_bound
from faults.usage.report_texts import deal_with
from faults.usage.reports import REPORTS, TEXT, first_day
from tests.usage.rows import flagged, judged, many, opened, overdue, searched, used, voted

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
TEXTS = [name for name, report in REPORTS.items() if report.kind == TEXT]
# Each sort of search, and the lists on which it stands.
SORTS = {
    "nothing": ({"outcome": "nothing"}, {"nothing"}),
    "unknown code": ({"outcome": "unknown"}, {"nothing"}),
    "near": ({"outcome": "near", "best_score": 0.2}, {"near"}),
    "near, opened": ({"outcome": "near", "rank": 2}, {"near"}),
    "near, asked again": ({"outcome": "near", "is_repeated": True}, {"near", "repeated"}),
    "answered, unopened": ({"outcome": "answered", "results": 4}, {"unopened"}),
    "answered, opened": ({"outcome": "answered", "rank": 1}, set()),
    "answered, asked again": ({"outcome": "answered", "is_repeated": True}, {"unopened", "repeated"}),
}


def rows(name, days=30, most=50):
    return REPORTS[name].rows(first_day(days), most)


def names(name, days=30):
    return [row.name for row in rows(name, days)]


def entry(number):
    return Fault.everything.get(number=number)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("name", TEXTS)
def test_a_search_stands_where_it_belongs_and_nowhere_else(name, sort):
    values, lists = SORTS[sort]
    searched("机器一直叫", **values)
    assert names(name) == (["机器一直叫"] if name in lists else [])


@pytest.mark.parametrize("name", TEXTS)
def test_a_period_holds_its_days_and_no_more(name):
    values = {"nothing": {}, "near": {"outcome": "near"}}.get(name, {"outcome": "answered", "is_repeated": name == "repeated"})
    searched("六天前", days_ago=6, **values)
    searched("七天前", days_ago=7, **values)
    assert names(name, days=7) == ["六天前"] and set(names(name, days=30)) == {"六天前", "七天前"}


def test_texts_that_fold_to_the_same_are_one_row_as_typed_last_and_the_most_asked_stands_first():
    searched("一次的")
    for days_ago, text in ((3, "POS机叫"), (2, "pos機叫"), (1, "ＰＯＳ机叫")):
        last = searched(text, days_ago=days_ago, outcome="unknown")
    first, second = rows("nothing")
    assert (first.name, first.folded, first.cells) == ("ＰＯＳ机叫", "pos机叫", (3, last.at, "码表里没有的码"))
    assert (second.name, second.cells[0]) == ("一次的", 1)


def test_of_what_was_only_near_the_last_score_is_shown_and_of_what_was_not_opened_the_number_of_answers():
    searched("没声音", "near", days_ago=2, best_score=0.1)
    searched("没声音", "near", days_ago=1, best_score=0.25)
    searched("有几条", "answered", results=7)
    assert rows("near")[0].cells[2] == 0.25 and rows("near")[0].texts[2] == "0.25"
    assert rows("unopened")[0].cells[2] == 7


@pytest.mark.parametrize("name", TEXTS)
def test_what_was_dealt_with_goes_and_comes_back_when_it_fails_again(name, editor):
    values = {"nothing": {}, "near": {"outcome": "near"}}.get(name, {"outcome": "answered", "is_repeated": True})
    searched("机器一直叫", days_ago=2, **values)
    searched("别的话", days_ago=2, **values)
    deal_with("机器一直叫", editor)
    assert names(name) == ["别的话"]
    again = Search.objects.get(pk=searched("机器一直叫", **values).pk)
    row = next(row for row in rows(name) if row.name == "机器一直叫")
    assert row.cells[:2] == (1, again.at)
    deal_with("机器一直叫", editor)
    assert names(name) == ["别的话"] and DealtWith.objects.get().by == editor


def test_most_used_are_entries_and_codes_by_reading_and_solving():
    used(40, views=5, opened=3)
    used(40, days_ago=3, views=1, solved=2)
    used(118, views=7)
    used("97", "code", views=90, opened=60)
    used(5, days_ago=40, views=500)
    used(12, opened=0, helpful=3)
    used("1", "term", views=900)
    used(777_777, views=900)  # no such entry any more
    assert [(row.item, row.cells) for row in rows("most-used", most=4)] == [
        (ReturnCode.objects.get(scheme="cup", code="97"), (90, 60, 0)),
        (entry(40), (6, 3, 2)),
        (entry(118), (7, 0, 0)),
    ]


def test_worst_rated_is_by_how_sure_it_is_and_shows_reasons_and_the_last_words():
    for reason, words in (("wrong", "第一句"), ("unclear", "最后一句"), ("wrong", "")):
        voted(40, reason=reason, words=words)
    voted(118)
    voted(5, is_helpful=True)
    for _ in range(40):
        voted(12, is_helpful=True)
    voted(12, reason="outdated")
    voted(17, days_ago=40)
    assert [(row.item.number, *row.cells) for row in rows("worst-rated")] == [
        (40, 3, 0, "内容不对 2、看不明白 1", "最后一句"),
        (118, 1, 0, "", ""),
        (12, 1, 40, "过时了 1", ""),
    ]


def test_votes_on_words_that_were_changed_since_do_not_count_and_a_review_changes_none(editor):
    fault = entry(40)
    voted(40)
    publishing.confirm(fault, editor)
    assert names("worst-rated") == [str(fault)]
    propose(fault, snapshot(fault) | {"symptom": "改写过的现象。"}, editor, Action.CHANGED)
    assert names("worst-rated") == [str(fault)], "readers still see the words that were voted on"
    publishing.publish(fault, editor)
    assert names("worst-rated") == []
    voted(40)
    assert [row.cells[0] for row in rows("worst-rated")] == [1]


def test_an_entry_without_history_is_rated_too():
    Change.objects.filter(kind="fault", item_id=entry(40).pk).delete()
    voted(40, version=0)
    assert version_read(entry(40)) == 0 and names("worst-rated") == [str(entry(40))]


def test_what_readers_no_longer_see_is_not_rated():
    voted(40)
    Fault.objects.filter(number=40).update(status=Status.ARCHIVED)
    assert names("worst-rated") == []


@pytest.mark.parametrize("whole", [1, 2, 10, 1000])
def test_the_bound_lies_below_the_share_and_nears_it(whole):
    for part in range(0, whole + 1, max(whole // 10, 1)):
        assert -1e-9 <= lower_bound(part, whole) <= part / whole < lower_bound(part, whole) + 2 / whole**0.5
    assert lower_bound(1, 1) < lower_bound(9, 10) < lower_bound(90, 100)


def test_never_opened_are_the_published_that_nobody_read_the_longest_published_first(draft):
    numbers = list(Fault.objects.order_by("number").values_list("number", flat=True))
    young, old, other, *rest = numbers
    for number in rest:
        used(number, views=1)
    used(other, days_ago=40, views=1)
    used(old, helpful=1, solved=1)
    used(young, "code", views=3)
    for number, days in ((young, 1), (old, 300), (other, 200)):
        Change.objects.of(entry(number)).update(made_at=timezone.now() - timedelta(days=days))
    assert [row.item.number for row in rows("never-opened")] == [old, other, young]
    assert rows("never-opened")[0].cells[0].date() == (timezone.now() - timedelta(days=300)).date()
    used(old, days_ago=1, opened=1)
    assert [row.item.number for row in rows("never-opened")] == [other, young]


def test_flags_stand_until_they_are_closed_however_old():
    cause = entry(40).causes.first()
    flag, closed = flagged(40, "菜单变了"), flagged(118)
    flag.cause, closed.closed_at = cause, timezone.now()
    flag.made_at = timezone.now() - timedelta(days=300)
    flag.save()
    closed.save()
    assert [(row.flag, row.item, row.cells) for row in rows("flagged")] == [(flag, entry(40), ("菜单变了", cause, flag.made_at))]


def test_overdue_are_by_days_times_uses(draft):
    overdue(118, 100)
    overdue(40, 10)
    overdue(5, 2)
    overdue(12, 0)
    Fault.everything.filter(pk=draft.pk).update(review_due=timezone.localdate() - timedelta(days=500))
    used(40, views=8, solved=3)
    used(5, days_ago=40, views=900)
    assert [(row.item.number, *row.cells[1:]) for row in rows("overdue")] == [(40, 10, 11), (118, 100, 0), (5, 2, 0)]


def test_broken_are_judgments_that_held_once_and_not_now():
    one = judged("没出票", 40, rank=0, held=True)
    two = judged("报97", code="97", rank=0, held=True)
    gone = judged("报ZZ", code="ZZ", rank=0, held=True)
    judged("从来没有", 40, rank=0)
    judged("还在", 118, rank=2, held=True)
    judged("没查过", 118)
    assert [(row.judgment, row.name, row.cells[0]) for row in rows("broken")] == [
        (gone, "ZZ", "报ZZ"),
        (two, str(ReturnCode.objects.get(scheme="cup", code="97")), "报97"),
        (one, str(entry(40)), "没出票"),
    ]


@pytest.mark.parametrize("name", REPORTS)
def test_sixty_rows_take_as_many_queries_as_one(name):
    def queries(count):
        with dry_run():
            many(name, count)
            with CaptureQueriesContext(connection) as seen:
                listed = len(rows(name, most=60))
        return len(seen), listed

    few, one = queries(1)
    assert queries(60) == (few, 60) and 1 <= one <= 2 and few <= 4


@pytest.mark.parametrize("name", TEXTS)
def test_the_searches_of_a_list_are_read_by_an_index(name):
    many(name, 60)
    opened(5_000)
    with CaptureQueriesContext(connection) as seen:
        rows(name)
    plan = plan_of(seen[0]["sql"])
    assert {"unopened": "search_unopened", "repeated": "search_repeated"}.get(name, "search_by_outcome") in plan, plan
    assert connection.vendor != "sqlite" or "USING COVERING INDEX search_" in plan, plan
    assert "SCAN faults_search" not in plan and "Seq Scan on faults_search" not in plan, plan


def plan_of(statement):
    """How the database would answer it. PostgreSQL first looks at what is there, as it does by itself after a while."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE faults_search")
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{statement}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())
