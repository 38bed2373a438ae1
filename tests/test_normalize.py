"""One spelling for what is stored: the same words in any line ends, blanks and widths are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faults.text.normalize import normalized, normalized_values

SPELLINGS = [
    ("甲\r\n乙\r丙\u2028丁\x85戊", "甲\n乙\n丙\n丁\n戊"),
    (" 甲\u3000乙\xa0丙\t丁 ", "甲 乙 丙 丁"),
    ("甲  \n\n  乙\n\n", "甲\n\n乙"),
    ("\ufeff签\u200b到\u200d、\u2060结\xad算", "签到、结算"),
    ("ＰＯＳ机返回码９７", "POS机返回码97"),
    ("ＩＰ－０１．２", "IP-01.2"),
    ("号：９７，（银联）－见下／上", "号：97，（银联）－见下／上"),  # Chinese punctuation is written in full width
    ("qia\u0304nda\u0300o", "qiāndào"),
    ("plain, one line", "plain, one line"),
    ("", ""),
    ("\u200b \n", ""),
]


def test_every_spelling():
    assert [(text, normalized(text)) for text, _ in SPELLINGS] == SPELLINGS


@given(st.text())
def test_twice_changes_nothing_more_and_no_line_end_is_left_but_one(text):
    once = normalized(text)
    assert normalized(once) == once and once.splitlines() == (once.split("\n") if once else [])


@pytest.mark.parametrize("row", [{"a": ["Ａ", {"b": "Ｂ\r\n"}], "n": 7, "t": True, "none": None}])
def test_all_of_a_row(row):
    assert normalized_values(row) == {"a": ["A", {"b": "B"}], "n": 7, "t": True, "none": None}
