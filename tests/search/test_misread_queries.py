"""Kinds of query that search once misread, a table each: what must come first, and what must not.

The whole file takes some four seconds: each row is one search.
"""

from zlib import crc32

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from faults.models import Fault, ReturnCode, ScreenText, SearchDocument, Status
from faults.models.search_documents import CODE
from faults.search.find import find
from faults.search.index import refresh
from faults.search.query import parse
from tests.budget import either

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
READER = AnonymousUser()


def name(item) -> str:
    """An item as the tables write it: 40, cup:97, 签到."""
    if isinstance(item, Fault):
        return str(item.number)
    return f"{item.scheme_id}:{item.code}" if isinstance(item, ReturnCode) else item.name


def names(text: str) -> list[str]:
    return [name(hit.item) for hit in find(READER, text).hits]


def wrong(rows: dict[str, str]) -> dict[str, list[str]]:
    """The queries whose first answer isn't the one beside it; "-" stands for no answer."""
    found = {text: names(text) for text in rows}
    return {text: found[text][:3] for text, wanted in rows.items() if (found[text] or ["-"])[0] not in wanted.split()}


def test_what_is_named_or_asked_for_is_no_code():
    rows = {
        "手续费": "189 手续费", "刷卡手续费多少": "189 手续费", "收单机构电话": "193 123 收单机构", "dcc": "DCC",
        "终端号在哪里看": "67 终端号",
        "余额不足": "cup:51", "请联系发卡": "120 cup:01", "手续费找谁问": "189 手续费", "商户号是什么": "商户号",
    }  # fmt: skip
    assert not wrong(rows)


def test_words_of_others_say_where_or_when():
    rows = {
        "酒店预授权撤销": "84 预授权撤销", "下雨天信号不好": "1", "天气冷电池掉电快": "24", "美团的机器连不上网": "1 4 12",
        "停车场刷卡没反应": "47 43", "电影院刷卡机没信号": "1", "快递员收款机不打票": "40 41", "加油卡机器打印不清楚": "37",
        "汽车美容店刷卡机卡纸": "34", "笔记本电脑开不了机": "-", "电视连不上网": "-", "洗衣机充不进电": "-", "火车票怎么退": "-",
        "美团登录不上": "-", "房贷怎么取消": "-", "信用卡贷款怎么还不到账": "-",
    }  # fmt: skip
    assert not wrong(rows)


def test_the_telling_word_counts_more_than_the_common_one():
    rows = {
        "读卡请重试": "43 44 47", "退货超限": "176 111 退货", "密码键盘超限": "55 54 57", "操作员不存在": "66",
        "无法签到": "59", "没法签到": "59",
        "签不了到": "59", "不能签到": "59", "密码键盘请重试": "54 55", "读卡失败请重新签到": "43 44 47 60 59",
    }  # fmt: skip
    assert not wrong(rows)


@pytest.mark.parametrize(
    ("text", "code", "number"),
    [
        ("E300 商户没开通", "E300", "72 125"),
        ("错误码E8001打不出票", "E8001", "40"),
        ("E205 网络连接失败", "E205", "4 1 12"),
        ("返回码 7Q 密码错", "7Q", "56 cup:55"),
        ("随行付的报1012 打不出票", "1012", "40"),
    ],
)
def test_an_unknown_code_hides_nothing_that_is_known(text, code, number):
    found = find(READER, text)
    assert found.unknown_code == code and name(found.hits[0].item) in number.split()


def test_many_unknown_codes_cost_no_more_than_one():
    text = " ".join(f"E{number}" for number in range(300, 340))
    with CaptureQueriesContext(connection) as many:
        assert find(READER, f"{text} 打不出票").unknown_code == "E300"
    with CaptureQueriesContext(connection) as one:
        assert find(READER, "E300 打不出票").unknown_code == "E300"
    assert len(many) <= len(one) + 2


def test_a_code_whose_document_is_missing_ends_the_search():
    SearchDocument.objects.filter(kind=CODE, code="A7").delete()
    assert find(READER, "A7").codes == ("A7",)


def test_a_code_of_another_table_hides_no_words():
    assert {"mastercard:71", "cup:14"} <= set(names("码 71 无效卡号"))


@pytest.mark.parametrize("text", ["E001:交易失败", "随行付机器报1012", "返回码1012", "错误码ww", "POS机错误代码9999"])
def test_beside_an_unknown_code_a_general_word_is_no_answer(text):
    found = find(READER, text)
    assert found.unknown_code and not found.hits


@pytest.mark.parametrize("text", ["TCP连接失败", "流量卡", "交易超过时间", "打印机没纸"])
def test_a_word_that_is_written_is_not_taken_by_ear(text):
    assert not find(READER, text).read_as


def test_numbers():
    rows = {
        "40号": "40", "97号": "97", "`47`": "47", "AO": "cup:A0", "A-0": "cup:A0", "a 0": "cup:A0", "O5": "cup:05", "返回码AO": "cup:A0",
        "返回吗九七": "cup:97", "返回马五一": "cup:51", "三十八": "cup:38", "说是三十八什么意思": "cup:38", "显示五一余额不足": "cup:51",
        "交易失败 97": "cup:97", "交易失败61": "cup:61", "刚才那个A7还是不行": "cup:A7", "弹出来一个55": "cup:55", "“51”": "cup:51",
    }  # fmt: skip
    assert not wrong(rows)


