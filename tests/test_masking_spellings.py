"""One card number in every spelling we could think of: none gets past what stores, shows or logs a text."""

import io
import logging
import re
import time
import unicodedata
from itertools import chain, islice, repeat
from pathlib import Path
from urllib.parse import quote, unquote_plus

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from faults.logs import MaskCardNumbers
from faults.masking import cover_digits, has_card_number, mask_card_numbers

CARD = "6222021234567890"
FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"

SPELLINGS = {
    "plain": CARD,
    "blanks": "6222 0212 3456 7890",
    "many blanks": "6222     0212          3456  7890",
    "each digit by itself": " ".join(CARD),
    "tabs": "6222\t0212\t3456\t7890",
    "ideographic blanks": "6222\u30000212\u30003456\u30007890",
    "no-break and thin blanks": "6222\u00a00212\u202f3456\u20097890",
    "line breaks": "6222\n0212\r\n3456\u20287890",
    "zero width": "6222\u200b0212\u200d3456\ufeff7890",
    "soft hyphens and direction marks": "62\u00ad22\u200e0212\u202e3456\u20607890",
    "Hangul fillers": "6222\u31640212\u115f3456\uffa07890",
    "control characters": "6222\x000212\x1f3456\x7f7890",
    "private characters": "6222\ue0000212\uf8ff34567890",
    "keycaps": "".join(f"{digit}\ufe0f\u20e3" for digit in CARD),
    "accents": "6222\u03010212\u03003456\u03047890",
    "hyphens": "6222-0212-3456-7890",
    "every dash": "6222\u20100212\u20133456\u20147890",
    "minus and full-width dash": "6222\u22120212－3456—7890",
    "dots": "6222.0212.3456.7890",
    "middle dots": "6222·0212・3456•7890",
    "ellipses": "6222…0212……3456...7890",
    "underscores": "6222_0212＿3456__7890",
    "slashes": "6222/0212／3456//7890",
    "backslashes": "6222\\0212＼3456\\7890",
    "asterisks": "6222*0212**3456＊7890",
    "blank dash blank": "6222 - 0212 - 3456 - 7890",
    "full-width": "６２２２０２１２３４５６７８９０",
    "mixed widths": "6２2２ 0２1２－3４5６.7８9０",
    "circled": "⑥②②②⓪②①②③④⑤⑥⑦⑧⑨⓪",
    "superscript": "⁶²²²⁰²¹²³⁴⁵⁶⁷⁸⁹⁰",
    "subscript": "₆₂₂₂₀₂₁₂₃₄₅₆₇₈₉₀",
    "Arabic-Indic": "٦٢٢٢٠٢١٢٣٤٥٦٧٨٩٠",
    "Persian": "۶۲۲۲ ۰۲۱۲ ۳۴۵۶ ۷۸۹۰",
    "Devanagari": "६२२२०२१२३४५६७८९०",
    "mathematical": "𝟔𝟐𝟐𝟐𝟢𝟤𝟣𝟤𝟯𝟰𝟱𝟲𝟽𝟾𝟿𝟶",
    "Chinese": "六二二二零二一二三四五六七八九零",
    "Chinese with 〇 and 幺": "六二二二〇二幺二三四五六七八九〇",
    "as said on the telephone": "六两两两洞两幺两三四五六拐八勾洞",
    "Chinese as on cheques": "陆贰贰贰零贰壹贰叁肆伍陆柒捌玖零",
    "Chinese as on cheques, traditional": "陸貳貳貳零貳壹貳參肆伍陸柒捌玖零",
    "Chinese in groups": "六二二二 零二一二 三四五六 七八九零",
    "Chinese and digits": "6二2二0二1二3四5六7八9〇",
    "Chinese for half": "六二二二零二一二34567890",
    "一 for a dash": "6222一0212一3456一7890",
    "every writing": "6２②² ٠二①貳 3４⑤⁶ 七8９〇",
    "commas": "6222，0212，3456，7890",
    "half-width commas": "6222,0212,3456,7890",
    "enumeration commas": "6222、0212、3456、7890",
    "colons and semicolons": "6222：0212；3456:7890",
    "full stops": "6222。0212。3456。7890",
    "bars and pluses": "6222|0212+3456＋7890",
    "brackets": "(6222)(0212)【3456】[7890]",
    "quotation marks": "“6222”“0212”'3456' 7890",
    "arrows and others": "6222→0212#3456=7890",
    "commas and blanks": "6222 ， 0212 ， 3456 ， 7890",
    "commas, in sixes": "622202,123456,7890",
    "commas, digit by digit": "、".join(CARD),
    "Chinese, digit by digit": "，".join("六二二二零二一二三四五六七八九零"),
}
IN_SENTENCES = {
    "in a sentence": f"我的卡{CARD}刷不了，密码错",
    "before 一": f"卡号{CARD}一直刷不了",
    "after 三": f"张三{CARD}刷不了",
    "in an item": f"第一、{CARD}刷不了",
    "in letters": f"abc{CARD}def",
}
LONGER_AND_SHORTER = {
    "19 digits": "6222021234561237890",
    "19 digits in groups": "6222 0212 3456 1237 890",
    "19 digits, commas": "6222，0212，3456，1237，890",
    "18 digits": "622202-1234-5612-7890",
    "15 digits, 4-6-5": "3782 822463 17890",
    "15 digits, 4-6-5, commas": "3782，822463，17890",
    "14 digits": "3056-930902-7890",
    "13 digits": "4222222227890",
}
EVERY = SPELLINGS | IN_SENTENCES | LONGER_AND_SHORTER
BROKEN_BY_WORDS = [
    "前四位6222中间0212再3456最后7890",
    "6222和0212和3456和7890",
    "x".join(CARD),
    "前面六二二二，中间是零二一二，再来三四五六，最后七八九零",
    "六二二二然后0212然后三四五六然后7890",
    "62、22、02、12、34、56、78、90",
]


