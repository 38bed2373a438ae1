"""One card number in every spelling we could think of: none gets past what stores or shows a text."""

import re
import time
from itertools import chain, islice, repeat
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from posdesk.masking import has_card_number, mask_card_numbers, mask_digits
from tests.budget import either
from tests.spellings import ANYTHING, BROKEN_BY_WORDS, DIGITS, EVERY, SEPARATORS, numerals
from tests.typed_numbers import HARMLESS, TYPED

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


@pytest.mark.parametrize("spelled", EVERY.values(), ids=EVERY)
def test_only_the_last_four_are_kept(spelled):
    masked = mask_card_numbers(spelled)
    assert has_card_number(spelled) and not has_card_number(masked)
    assert len(masked) == len(spelled) and numerals(masked) == "7890"
    assert all(after == before or after == "*" for before, after in zip(spelled, masked, strict=True))


@pytest.mark.parametrize("spelled", EVERY.values(), ids=EVERY)
def test_covering_keeps_none(spelled):
    assert numerals(mask_digits(spelled)) == "" and len(mask_digits(spelled)) == len(spelled)


@pytest.mark.parametrize("spelled", BROKEN_BY_WORDS)
def test_what_is_broken_by_words_is_covered_where_readers_type(spelled):
    assert numerals(mask_digits(spelled)) == ""


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("6222021234567890，6217001234561111", "************7890，************1111"),
        ("1、6222021234567890；2、6217001234561111", "1、************7890；2、************1111"),
        ("51，6222021234567890，55", "51，************7890，55"),
        ("张三6222021234567890一直刷不了", "张三************7890一直刷不了"),
        ("622202******7890", "622202******7890"),
        ("2014-01-01 6222021234567890", "****-**-** ************7890"),
    ],
)
def test_what_stands_beside_a_number_is_left(text, masked):
    assert mask_card_numbers(text) == masked


NO_NUMBERS = [
    "",
    "51、55、61、75、91、96、68",
    "51/55/61/75/91/96/68",
    "主机192.168.100.100:8080，备机10.0.0.12:20000",
    "51，55，61，75，91，96，68，97，98",
    "00:01;02|03+04,05,06",
    "1、2、3、4、5、6、7、8、9、10、11、12、13",
    "一、二、三、四、五、六、七、八、九、十、十一、十二",
    "一个月一次",
    "二三百块钱，三五天到账，七七八八",
    "返回码97，终端号12345678",
    "电话13800138000",
    "商户号12位：123456789012",
    "2014-01-01 10:20:30",
    "2014/1/1 10:20",
    "2014-01-01 10:20:30 到 2014-01-31 23:59:59",
    "2014-01-01 10:20:30 2014-01-31 23:59:59",
    "2014-01-01 - 2014-12-31",
    "2014-01-01、2015-06-30、2016.07.01",
    "E0099 E0098 E0097 E0096 E0095",
    "8583报文39域，55域，60域",
    "192.168.100.100",
    "版本1.0，1.1，1.2，1.3，1.4，1.5，1.6",
]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_card_number_is_left(text):
    assert mask_card_numbers(text) == text and not has_card_number(text)


@pytest.mark.parametrize(
    "text", ["返回码97", "E0099", "118号", "终端1234", "一个月一次，二三百", "返回码51、55", "2014年1月1日", "一二三四五", "12345"]
)
def test_short_figures_are_left(text):
    assert mask_digits(text) == text


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("电话13800138000，返回码9", "电话***********，返回码9"),
        ("终端12345678", "终端********"),
        ("流水 123-456", "流水 ***-***"),
        ("商户八二三四五六七八一直不行", "商户*********直不行"),
        ("终端12345678一直不行", "终端********一直不行"),
        ("一个月交易6222、再0212、又34567", "一个月交易****、再****、又*****"),
    ],
)
def test_long_figures_are_covered(text, covered):
    assert mask_digits(text) == covered


