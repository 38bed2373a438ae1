"""The desk's lists of use: what they show, at what cost, and as files."""

import csv
import json
from datetime import timedelta
from html import unescape
from io import StringIO
from re import findall

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from faults.editing.revisions import dry_run
from faults.models import SearchDay
from faults.usage.reports import REPORTS
from tests.usage.rows import flagged, judged, many, searched

pytestmark = pytest.mark.django_db


def listed(client, name="nothing", **query):
    return client.get(reverse("usage_list", args=[name]), query).content.decode()


def exported(client, name):
    """The response, and the file's rows."""
    response = client.get(reverse("usage_csv", args=[name]))
    return response, list(csv.reader(StringIO(response.content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("name", REPORTS)
def test_every_list_opens_with_its_title_what_it_says_and_its_rows(signed_in_as, name):
    editor, report = signed_in_as("编辑"), REPORTS[name]
    said = '<p class="desk-dim">这段时间没有人查过。</p></section></div>' if report.kind == "text" else '<p class="desk-ok">没有。</p>'
    assert said in listed(editor, name) or name == "never-opened"
    many(name, 2)
    page = listed(editor, name)
    assert f"<h2>{report.title}</h2>" in page and str(report.about) in page
    assert page.count('<th scope="row">') == len(report.rows(timezone.localdate())) >= 2


@pytest.mark.parametrize("name", REPORTS)
def test_the_page_takes_as_many_queries_for_sixty_rows_as_for_one(signed_in_as, name):
    reviewer = signed_in_as("复核")

    def queries(count):
        with dry_run():
            many(name, count)
            with CaptureQueriesContext(connection) as seen:
                assert listed(reviewer, name).count('<th scope="row">') >= min(count, 50)
        return len(seen)

    assert queries(1) == queries(60)


@pytest.mark.parametrize(
    ("count", "page", "rows", "said"), [(50, 1, 50, "共50行"), (60, 1, 50, "共60行"), (60, 2, 10, "共60行"), (60, "x", 50, "共60行")]
)
def test_a_list_says_how_many_rows_it_has_and_leads_to_the_rest(signed_in_as, count, page, rows, said):
    many("nothing", count)
    shown = listed(signed_in_as("编辑"), days="90", page=page)
    assert (shown.count('<th scope="row">'), said in shown) == (rows, True)
    assert ("?days=90&amp;page=2" in shown) == (count == 60 and page != 2)


def test_where_a_list_ends_it_says_so(signed_in_as, monkeypatch):
    monkeypatch.setattr("faults.admin.usage.EXPORTED", 20)
    many("nothing", 20)
    assert "共20行" in listed(signed_in_as("编辑"))
    many("unopened", 21)
    assert "只列出前20行，CSV里也是" in listed(signed_in_as("编辑", "又一位"), "unopened")


def test_there_is_no_list_of_another_name(signed_in_as):
    editor = signed_in_as("编辑")
    assert editor.get("/admin/desk/usage/other/").status_code == 404
    assert editor.get("/admin/desk/usage/other/csv/").status_code == 404
    assert editor.post("/admin/desk/usage/other/dealt/", {"from_search": "x"}).status_code == 404


def test_the_period_is_chosen_and_nonsense_is_thirty_days(signed_in_as):
    editor = signed_in_as("编辑")
    searched("八天前", days_ago=8)
    searched("四十天前", days_ago=40)
    seen = {days: [text in listed(editor, days=days) for text in ("八天前", "四十天前")] for days in ("7", "30", "90", "x", "-1")}
    assert seen == {"7": [False, False], "30": [True, False], "90": [True, True], "x": [True, False], "-1": [True, False]}


def test_the_plot_has_the_figures_and_so_has_the_table(signed_in_as):
    today = timezone.localdate()
    SearchDay.objects.create(day=today, searches=8, answered=6, near=1, nothing=1, opened=4, repeated=2)
    SearchDay.objects.create(day=today - timedelta(days=2), searches=2, answered=2)
    page = listed(signed_in_as("编辑"), days="7")
    data = json.loads(unescape(page.split('data-value="')[1].split('"')[0]))
    assert data["labels"][-1] == f"{today:%m-%d}" and len(data["labels"]) == 7
    assert [dataset["data"] for dataset in data["datasets"]] == [
        [0, 0, 0, 0, 2, 0, 8],
        [0, 0, 0, 0, 2, 0, 6],
        [None, None, None, None, 100, None, 75],
    ]
    assert f"<tr><td>{today}</td><td>8</td><td>6（75%）</td><td>1</td><td>1</td><td>4</td><td>2</td></tr>" in page
    assert "<dt>查询</dt><dd>10</dd>" in page and "<dt>有答案</dt><dd>80%</dd>" in page


def test_without_any_search_there_is_a_sentence_instead_of_a_plot(signed_in_as):
    page = listed(signed_in_as("编辑"))
    assert "这段时间没有人查过" in page and "<canvas" not in page


def test_what_waits_to_be_worked_off_is_counted_beside_its_name(signed_in_as):
    flagged(40)
    flagged(118)
    judged("不出票", 40, rank=0, held=True)
    page = listed(signed_in_as("编辑"))
    assert "读者报错 <b>2</b>" in page and "找不到了 <b>1</b>" in page and "过期未复核</a>" in page


def test_a_list_is_a_file_that_excel_reads_and_no_cell_of_it_is_a_formula(signed_in_as):
    for text in ("=1+1", "-5元", "@某人", "＋86", "好好的，一句"):
        searched(text)
    response, table = exported(signed_in_as("编辑"), "nothing")
    assert response.content.startswith(b"\xef\xbb\xbf") and response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="posdesk-nothing-{timezone.localdate()}.csv"'
    assert table[0] == ["查的话", "几次", "最近一次", "结果"]
    assert {row[0] for row in table[1:]} == {"'=1+1", "'-5元", "'@某人", "'＋86", "好好的，一句"}
    assert {row[1] for row in table[1:]} == {"1"}


@pytest.mark.parametrize("name", REPORTS)
def test_every_list_can_be_had_as_a_file_and_holds_more_than_the_page(signed_in_as, name):
    many(name, 60)
    _, table = exported(signed_in_as("编辑"), name)
    assert len(table) >= 61 and all(len(row) == len(REPORTS[name].columns) for row in table)


def test_the_work_list_names_what_was_asked_most_in_vain_and_what_is_no_longer_found(signed_in_as):
    editor = signed_in_as("编辑")
    for number in range(7):
        for _ in range(8 - number):
            searched(f"说法{number}")
    searched("很久以前", days_ago=8)
    judged("没出票", 40, rank=0, held=True)
    box = editor.get("/admin/").content.decode().split("<h2>使用</h2>")[1].split("</section>")[0]
    assert findall("说法[0-9]", box) == [f"说法{number}" for number in range(5)] and '<small class="desk-dim">8次</small>' in box
    assert "很久以前" not in box and "1条以前找得到" in box and '"/admin/desk/usage/broken/"' in box


def test_the_sidebar_leads_there(signed_in_as):
    assert 'href="/admin/desk/usage/"' in signed_in_as("编辑").get("/admin/").content.decode()
    assert 'href="/admin/desk/usage/"' not in signed_in_as("").get("/admin/").content.decode()
