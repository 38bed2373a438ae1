"""Lines that become rows, and lines that are refused."""

import pytest

from faults.editing.transfer.rows import Refused, rows_of
from faults.editing.transfer.sheets import Line, Sheet
from tests.editing.transfer.examples import NAMES


def sheet(kind, *lines, formulas=()):
    rows = [Line(number, cells, frozenset(formulas)) for number, cells in enumerate(lines, start=2)]
    return Sheet(kind, list(lines[0]), rows)


def test_a_row_has_only_the_keys_of_the_columns_that_are_there():
    good, refused = rows_of(sheet("fault", {"编号": "12", "标题": "连不上"}), NAMES)
    assert good == [(2, {"number": 12, "title": "连不上"})] and not refused


def test_an_empty_cell_empties_but_not_a_choice_that_must_be_made():
    good, _ = rows_of(sheet("fault", {"编号": "12", "现象": "", "状态": "", "适用终端": ""}), NAMES)
    assert good == [(2, {"number": 12, "symptom": "", "environments": []})]
    good, _ = rows_of(sheet("code", {"码表": "银联", "返回码": "05", "分类": "", "能不能重试": ""}), NAMES)
    assert good == [(2, {"scheme": "cup", "code": "05", "class": ""})]


def test_new_entries_have_no_number_and_may_be_many():
    good, refused = rows_of(sheet("fault", {"编号": "", "标题": "一"}, {"编号": "", "标题": "二"}), NAMES)
    assert [row["number"] for _, row in good] == [0, 0] and not refused


def test_everything_wrong_with_a_line_is_said_at_once():
    good, refused = rows_of(sheet("fault", {"编号": "x", "标题": "一\n二", "类别": "通讯"}, {"编号": "2"}), NAMES)
    assert good == [(3, {"number": 2})]
    assert [(one.line, "".join(one.sentences)) for one in refused] == [
        (2, "“编号”：看不懂“x”，请写1到999999的整数；新条目就空着。“标题”：只能写一行，请把换行去掉。")
    ]


@pytest.mark.parametrize(
    ("kind", "cells"),
    [("code", {"码表": "", "返回码": "97"}), ("code", {"码表": "银联", "返回码": ""}), ("term", {"术语": ""}), ("synonym", {"组名": ""})],
)
def test_what_names_the_item_must_be_there(kind, cells):
    _, (refused,) = rows_of(sheet(kind, cells), NAMES)
    assert "这一格空着，认不出是哪一条，请补上。" in refused.sentences[0]


def test_two_lines_for_one_item_are_both_refused_even_if_one_is_wrong_anyway():
    lines = [{"编号": "12", "标题": "一"}, {"编号": "13", "标题": "二"}, {"编号": "12号", "标题": "一\n二"}]
    good, refused = rows_of(sheet("fault", *lines), NAMES)
    assert [number for number, _ in good] == [3]
    assert refused[0] == Refused(2, ("第2行、第4行写的是同一条，只能留一行。",))
    assert refused[1].line == 4 and "只能写一行" in refused[1].sentences[0] and "第2行、第4行" in refused[1].sentences[1]


def test_one_code_in_two_tables_is_two_items():
    good, refused = rows_of(sheet("code", {"码表": "银联", "返回码": "05"}, {"码表": "visa", "返回码": "05"}), NAMES)
    assert len(good) == 2 and not refused


def test_a_formula_is_refused():
    _, (refused,) = rows_of(sheet("fault", {"编号": "12", "标题": "2"}, formulas={"标题"}), NAMES)
    assert refused == Refused(2, ("“标题”：这一格是公式或出错的值，请复制以后“粘贴为数值”，再上传。",))
