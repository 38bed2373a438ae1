"""Folding: a table of spellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faults.text.fold import fold, sort_key, tokens


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("９７", "97"),
        ("Ａ０", "a0"),
        ("MAC錯", "mac错"),
        ("無撥號音", "无拨号音"),
        ("  SIM卡\t没信号 \n", "sim卡 没信号"),
        ("機(jī)器", "机器"),
        ("存儲(chǔ)滿(mǎn)", "存储满"),
        ("(MAC)錯", "(mac)错"),
        ("a\x00b\x1f", "a b"),
        ("信用ka卡", "信用卡"),
        ("電話號嗎", "电话号码"),
        ("", ""),
    ],
)
def test_fold(typed, folded):
    assert fold(typed) == folded


@given(st.text(max_size=200))
def test_folding_again_changes_nothing_in_the_tokens(text):
    assert tokens(fold(fold(text))) == tokens(fold(text))


@pytest.mark.parametrize(
    ("folded", "found"),
    [
        ("无拨号音", ["无拨", "拨号", "号音"]),
        ("sim卡没信号", ["sim", "卡没", "没信", "信号"]),
        ("卡 97", ["卡", "97"]),
        ("mac，错", ["mac", "错"]),
        ("", []),
    ],
)
def test_tokens(folded, found):
    assert tokens(folded) == found


@given(st.text(max_size=300))
def test_tokens_hold_nothing_that_could_end_a_query(text):
    assert all(token.isalnum() for token in tokens(fold(text)))


def test_terms_are_sorted_by_their_reading():
    assert sorted(["签到", "冲正", "MAC", "撤销"], key=sort_key) == ["撤销", "冲正", "MAC", "签到"]
    assert sort_key("chóngzhèng") == "chongzheng"