@pytest.mark.parametrize(("text", "code"), [("E51", "51"), ("err99", "99"), ("Err 21", "21"), ("ERROR 55", "55"), ("E055", "55")])
def test_another_makers_number_offers_the_code_of_its_figures(text, code):
    found = find(READER, text)
    assert found.unknown_code and not found.hits and name(found.weak[0].item) == f"cup:{code}"


@pytest.mark.parametrize("text", ["提示二十三元交易失败", "显示十二点", "出现三十次", "报一百二十元"])
def test_an_amount_in_words_is_no_code(text):
    assert not isinstance((find(READER, text).hits or [None])[0], ReturnCode) and not find(READER, text).codes


def test_spellings_and_words_of_function():
    rows = {
        "交易超过时间": "5 超时", "查找不到原交易": "cup:25 84", "钱什么时候打款": "92", "什么时候出款": "92 165 出款",
        "外币卡刷不了": "226 85 72",
        "无拨号音": "118", "输入金额大于消费金额": "102", "输入金额小于消费金额": "110", "机器拆了": "32", "机器坏了": "123",
    }  # fmt: skip
    assert not wrong(rows)


@pytest.mark.parametrize("text", ["又不打票又连不上网", "不打票，还连不上网", "打印机卡纸，另外也签不了到"])
def test_each_of_several_matters_has_its_answer(text):
    matters = find(READER, text).matters
    assert len(matters) == 2 and len({matter.hits[0].item for matter in matters}) == 2


def test_of_several_matters_money_comes_first():
    matters = find(READER, "卡纸了，但是重复扣款").matters
    assert [matter.query.text for matter in matters] == ["重复扣款", "卡纸了"]


def test_what_was_tried_is_not_what_is_wrong():
    rows = {
        "已经重启过了还是卡死": "26",
        "重启了三次还是连不上网": "1 4 12",
        "换了新纸还是卡纸": "34",
        "restarted twice but still no paper": "33 39",
    }
    assert not wrong(rows)


def test_nonsense_gets_no_answer():
    lines = ["asdkjh qwe zxc", "lorem ipsum dolor sit amet", "Traceback (most recent call last)", "java.lang.NullPointerException"]
    lines += ["segmentation fault core dumped", "qwertyuiop", "呵呵哒么么", "привет как дела", "؟؟ مرحبا", "npm ERR! code ENOENT"]
    assert not wrong(dict.fromkeys(lines, "-"))


def test_what_is_called_so_is_found_by_it():
    """What is published is found first by each of its titles, screens and aliases, or another that is called the same is.

    Codes of foreign cards and of other acquirers come behind an entry that fits; a name that names a code shows the code.
    """
    called: dict[str, set[tuple]] = {}
    ours = ReturnCode.objects.filter(scheme__in=["cup", "terminal"]).values_list("pk", flat=True)
    for document in SearchDocument.objects.filter(Q(is_published=True), ~Q(kind=CODE) | Q(object_id__in=ours)):
        page = (document.kind, document.code or document.object_id)
        for text in "\n".join([document.title, document.screens, document.aliases]).split("\n"):
            called.setdefault(text, set()).add(page)
    texts = sorted(
        (text for text in called if text and not any(code.explicit for code in parse(text).codes)), key=lambda text: crc32(text.encode())
    )
    tried = texts[: either(150, len(texts))]
    first = {text: find(READER, text, limit=1).hits[:1] for text in tried}
    assert not {text: hits for text, hits in first.items() if not hits or _page(hits[0]) not in called[text]}


def _page(hit) -> tuple:
    return (hit.kind, hit.item.code if hit.kind == CODE else hit.item.pk)


def test_an_alias_just_saved_comes_first_for_itself(draft):
    draft.status = Status.PUBLISHED
    draft.save()
    ScreenText.objects.create(fault=draft, text="余额不足请充值后再来", position=9)
    refresh([draft])
    assert names("余额不足请充值后再来")[0] == name(draft)


def test_what_is_in_order_is_not_what_is_wrong():
    rows = {"打印正常但是没有网络": "1 4 10 12", "没有卡纸就是不出票": "40 41 36", "机器没坏，就是没网": "1 4 12 10"}
    assert not wrong(rows)


def test_danger_comes_first():
    rows = dict.fromkeys(["机器冒烟了", "有股糊味但还能用", "机器着火了", "电池鼓包", "机器漏电", "电池漏液了", "机器烧了"], "128")
    assert not wrong(rows)


def test_the_table_that_says_the_rest_comes_first():
    assert not wrong({"终端显示Z1交易超时": "terminal:Z1", "97 终端号": "cup:97", "余额不足 51": "cup:51"})


@pytest.mark.parametrize("text", ["报错1A", "报错1O"])
def test_figures_are_not_heard_wrong(text):
    assert not find(READER, text).read_as and "cup:06" not in names(text)[:1]
