"""What the columns of other people's tables are taken for."""

import pytest

from faults.editing.transfer.headings import recognized
from faults.editing.transfer.layout import guess
from faults.editing.transfer.tables import GridRow, Merged, Table, filled_down, table_of


def table(*rows, title=""):
    return table_of([GridRow(number, list(texts)) for number, texts in enumerate(rows, start=1)], title)


@pytest.mark.parametrize(
    ("kind", "headings", "columns"),
    [
        ("code", ["Code", "Message"], ["返回码", "意思"]),
        ("code", [" ＣＯＤＥ ", "response_code"], ["", "返回码"]),
        ("code", ["错误码（必填）", "错误描述", "处理建议："], ["返回码", "意思", "做"]),
        ("code", ["应答码", "说明"], ["返回码", "意思"]),
        ("code", ["应答码", "含义", "说明"], ["返回码", "意思", "说明"]),
        ("code", ["码表", "返回码", "说明", "颜色"], ["码表", "返回码", "说明", ""]),
        ("code", ["错误码", "提示信息", "含义", "备注"], ["返回码", "屏幕提示", "意思", "注意"]),
        ("fault", ["序号", "故障现象", "故障原因", "解决方法"], ["", "标题", "原因", "处理办法"]),
        ("fault", ["标题", "现象", "处理\n办法"], ["标题", "现象", "处理办法"]),
        ("fault", ["编号", "标题", "原因和处理", "版本"], ["编号", "标题", "原因和处理", "版本"]),
        ("term", ["名词", "定义"], ["术语", "解释"]),
        ("wording", ["说法"], ["说法"]),
        ("code", ["", "日期"], ["", ""]),
    ],
    ids=lambda value: "|".join(value) if isinstance(value, list) else value,
)
def test_usual_headings_are_recognized(kind, headings, columns):
    assert recognized(kind, headings) == columns


@pytest.mark.parametrize(
    ("rows", "kind", "header"),
    [
        ([["错误码", "含义"]], "code", 1),
        ([["返回码表"], [], ["序号", "返回码", "含义"], ["1", "05", "不予承兑"]], "code", 3),
        ([["应答码", "处理", "处理"], ["应答码", "收银员", "商户"], ["05", "一", "二"]], "code", 2),
        ([["故障现象", "原因"], ["一", "二"]], "fault", 1),
        ([["日期", "金额"]], "", 1),
    ],
)
def test_the_header_is_found_below_titles(rows, kind, header):
    found = guess(table(*rows))
    assert (found.kind, found.header) == (kind, header)


@pytest.mark.parametrize(
    ("title", "hint", "above", "scheme"),
    [
        ("快钱", "", "", "kuaiqian"),
        ("", "银联码.xlsx", "", "cup"),
        ("", "", "Visa 码", "visa"),
        ("银联", "快钱.csv", "", None),
        ("", "", "", None),
    ],
)
def test_the_code_table_is_the_one_that_is_named(title, hint, above, scheme):
    schemes = {"cup": "银联", "kuaiqian": "快钱", "visa": "Visa"}
    assert guess(table([above], ["错误码", "含义"], title=title), schemes, hint).defaults.get("scheme") == scheme


def test_merged_cells_over_a_million_rows_cost_nothing():
    rows = [GridRow(1, ["一", "二"]), GridRow(2, ["", "三"]), GridRow(3, []), GridRow(4, ["", "", "四"])]
    merged = [Merged(1, 1_048_576, 0), Merged(2, 1_000_000, 1), Merged(9, 99, 5)]
    assert [row.texts for row in filled_down(rows, merged)] == [["一", "二"], ["一", "三"], [], ["一", "三", "四"]]


def test_a_table_keeps_no_empty_rows_and_ends():
    assert table(["", "一", ""], ["", ""]) == Table("", [GridRow(1, ["", "一"])])