def texts_in(value) -> list[str]:
    """Every text in a file of knowledge."""
    if isinstance(value, dict):
        return [text for part in chain(value, value.values()) for text in texts_in(part)]
    if isinstance(value, list):
        return [text for part in value for text in texts_in(part)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("path", sorted(FIXTURES.rglob("*.yaml")), ids=lambda path: path.stem)
def test_our_own_knowledge_has_no_card_number(path):
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    assert not [text for text in texts_in(yaml.load(path.read_text(encoding="utf-8"), loader)) if has_card_number(text)]  # noqa: S506 - both are safe


@given(st.lists(st.tuples(st.sampled_from(DIGITS), st.sampled_from(SEPARATORS)), min_size=13, max_size=19), st.text(), st.text())
def test_no_mixture_gets_through(parts, before, after):
    """Four are left, and at most one numeral on either side that may be a word."""
    spelled = "".join(chain.from_iterable(parts))
    masked = mask_card_numbers(f"{before}x{spelled}x{after}")[len(before) + 1 :][: len(spelled)]
    assert len(numerals(masked)) <= 4 + 2 and len(numerals(mask_digits(spelled))) <= 2


@given(ANYTHING)
def test_masking_twice_is_masking_once(text):
    masked = mask_card_numbers(text)
    assert mask_card_numbers(masked) == masked and not has_card_number(masked) and len(masked) == len(text)


@given(ANYTHING)
def test_covering_leaves_no_long_figure(text):
    covered = mask_digits(text)
    assert mask_digits(covered) == covered and len(covered) == len(text)
    assert not re.search(r"(?:\d[\s.,，、:|()*_/\\-]*){6}", covered) and len(re.findall(r"\d", covered)) < 13


LENGTH, SECONDS = either((25_000, 1.25), (100_000, 20))  # a quarter of the text takes a sixteenth of what grows with the square


@pytest.mark.parametrize(
    "parts",
    [
        ["1"], ["1", " "], ["12", "-" * 50], ["123", ","], ["123", ",,-", "45", ","], ["1", ","], ["1", ",", "12", ","],
        ["一", "，"], ["一二", " "], [","], ["-"], ["1", "-" * (LENGTH - 2), "x"], ["123", "," * (LENGTH // 2), "45"], ["2014-01-01 "],
        ["2014-01-01 10:20:30 "],
        ["2014-01-01", " " * (LENGTH - 1_000)], ["x", "-" * 9, "1"], ["123456789012", "x"], ["1", "-" * 9_000],
        ["123,", "*" * 300], list(map(chr, range(0x20000, 0x20000 + 50_000))), ["2014-01-01 " * (LENGTH // 12), "9"],
    ],
)  # fmt: skip
def test_no_text_takes_long(parts):
    """Of a processor: what grows with the square takes more, on any machine; what grows with the length a tenth of it."""
    text = "".join(islice(chain.from_iterable(repeat("".join(parts))), LENGTH))
    started = time.process_time()
    mask_card_numbers(text), has_card_number(text + "!"), mask_digits(text)
    assert time.process_time() - started < SECONDS


def test_what_a_person_would_type_is_covered():
    assert len(TYPED) >= 118
    assert not [text for text in TYPED if not (has_card_number(text) and is_covered(text, mask_card_numbers(text)))]
    assert not [text for text in TYPED if re.search(r"\d.{0,3}\d", mask_digits(text).replace("12/27", "").replace("20", ""))]


def is_covered(text: str, masked: str) -> bool:
    """Whether 12 of 16 are; a bar or a letter at an edge may be left, and the numerals of words."""
    return masked.count("*") - text.count("*") >= 11 and not has_card_number(masked) and len(masked) == len(text)


def test_what_is_none_is_left():
    assert [text for text in HARMLESS if mask_card_numbers(text) != text or has_card_number(text)] == []


@pytest.mark.parametrize("text", ["6222021234567890", "x" * 10 + "6222021234567890"])
def test_a_text_is_cut_before_it_is_read_and_no_half_number_is_left(text):
    for most in range(len(text)):
        assert mask_card_numbers(text, most) == mask_card_numbers(text)[:most]
    started = time.process_time()
    assert mask_card_numbers(text * 100_000, 5) == mask_card_numbers(text * 100_000, 5)[:5]
    assert time.process_time() - started < 1