def numerals(text: str) -> str:
    """The digits in a text, in any writing, but for the words the tables put around a number."""
    text = re.sub("一直|张三|第一|前四位", "", text).translate(str.maketrans("洞两拐勾", "0279"))
    values = (unicodedata.numeric(character, -1) for character in text)
    return "".join(str(int(value)) for value in values if value in range(10))


def logged(message: str, *arguments, **named) -> str:
    """What a handler with our filter writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(MaskCardNumbers())
    handler.handle(
        logging.LogRecord("django.server", logging.INFO, "", 0, message, arguments, named.get("exc_info"), sinfo=named.get("stack"))
    )
    return stream.getvalue()


def typed_in(line: str) -> str:
    return unquote_plus(unquote_plus(re.search(r"\?q=(\S*) HTTP", line)[1]))


def failure(text: str) -> tuple:
    try:
        raise ValueError(text)
    except ValueError as error:
        return type(error), error, error.__traceback__


@pytest.mark.parametrize("spelled", EVERY.values(), ids=EVERY)
def test_only_the_last_four_are_kept(spelled):
    masked = mask_card_numbers(spelled)
    assert has_card_number(spelled) and not has_card_number(masked)
    assert len(masked) == len(spelled) and numerals(masked) == "7890"
    assert all(after == before or after == "*" for before, after in zip(spelled, masked, strict=True))


@pytest.mark.parametrize("spelled", EVERY.values(), ids=EVERY)
def test_covering_keeps_none(spelled):
    assert numerals(cover_digits(spelled)) == "" and len(cover_digits(spelled)) == len(spelled)


@pytest.mark.parametrize("spelled", EVERY.values(), ids=EVERY)
@pytest.mark.parametrize("message", ["typed: %s", "typed: %r", "typed: %a"])
def test_a_log_line_keeps_only_the_last_four(message, spelled):
    assert numerals(logged(message, spelled)) == "7890"


@pytest.mark.parametrize("spelled", EVERY.values(), ids=EVERY)
@pytest.mark.parametrize(
    "escape",
    [quote, lambda text: quote(quote(text)), lambda text: "".join(f"%{byte:02x}" for byte in text.encode())],
    ids=["once", "twice", "every byte"],
)
def test_an_address_in_the_log_keeps_only_the_last_four(escape, spelled):
    line = logged('"GET /search/?q=%s HTTP/1.1" 200 5123', escape(spelled))
    assert numerals(typed_in(line)) in ("7890", "") and line.endswith(' HTTP/1.1" 200 5123\n')


@pytest.mark.parametrize("spelled", ["６２２２０２１２３４５６７８９０", "6222，0212，3456，7890"])
def test_an_address_sent_as_bare_bytes_keeps_only_the_last_four(spelled):
    assert numerals(typed_in(logged('"GET /search/?q=%s HTTP/1.1" 200', spelled.encode().decode("latin-1")))) == "7890"


@pytest.mark.parametrize("spelled", EVERY.values(), ids=EVERY)
def test_an_exception_keeps_only_the_last_four(spelled):
    written = logged("failed", exc_info=failure(spelled), stack=f"Stack: {spelled}")
    said, stack = written.partition("ValueError: ")[2].split("Stack: ")
    assert numerals(said) == numerals(stack) == "7890"
    assert "Traceback" in written and written.startswith("failed\n")


@pytest.mark.parametrize("spelled", BROKEN_BY_WORDS)
def test_what_is_broken_by_words_is_covered_where_readers_type(spelled):
    assert numerals(cover_digits(spelled)) == ""
    assert numerals(typed_in(logged('"GET /search/?q=%s HTTP/1.1" 200', quote(spelled)))) == ""


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
    assert cover_digits(text) == text


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
    assert cover_digits(text) == covered


@pytest.mark.parametrize(
    "line",
    [
        '"GET /search/?q=%E8%BF%94%E5%9B%9E%E7%A0%8197&scheme=cup&page=2 HTTP/1.1" 200 5123',
        '"GET /f/118/ HTTP/1.1" 304 0',
        '"GET /static/app.8c1f0a2b3c4d.css HTTP/1.1" 200 12345678',
        "2 of 1000 entries loaded in 12.345 s, 100% done + 3 to go",
        "Really? Yes.",
    ],
)
def test_an_ordinary_line_is_left(line):
    assert logged("%s", line) == f"{line}\n"


def test_an_address_shows_no_long_figure_but_its_neighbours():
    line = logged('"GET /search/?tel=%s&q=97&page=2 HTTP/1.1" 200 5123456', "%31380013%2538000")
    assert line == '"GET /search/?tel=***********&q=**&page=* HTTP/1.1" 200 5123456\n'


def test_two_addresses_in_a_line_are_both_covered():
    line = logged('"GET /?q=12345678 HTTP/1.1" 200 "http://localhost/?q=87654321" "Mozilla/5.0"')
    assert line == '"GET /?q=******** HTTP/1.1" 200 "http://localhost/?q=********" "Mozilla/5.0"\n'


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


SEPARATORS = ["", " ", "-", "  ", "－", "\n", "\t", "\u3000", "\u200b", "\ufeff", ".", "·", "_", "*", " - ", "…", "\ufe0f"]
DIGITS = [*"0123456789", *"０４９", *"①⑥⁶₂", *"٣६𝟗", *"一幺零〇六捌玖"]
PIECES = [
    *DIGITS,
    *SEPARATORS,
    *"，、,:/\\|()x卡十",
    "2014-01-01",
    "2014-01-01 10:20:30",
    "6222",
    "12",
    "456",
    "6222021234567890",
    "55、",
    "\\u3000",
]
ANYTHING = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))


@given(st.lists(st.tuples(st.sampled_from(DIGITS), st.sampled_from(SEPARATORS)), min_size=13, max_size=19), st.text(), st.text())
def test_no_mixture_gets_through(parts, before, after):
    """Four are left, and at most one numeral on either side that may be a word."""
    spelled = "".join(chain.from_iterable(parts))
    masked = mask_card_numbers(f"{before}x{spelled}x{after}")[len(before) + 1 :][: len(spelled)]
    assert len(numerals(masked)) <= 4 + 2 and len(numerals(cover_digits(spelled))) <= 2


@given(ANYTHING)
def test_masking_twice_is_masking_once(text):
    masked = mask_card_numbers(text)
    assert mask_card_numbers(masked) == masked and not has_card_number(masked) and len(masked) == len(text)


@given(ANYTHING)
def test_covering_leaves_no_long_figure(text):
    covered = cover_digits(text)
    assert cover_digits(covered) == covered and len(covered) == len(text)
    assert not re.search(r"(?:\d[\s.,，、:|()*_/\\-]*){6}", covered) and len(re.findall(r"\d", covered)) < 13


@given(ANYTHING)
def test_any_text_can_be_logged(text):
    assert not has_card_number(logged("%s?q=%s", text, text))


@pytest.mark.parametrize(
    "parts",
    [
        ["1"], ["1", " "], ["12", "-" * 50], ["123", ","], ["123", ",,-", "45", ","], ["1", ","], ["1", ",", "12", ","],
        ["一", "，"], ["一二", " "], [","], ["-"], ["1", "-" * 99_998, "x"], ["123", "," * 49_999, "45"], ["2014-01-01 "],
        ["2014-01-01 10:20:30 "],
        ["2014-01-01", " " * 99_000], ["x", "-" * 9, "1"], ["123456789012", "x"], ["1", "-" * 9_000],
        ["123,", "*" * 300], list(map(chr, range(0x20000, 0x20000 + 50_000))), ["2014-01-01 " * 9_000, "9"],
    ],
)  # fmt: skip
def test_no_text_takes_long(parts):
    text = "".join(islice(chain.from_iterable(repeat("".join(parts))), 100_000))
    started = time.perf_counter()
    mask_card_numbers(text), has_card_number(text + "!"), cover_digits(text)
    assert time.perf_counter() - started < 1
