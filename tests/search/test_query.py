"""The query parser: a table of what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faults.search.query import MAX_LENGTH, parse
from tests.search.vocabulary import VOCABULARY

CODES = [
    ("97", ["97"]),
    ("返回码97", ["97"]),
    ("97号错误", ["97"]),
    ("报97", ["97"]),
    ("rc97", ["97"]),
    ("rc-97", ["97"]),
    ("错误码：97", ["97"]),
    ("９７", ["97"]),
    ("AO", ["A0"]),
    ("返回码a7", ["A7"]),
    ("九十七", ["97"]),
    ("返回码九七", ["97"]),
    ("错误代码5", ["05"]),
    ("97 终端号", ["97"]),
    ("拉卡拉05", ["05"]),
    ("visa 57", ["57"]),
    ("28-PIN输入超过次数", ["28"]),
    ("E001:交易失败", ["E001"]),
    ("POS机错误代码9999", ["9999"]),
    ("错误代码 0x80070005", ["0X80070005"]),
    ("故障码：P0420", ["P0420"]),
    ("E0099 报错", ["E0099"]),
    ("打不开，err12", ["ERR12"]),
    ("报错XQ", ["XQ"]),
    ("rc 7X", ["7X"]),
    ("报IC卡错误", []),
    ("A920打印不出", []),
    ("商户代码 123456789012", []),
    ("验证码123456", []),
    ("刷了10元", []),
    ("3台机器都不行", []),
    ("24小时到账吗", []),
    ("10.5%", []),
    ("不出票", []),
    ("等了20分钟", []),
    ("invalid merchant", []),
    ("barcode expired", []),
]


@pytest.mark.parametrize(("typed", "codes"), CODES)
def test_codes(typed, codes):
    assert [code.value for code in parse(typed).codes] == codes


@pytest.mark.parametrize(
    ("typed", "explicit"),
    [
        ("97", False),
        ("返回码97", True),
        ("报97", True),
        ("交易失败 97", True),
        ("屏幕上蹦出个98", True),
        ("刷卡失败10次了", False),
        ("97号错误", True),
        ("97 终端号", False),
        ("2G退网", False),
        ("显示IC卡错误", False),
    ],
)
def test_a_number_is_a_code_for_certain_only_when_it_is_called_one(typed, explicit):
    assert any(code.explicit for code in parse(typed).codes) is explicit


@pytest.mark.parametrize(
    ("typed", "scheme", "brand"),
    [
        ("拉卡拉 05", "lakala", ""),
        ("VISA 57", "visa", ""),
        ("快钱04", "kuaiqian", ""),
        ("97", "", ""),
        ("随行付 01", "", "随行付"),
        ("银联商务 51", "", "银联商务"),  # which has no table, though a part of its name has one
        ("银联商务的机器报拉卡拉 05", "lakala", ""),
    ],
)
def test_whose_table_is_named(typed, scheme, brand):
    query = parse(typed, VOCABULARY)
    assert (query.scheme, query.brand) == (scheme, brand)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("USERPAYING", ["USERPAYING"]),
        ("微信显示userpaying怎么办", ["USERPAYING"]),
        ("支付宝 ACQ.SYSTEM_ERROR", ["ACQ.SYSTEM_ERROR"]),
        ("手持机 E101", ["E101"]),
        ("107", []),  # the entry of that number
        ("微信 107", ["107"]),
        ("refund failed", []),  # English, not a wallet's state
        ("微信 refund", ["REFUND"]),
    ],
)
def test_codes_that_only_tables_know(typed, codes):
    assert [code.value for code in parse(typed, VOCABULARY).codes] == codes


def test_stop_phrases_are_not_looked_for():
    assert parse("不出票怎么办").subject == "不出票"
    assert parse("怎么办").subject == "怎么办"


def test_a_long_text_is_cut_and_says_so():
    query = parse("无拨号音" * 5000)
    assert query.was_cut and len(query.text) <= MAX_LENGTH


def test_card_numbers_are_covered_before_anything_else():
    query = parse("卡号6222 0212 3456 7890刷不了")
    assert "3456" not in query.text + query.folded + query.subject and "7890" in query.text


@given(st.text(max_size=400))
def test_any_text_is_a_query(text):
    query = parse(text)
    assert query.text.isprintable() and len(query.folded) <= MAX_LENGTH * 18
