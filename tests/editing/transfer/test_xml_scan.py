"""Parts of a workbook that openpyxl must not see, and what it would not tell."""

from io import BytesIO

import openpyxl
import pytest
from defusedxml.common import EntitiesForbidden

from faults.editing.transfer import xml_scan
from faults.editing.transfer.archive import opened
from faults.editing.transfer.errors import UnreadableFile
from faults.editing.transfer.limits import EXCEL_ROWS, MAX_EMPTY_ROWS, MAX_ROWS
from tests.editing.transfer.examples import saved, with_part, with_sheet, xlsx

ENTITIES = '<!DOCTYPE worksheet [<!ENTITY a "1"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
BOMB = with_sheet('<sheetData><row r="1"><c r="A1"><v>&b;</v></c></row></sheetData>', before=ENTITIES)
SHEET = "xl/worksheets/sheet1.xml"


def scanned(data):
    with opened(data) as archive:
        return xml_scan.scan(archive)


def test_entity_bombs_are_refused_by_us():
    with pytest.raises(UnreadableFile, match="DTD"):
        scanned(BOMB)


def test_entity_bombs_are_refused_by_openpyxl_with_defusedxml():
    assert openpyxl.DEFUSEDXML
    with pytest.raises(ValueError) as refused:
        openpyxl.load_workbook(BytesIO(BOMB))
    assert isinstance(refused.value.__cause__, EntitiesForbidden)


def test_formulas_errors_and_merged_cells_are_noted():
    workbook = openpyxl.Workbook()
    workbook.active["B2"], workbook.active["A3"] = "=1+1", "#N/A"
    workbook.active.merge_cells("A1:B1")
    workbook.active.merge_cells("B4:C6")
    part = scanned(saved(workbook))[SHEET]
    assert part.merged == [(4, 6, 1)] and part.unusable == {(2, 2), (3, 1)}


def test_conditions_of_a_validation_are_no_cells():
    rule = '<extLst><ext><x:f xmlns:x="http://schemas.microsoft.com/office/excel/2006/main">A1</x:f></ext></extLst>'
    assert not scanned(with_sheet(f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>{rule}'))[SHEET].unusable


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (f'<sheetData><row r="{EXCEL_ROWS + 1}"/></sheetData>', "文件坏了"),
        ('<sheetData><row r="999999999999"/></sheetData>', "文件坏了"),
        ('<sheetData><row r="2"/><row r="1"/></sheetData>', "文件坏了"),
        ('<sheetData><row r="x"/></sheetData>', "文件坏了"),
        ('<sheetData><row r="1"><c r="?1"><v>1</v></c></row></sheetData>', "文件坏了"),
        ('<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>', "第100列右边还有内容"),
        ("<sheetData><row>", "文件坏了"),
        (f"<sheetData>{'<row><c><v>1</v></c></row>' * (MAX_ROWS + 2)}</sheetData>", "超过15000行"),
        (f"<sheetData>{'<row/>' * (MAX_EMPTY_ROWS + 1)}</sheetData>", "空着的行超过100000行"),
        (f"<!--{'x' * 3 * 2**20}-->", "有一格太长"),
        (f'<sheetData x="{"x" * 3 * 2**20}"/>', "有一格太长"),
    ],
    ids=lambda value: value[:40],
)
def test_sheets_that_would_cost_too_much_are_refused(content, sentence):
    with pytest.raises(UnreadableFile) as refused:
        scanned(with_sheet(content))
    assert sentence in refused.value.sentence


@pytest.mark.parametrize(("limit", "row"), [("MAX_NODES", "<row><c/><c/></row>"), ("MAX_TREE", "<c/><c/><c/>")])
def test_more_cells_than_memory_is_for_are_refused(monkeypatch, limit, row):
    monkeypatch.setattr(xml_scan, limit, 1_000)
    with pytest.raises(UnreadableFile, match="格子太多"):
        scanned(with_sheet(f"<sheetData><row>{row * 1_000}</row></sheetData>"))


def test_many_rows_are_read_one_after_the_other(monkeypatch):
    monkeypatch.setattr(xml_scan, "MAX_TREE", 1_000)
    assert scanned(with_sheet(f"<sheetData>{'<row><c/><c/></row>' * 1_000}</sheetData>"))


def test_rows_are_counted_once_however_many_values_they_have(monkeypatch):
    monkeypatch.setattr(xml_scan, "MAX_ROWS", 2)
    row = f"<row>{'<c><v>1</v></c>' * 4}</row>"
    assert scanned(with_sheet(f"<sheetData>{row * 3}</sheetData>"))  # one is the header
    with pytest.raises(UnreadableFile, match="行"):
        scanned(with_sheet(f"<sheetData>{row * 4}</sheetData>"))


def test_formatted_but_empty_cells_far_right_and_below_are_no_matter():
    rows = f'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row><row r="{EXCEL_ROWS}"><c s="0"/></row>'
    assert scanned(with_sheet(f"<sheetData>{rows}</sheetData>"))


def test_pictures_are_no_matter_but_broken_xml_is():
    assert scanned(with_part(xlsx(["编号"]), "xl/media/image1.png", b"\x89PNG\r\n\x1a\n"))
    with pytest.raises(UnreadableFile, match="文件坏了"):
        scanned(with_part(xlsx(["编号"]), "xl/media/image1.xml", b"\x89PNG\r\n\x1a\n"))


def test_a_member_that_is_damaged_inside_is_refused():
    data = bytearray(xlsx(["编号"], *[[number] for number in range(200)]))
    place = data.index(SHEET.encode()) + 300
    data[place : place + 40] = bytes(40)
    with pytest.raises(UnreadableFile, match="文件坏了"):
        scanned(bytes(data))
