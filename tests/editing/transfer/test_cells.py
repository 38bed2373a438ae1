"""Values as text, and text as values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faults.editing.transfer import cells
from faults.editing.transfer.errors import WrongText
from tests.editing.transfer.examples import CODE_NAMES, DAY, LINE, LINES, NAMES, RELATED, TEXT, one_of, some_of

CASES = [
    (cells.OneLine(), LINE),
    (cells.Paragraphs(), TEXT),
    (cells.Lines(), LINES),
    (cells.Lines(ordered=False), st.lists(LINE.filter(bool), unique=True).map(sorted)),
    (cells.Choice("status"), one_of("status", empty=True)),
    (cells.Choices("actors"), some_of("actors")),
    (cells.YesNo(), st.booleans()),
    (cells.Number(), st.integers(0, 999_999)),
    (cells.Day(), DAY),
    (cells.Codes(), st.lists(CODE_NAMES, unique=True).map(sorted)),
    (cells.Related(), RELATED),
]


@pytest.mark.parametrize(("cell", "values"), CASES, ids=lambda case: type(case).__name__)
@given(st.data())
def test_values_come_back(cell, values, data):
    value = data.draw(values)
    assert cell.read(cell.write(value, NAMES), NAMES) == value


@pytest.mark.parametrize(
    ("cell", "text", "value"),
    [
        (cells.Lines(), "一\n\n 二 \r\n三", ["一", "二", "三"]),
        (cells.Lines(ordered=False), "b\na\nb", ["a", "b"]),
        (cells.Choice("status"), "published", "published"),
        (cells.Choice("scheme"), "ＶＩＳＡ", "visa"),
        (cells.Choices("environments", ordered=False), "智能pos\n无线(2G/4G)", ["mobile", "smart"]),
        (cells.YesNo(), "TRUE", True),
        (cells.YesNo(), "", False),
        (cells.YesNo(), "0", False),
        (cells.Number(), "", 0),
        (cells.Number(), "12号", 12),
        (cells.Number(), "１２", 12),
        (cells.Day(), "2026/1/5", "2026-01-05"),
        (cells.Day(), "2026年1月5日", "2026-01-05"),
        (cells.Day(), "2026-01-05 00:00:00", "2026-01-05"),
        (cells.Codes(), "银联 97\ncup:96\nVisa　05\n终端本地：A3", ["cup:96", "cup:97", "terminal:A3", "visa:05"]),
        (cells.Related(), "12\n13：\n14号: 看线", [(12, ""), (13, ""), (14, "看线")]),
    ],
)
def test_other_ways_to_write_it_are_read_too(cell, text, value):
    read = cell.read(text, NAMES)
    assert ([tuple(link.values()) for link in read] if isinstance(cell, cells.Related) else read) == value


@pytest.mark.parametrize(
    ("cell", "text", "sentence"),
    [
        (cells.OneLine(), "一\n二", "只能写一行"),
        (cells.Choice("status"), "发布", "不认识“发布”，可以写：草稿、已发布。"),
        (cells.Choices("actors"), "收银员\n店长", "不认识“店长”，可以写：收银员、收单机构、银联。"),
        (cells.YesNo(), "大概", "请写“是”或“否”"),
        (cells.Number(), "十二", "请写1到999999的整数"),
        (cells.Number(), "1234567", "请写1到999999的整数"),
        (cells.Day(), "上周", "请写成 2026-11-20"),
        (cells.Day(), "2026-02-30", "请写成 2026-11-20"),
        (cells.Codes(), "97", "例如“银联 97”"),
        (cells.Codes(), "快钱 97", "不认识“快钱”，可以写：银联、Visa、终端本地。"),
        (cells.Related(), "看12号", "例如“12：怎么分清”"),
        (cells.Related(), "9" * 5000, "例如“12：怎么分清”"),
    ],
)
def test_what_is_not_understood_is_refused(cell, text, sentence):
    with pytest.raises(WrongText) as refused:
        cell.read(text, NAMES)
    assert sentence in refused.value.sentence and len(refused.value.sentence) < 120


@pytest.mark.parametrize("cell", [cells.OneLine(), cells.Lines(), cells.Related()], ids=lambda cell: type(cell).__name__)
def test_a_line_break_in_a_value_begins_no_line_of_the_cell(cell):
    values = {"OneLine": "一\n二", "Lines": ["一\n二"], "Related": [{"number": 1, "difference": "一\n二"}]}
    assert "\n" not in cell.write(values[type(cell).__name__], NAMES)


@pytest.mark.parametrize("cell", [cell for cell, _ in CASES], ids=lambda cell: type(cell).__name__)
def test_every_cell_says_how_to_fill_it_in(cell):
    assert cell.hint(NAMES)
