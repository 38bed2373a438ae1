"""What a search should find: written with an eye on whether it holds, tried again, and missed when it no longer does."""

import pytest
from django.urls import reverse

from faults.editing.history import newest_change
from faults.editing.merging import merge
from faults.models import DealtWith, Fault, Judgment, Status
from faults.search import index
from faults.usage.judgment_runs import try_again
from tests.admin.forms import filled_in
from tests.usage.rows import judged

pytestmark = pytest.mark.django_db
LIST, ADD = reverse("admin:faults_judgment_changelist"), reverse("admin:faults_judgment_add")


def entry(number):
    return Fault.everything.get(number=number)


def add(client, query, number="", code=""):
    return client.post(ADD, {"query": query, "fault": entry(number).pk if number else "", "code": code}, follow=True)


def withdraw(number):
    Fault.everything.filter(number=number).update(status=Status.ARCHIVED)
    index.refresh([entry(number)])


def test_it_is_tried_at_once_and_the_editor_told(signed_in_as):
    editor = signed_in_as("编辑", "老张")
    answer = add(editor, "无拨號音", 118)
    one = Judgment.objects.get()
    assert (one.folded, one.rank, one.made_by.username) == ("无拨号音", 1, "老张") and one.held_at == one.checked_at is not None
    assert "118号 显示“无拨号音”：第1条" in answer.content.decode()


def test_what_is_not_found_is_said_and_never_held(signed_in_as):
    answer = add(signed_in_as("编辑"), "今天天气怎么样", 118)
    assert "118号 显示“无拨号音”：不在前3条" in answer.content.decode()
    one = Judgment.objects.get()
    assert one.rank == 0 and one.checked_at and one.held_at is None and not Judgment.objects.broken().exists()


def test_a_code_may_be_what_is_to_be_found(signed_in_as):
    add(signed_in_as("编辑"), "报c0", code="c0")
    one = Judgment.objects.get()
    assert (one.code, one.fault) == ("C0", None) and one.rank == 1


@pytest.mark.parametrize(
    ("query", "number", "code", "sentence"),
    [
        ("不出票", "", "", "填一个，只填一个"),
        ("不出票", 40, "97", "填一个，只填一个"),
        ("不出票", "", "ZZ", "ZZ 不在任何一张码表里"),
        ("卡号6222021234567890123", 40, "", "卡号不能存进知识库"),
        ("\u200b", 40, "", "没有可查的字"),
        ("长" * 201, 40, "", "200"),
    ],
    ids=["neither", "both", "no such code", "card", "nothing said", "long"],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(signed_in_as, query, number, code, sentence):
    answer = add(signed_in_as("编辑"), query, number, code)
    assert sentence in answer.content.decode() and "judgment_has_one_answer" not in answer.content.decode()
    assert not Judgment.objects.exists()


@pytest.mark.parametrize(("number", "code"), [(40, ""), ("", "97")], ids=["entry", "code"])
def test_it_is_written_once_however_it_is_spelled(signed_in_as, number, code):
    editor = signed_in_as("编辑")
    add(editor, "POS机叫", number, code)
    assert "这一条已经记过了" in add(editor, "ＰＯＳ機叫", number, code).content.decode()
    add(editor, "POS机叫", 118)
    assert Judgment.objects.count() == 2


def test_a_form_saved_as_it_was_is_no_second_one(signed_in_as):
    editor, one = signed_in_as("编辑"), judged("不出票", 40)
    url = reverse("admin:faults_judgment_change", args=[one.pk])
    assert editor.post(url, filled_in(editor.get(url))).status_code == 302 and Judgment.objects.get().rank == 1


def test_a_form_saved_as_it_was_leaves_it_known_that_it_used_to_hold(signed_in_as):
    editor, one = signed_in_as("编辑"), judged("今天天气怎么样", 40, rank=0, held=True)
    url = reverse("admin:faults_judgment_change", args=[one.pk])
    editor.post(url, filled_in(editor.get(url)))
    assert Judgment.objects.broken().get().held_at == one.held_at


def test_another_question_starts_anew(signed_in_as):
    editor, one = signed_in_as("编辑"), judged("不出票", 40, rank=1, held=True)
    url = reverse("admin:faults_judgment_change", args=[one.pk])
    editor.post(url, filled_in(editor.get(url)) | {"query": "今天天气怎么样"})
    one.refresh_from_db()
    assert (one.rank, one.held_at, one.folded) == (0, None, "今天天气怎么样") and not Judgment.objects.broken().exists()


def test_what_used_to_hold_and_no_longer_does_is_reported(signed_in_as):
    editor = signed_in_as("编辑")
    add(editor, "无拨号音", 118)
    withdraw(118)
    answer = editor.post(reverse("admin:faults_judgment_try"), follow=True).content.decode()
    assert "现在找不到的有1条" in answer and "不在前3条" in answer
    assert "无拨号音" in editor.get(reverse("usage_list", args=["broken"])).content.decode()
    Fault.everything.filter(number=118).update(status=Status.PUBLISHED)
    index.refresh([entry(118)])
    assert "现在找不到的有0条" in editor.post(reverse("admin:faults_judgment_try"), follow=True).content.decode()


def test_trying_takes_a_post(signed_in_as):
    assert signed_in_as("编辑").get(reverse("admin:faults_judgment_try")).status_code == 405


def test_an_entry_that_was_merged_is_found_in_the_one_it_went_into(editor):
    one = judged("无拨号音", 118)
    merge(entry(118), entry(40), editor, newest_change())
    try_again([one])
    assert one.rank


@pytest.mark.postgresql
def test_the_list_says_where_each_stands_and_is_narrowed_to_what_is_no_longer_found(signed_in_as):
    editor = signed_in_as("编辑")
    judged("甲句", 40, rank=1, held=True)
    judged("乙句", code="97", rank=0, held=True)
    judged("丙句", 118, rank=0)
    judged("丁句", 118)
    page = editor.get(LIST).content.decode()
    assert all(words in page for words in ("第1条", "不在前3条", "还没查过", "现在都查一遍", str(entry(40))))

    def shown(**query):
        return {words for words in ("甲句", "乙句", "丙句", "丁句") if words in editor.get(LIST, query).content.decode()}

    assert shown(held="broken") == {"乙句"} and shown(held="no") == {"乙句", "丙句"} and shown(held="yes") == {"甲句"}
    assert shown(held="nonsense") == {"甲句", "乙句", "丙句", "丁句"} and shown(q="丙") == {"丙句"}


def test_a_judgment_made_from_a_failed_search_deals_with_it(signed_in_as):
    editor = signed_in_as("编辑")
    editor.post(f"{ADD}?from_search=紫霄殿", {"query": "紫霄殿", "fault": entry(40).pk, "code": ""})
    assert DealtWith.objects.get().folded == "紫霄殿"
