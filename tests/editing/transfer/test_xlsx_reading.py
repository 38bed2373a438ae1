"""Workbooks as Excel, WPS and others make them."""

from datetime import date, datetime, time

import openpyxl
import pytest
from openpyxl.chart import LineChart

from faults.editing.transfer.errors import UnreadableFile
from faults.editing.transfer.workbook import read, read_tables
from tests.editing.transfer.examples import HEADER_ROW, MAIN, packed, saved, unpacked, with_part, with_shared_strings, with_sheet, xlsx


def lines(data):
    return [(line.number, *line.cells.values()) for sheet in read("t.xlsx", data) for line in sheet.rows]


def book(**tables):
    """A workbook with a sheet for each table."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title, rows in tables.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return workbook


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (97, "97"),
        (97.0, "97"),
        (0.1, "0.1"),
        (6222020202020202.0, "6222020202020202"),
        (True, "TRUE"),
        (date(2026, 11, 20), "2026-11-20"),
        (datetime(2026, 11, 20, 8, 5), "2026-11-20 08:05:00"),
        (time(8, 5), "08:05:00"),
        (" 一\n二 ", "一\n二"),
        ("一_x000D_\n二", "一\n二"),
        ("'=1", "=1"),
        ("'tis", "'tis"),
    ],
)
def test_values_become_text(value, text):
    assert lines(xlsx(["编号", "标题"], [1, value])) == [(2, "1", text)]


def test_text_of_several_formats_is_one_text():
    cell = '<row r="2"><c r="B2" t="inlineStr"><is><r><t>红</t></r><r><rPr><b/></rPr><t>线</t></r></is></c></row>'
    assert lines(with_sheet(f"<sheetData>{HEADER_ROW}{cell}</sheetData>")) == [(2, "", "红线")]


def test_strings_as_excel_keeps_them():
    items = ("<t>12</t>", '<t xml:space="preserve"> 1_x000D_\n</t>', "<r><t>1</t></r><r><t>3</t></r>")
    assert lines(with_shared_strings(*items)) == [(2, "12"), (3, "1"), (4, "13")]


def test_lines_have_the_numbers_that_excel_shows():
    rows = f'<dimension ref="A1:XFD1048576"/><sheetData>{HEADER_ROW}<row r="7"><c r="B7"><v>5</v></c></row></sheetData>'
    assert lines(with_sheet(rows)) == [(7, "", "5")]


def test_several_sheets_are_known_by_their_headers_not_by_their_titles():
    data = saved(book(甲=[["组名", "同义词"]], 乙=[["编号"], [1]], 空=[], 填写说明=[["随便写"]]))
    assert [sheet.kind for sheet in read("t.xlsx", data)] == ["synonym", "fault"]


def test_formulas_are_noted_not_calculated():
    (sheet,) = read("t.xlsx", xlsx(["编号", "标题", "现象"], [1, "=A1", "#N/A"], [2, "二"]))
    assert [line.formulas for line in sheet.rows] == [{"标题", "现象"}, set()]


def test_a_merged_cell_says_the_same_in_each_row_that_it_covers():
    workbook = book(
        条目=[["编号", "标题", "现象"], [1, "一", "甲"], [None, None, "乙"], [], [None, None, "丙"], [2, "=A1"], [None, None, "丁"]]
    )
    for cells in ("A2:A5", "B6:B7", "C2:C2"):
        workbook["条目"].merge_cells(cells)
    (table,) = read_tables("t.xlsx", saved(workbook))
    assert [row.texts for row in table.rows[1:]] == [["1", "一", "甲"], ["1", "", "乙"], ["1", "", "丙"], ["2"], ["", "", "丁"]]
    assert [row.unusable for row in table.rows[-2:]] == [{1}, {1}]


def test_a_chart_and_what_openpyxl_warns_of_are_no_matter():
    workbook = book(条目=[["编号"], [1]])
    workbook.create_chartsheet("图").add_chart(LineChart())
    data = saved(workbook)
    extended = unpacked(data)["xl/worksheets/sheet1.xml"].replace(b"</worksheet>", b'<extLst><ext uri="x"/></extLst></worksheet>')
    assert lines(with_part(data, "xl/worksheets/sheet1.xml", extended)) == [(2, "1")]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (saved(book(甲=[["编号"]], 乙=[["日期"]])), "工作表“乙”：看不出是什么表"),
        (saved(book(甲=[["编号", "颜色"]])), "工作表“甲”：不认识的列“颜色”"),
        (saved(book(甲=[["编号"]], 乙=[["编号"]])), "工作表“甲”和“乙”都是“条目”表。请合成一张"),
        (saved(book(甲=[], 填写说明=[["随便写"]])), "没有可以读的工作表"),
        (with_shared_strings(f"<t>{'长' * 32_768}</t>"), "工作表“条目”：第2行有一格超过32767个字"),
        (xlsx(["编号", "=A1"]), "表头（第1行）里有公式"),
        (packed({"[Content_Types].xml": "<Types/>"}), "文件坏了"),
        (with_part(xlsx(["编号"]), "xl/styles.xml", f'<styleSheet {MAIN}><cellXfs><xf numFmtId="x"/></cellXfs></styleSheet>'), "文件坏了"),
        (with_part(xlsx(["编号"]), "xl/workbook.xml", "<a/>"), "没有可以读的工作表"),
        (with_sheet('<sheetData><row r="1"><c r="A1" t="s"><v>999</v></c></row></sheetData>'), "文件坏了"),
        (with_sheet('<sheetData><row r="1"><c r="A1"><v>x</v></c></row></sheetData>'), "文件坏了"),
    ],
    ids=lambda value: value if isinstance(value, str) else "book",  # not the bytes: they hold the time of day
)
def test_refused(data, sentence):
    with pytest.raises(UnreadableFile) as refused:
        read("t.xlsx", data)
    assert sentence in refused.value.sentence
