"""find(): what an agent types, and what must come first."""

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faults.models import Fault, ReturnCode, SynonymGroup
from faults.search.find import find
from faults.search.prepared_query import AS_TYPED
from tests.budget import either

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
READER = AnonymousUser()


def first(text):
    hits = find(READER, text).hits
    return hits[0].item if hits else None


@pytest.mark.parametrize(
    ("text", "number"),
    [("无拨号音", 118), ("不出票", 40), ("無撥號音", 118), ("外线无拨号音", 119), ("MAC错", 63), ("刷卡没反应", 43), ("no dial tone", 118)],
)
def test_the_right_entry_first(text, number):
    assert first(text).number == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("wubohaoyin", 118), ("wbhy", 118), ("wu bo hao yin", 118), ("无播号音", 118), ("无拔号音", 118), ("签道失败", 59),
        ("从正失败", 94), ("mac cuo", 63), ("mca错", 63), ("no dail tone", 118), ("我这个机器怎么刷了卡没反应啊", 43),
        ("移动pos 打印不出", 37), ("無撥號音怎麼辦", 118),
    ],
)  # fmt: skip
def test_sounds_slips_and_rambling(text, number):
    assert first(text).number == number


@pytest.mark.parametrize("text", ["118", "118号", "118号条目"])
def test_an_entrys_number_finds_it(text):
    assert first(text).number == 118


def test_a_code_comes_before_the_entry_with_its_number():
    hits = find(READER, "97").hits
    assert hits[0].item.code == "97" and hits[1].item.number == 97


@pytest.mark.parametrize(
    ("text", "code", "scheme"),
    [("拉卡拉 55", "55", "lakala"), ("visa 57", "57", "visa"), ("快钱04", "04", "kuaiqian"), ("97 终端号", "97", "cup")],
)
def test_several_things_at_once(text, code, scheme):
    assert (first(text).code, first(text).scheme_id) == (code, scheme)


def test_a_number_among_other_words_may_be_another_acquirers_code():
    assert first("28-PIN输入超过次数") != ReturnCode.objects.get(scheme="visa", code="28")


def test_as_typed_means_as_typed():
    assert find(READER, "无波号印").read_as
    assert not find(READER, "无波号印", without=AS_TYPED).read_as


@pytest.mark.parametrize("text", ["97", "返回码97", "９７", "rc97", "97号错误", "九十七"])
def test_the_code_first(text):
    assert isinstance(first(text), ReturnCode) and first(text).code == "97"


def test_a_code_in_a_sentence_comes_first_whatever_trade_is_named():
    assert [first(text).code for text in ("交易失败 98 我这烤鱼店", "交易失败 51 我们理发店", "交易失败 A0 我们修车铺")] == [
        "98",
        "51",
        "A0",
    ]


def test_an_entry_that_belongs_to_the_code_comes_next():
    assert 67 in [hit.item.number for hit in find(READER, "97").hits[1:3] if isinstance(hit.item, Fault)]


def test_a_code_is_no_answer_to_another_code():
    codes = [hit.item.code for hit in find(READER, "返回码97").hits if isinstance(hit.item, ReturnCode)]
    assert codes == ["97"]


@pytest.mark.parametrize("text", ["返回码Q7", "POS机错误代码9999", "错误码ww"])
def test_an_unknown_code_gets_no_answer(text):
    found = find(READER, text)
    assert found.unknown_code and not found.hits


@pytest.mark.parametrize("text", ["", "   ", "\x00", "？！", "今天天气怎么样", "怎么申请花呗"])
def test_nothing_is_presented_for_what_has_no_answer(text):
    assert not find(READER, text).hits


def test_drafts_are_found_by_editors_only(draft, editor):
    assert not [hit for hit in find(READER, "紫霄殿打不开").hits if hit.item == draft]
    assert find(editor, "紫霄殿打不开").hits[0].item == draft


def test_a_new_synonym_works_from_the_moment_it_is_saved():
    assert first("阿里嘎多") is None
    group = SynonymGroup.objects.create(name="试", words="无拨号音\n阿里嘎多", status="published")
    assert first("阿里嘎多").number == 118
    group.status = "archived"
    group.save()
    assert first("阿里嘎多") is None


def test_a_synonym_may_be_all_that_a_caller_said():
    """With the talk around the matter, which is otherwise left out: so an editor can make a synonym of a search as it was typed."""
    said = "请问一下机器一直呜呜叫怎么办"
    assert first(said) is None or first(said).number != 40
    SynonymGroup.objects.create(name="呜呜叫", words=f"交易成功但不打单\n{said}", status="published")
    assert first(said).number == 40


def test_the_scheme_named_comes_first():
    ReturnCode.everything.create(scheme_id="lakala", code="97", meaning="拉卡拉的97", retry_id="no", status="published")
    from faults.search import index

    index.refresh(ReturnCode.everything.filter(scheme="lakala", code="97"))
    assert first("拉卡拉97").scheme_id == "lakala"
    assert first("97").scheme_id == "cup"


@pytest.mark.parametrize("text", ["不出票", "97", "机器坏了", "x"])
def test_the_number_of_queries_does_not_depend_on_the_number_of_results(text, django_assert_max_num_queries):
    with django_assert_max_num_queries(22):
        find(READER, text)


@settings(max_examples=either(15, 60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_any_text_gets_an_answer_or_none(text):
    find(READER, text)


def test_ten_thousand_characters_are_no_problem():
    assert find(READER, "不出票" * 3334).query.was_cut


def test_a_brand_that_an_editor_saves_says_nothing_of_what_is_wrong():
    """Nor does one brand stand for another. One more search than most tests here."""
    before = first("无拨号音")
    SynonymGroup.objects.create(name="新牌子", words="扑扑机\n咕咕付", are_brands=True, status="published")
    assert first("咕咕付的无拨号音") == before and find(READER, "咕咕付的无拨号音").probability == 1.0
    assert not find(READER, "扑扑机").hits
