"""Which kind of item a table holds, and headings that don't fit."""

import pytest

from faults.editing.transfer.columns import COLUMNS, headers_of
from faults.editing.transfer.errors import UnreadableFile
from faults.editing.transfer.layout import known_headings
from faults.editing.transfer.limits import MAX_CELL, MAX_ROWS
from faults.editing.transfer.tables import GridRow, table_of
from faults.editing.transfer.workbook import understood


def grid(*rows):
    return [GridRow(number, list(texts)) for number, texts in enumerate(rows, start=1)]


def sheet_of(rows, title=""):
    table = table_of(rows, title)
    return table and understood([table])[0]


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_sheet_is_known_by_its_headers(kind):
    assert sheet_of(grid(headers_of(kind))).kind == kind


def test_lines_keep_their_numbers_and_empty_ones_are_skipped():
    sheet = sheet_of(grid([], [""], [" 编 号 ", "标题", ""], ["12", "一", ""], ["", ""], ["13"]))
    assert sheet.headers == ["编号", "标题"]
    assert [(line.number, line.cells) for line in sheet.rows] == [
        (4, {"编号": "12", "标题": "一"}),
        (6, {"编号": "13", "标题": ""}),
    ]


def test_an_empty_table_is_none():
    assert sheet_of(grid([], ["", ""])) is None


def test_cells_that_hold_formulas_are_told_by_their_headers():
    sheet = sheet_of([*grid(["编号", "标题"]), GridRow(2, ["1", ""], frozenset({1})), GridRow(3, [], frozenset({0}))])
    assert [line.formulas for line in sheet.rows] == [{"标题"}, {"编号"}]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [["日期", "金额"]],
            "看不出是什么表：第1行不是表头，写的是“日期”、“金额”。请下载模板，照模板写表头：“条目”表要有“编号”，“返回码”表要有“码表”、“返回码”",
        ),
        ([["编号"] * 101], "第1行在第100列右边还有内容"),
        ([["标题", "类别"]], "少了“编号”这一列"),
        ([["返回码", "意思"]], "少了“码表”这一列"),
        (
            [["编号", "标题", "颜色"]],
            "不认识的列“颜色”。请改表头，或者删掉这一列。 第1行的表头是：编号、标题、颜色。 “条目”表可以用的列：编号、类型、标题",
        ),
        ([["编号", "标题", "标 题"]], "有两列都叫“标题”"),
        ([["编号", "标题"], ["1", "一", "二"]], "第2行的第3格有内容，可是这一列没有表头"),
        ([["编号", "", "标题"], ["1", "一", "二"]], "第2行的第2格有内容，可是这一列没有表头"),
        ([["编号", "标题"], ["1", "长" * (MAX_CELL + 1)]], "第2行有一格超过32767个字"),
        ([["编号"], *[["1"]] * (MAX_ROWS + 1)], "超过15000行"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_refused(rows, sentence):
    with pytest.raises(UnreadableFile) as refused:
        sheet_of(grid(*rows), "甲")
    assert refused.value.sentence.startswith("工作表“甲”：") and sentence in refused.value.sentence


def test_headers_that_come_from_formulas_are_refused():
    with pytest.raises(UnreadableFile, match="表头（第1行）里有公式"):
        sheet_of([GridRow(1, ["编号", "标题"], frozenset({0}))])


def test_many_unknown_columns_are_not_all_named():
    with pytest.raises(UnreadableFile, match="“列4”等。"):
        sheet_of(grid(["编号", *[f"列{number}" for number in range(50)]]))


def test_known_headings_are_those_of_the_kind_that_fits_best():
    assert known_headings(["编号", "标题", "组名"]) == 2 and known_headings(["x"]) == 0
