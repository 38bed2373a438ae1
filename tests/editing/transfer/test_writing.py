"""What stands in the files that are written."""

from io import BytesIO

import openpyxl
import pytest

from faults.editing.transfer.columns import headers_of
from faults.editing.transfer.errors import CellTooLong
from faults.editing.transfer.limits import MAX_CELL
from faults.editing.transfer.writing import write_csv, write_xlsx
from tests.editing.transfer.examples import FAULT, NAMES


def workbook(**sheets):
    return openpyxl.load_workbook(BytesIO(write_xlsx(sheets, NAMES)))


def test_a_sheet_is_made_to_be_read():
    sheet = workbook(fault=[FAULT])["条目"]
    assert [cell.value for cell in sheet[1]] == headers_of("fault")
    assert sheet["A1"].font.bold and sheet.freeze_panes == "A2"
    assert sheet["C2"].alignment.wrap_text and sheet.column_dimensions["J"].width == 60


def test_numbers_are_numbers_and_codes_stay_text():
    code = {"scheme": "cup", "code": "05", "actors": [], "keep_card": False, "myths": [], "confused_with": []}
    code |= {key: [] for key in ("screen_texts", "aliases", "dont_say", "steps", "sources")}
    row = dict.fromkeys(("meaning", "detail", "generation", "old_meaning", "new_meaning", "class", "retry", "warning"), "")
    row |= dict.fromkeys(("say", "check", "expected", "note", "confidence", "status", "reviewed"), "") | code
    book = workbook(fault=[FAULT, FAULT | {"number": 0}], code=[row])
    assert [book["条目"]["A2"].value, book["条目"]["A3"].value] == [12, None]
    assert (book["返回码"]["B2"].value, book["返回码"]["B2"].number_format) == ("05", "@")
    assert book["返回码"].column_dimensions["B"].number_format == "@"


@pytest.mark.parametrize("title", ["=1+1", "#N/A", "@x", "97", "'"])
def test_whatever_it_looks_like_a_text_is_a_text(title):
    cell = workbook(fault=[FAULT | {"title": title}])["条目"]["C2"]
    assert cell.data_type == "s" and not cell.value.startswith(("=", "@"))


def test_control_characters_do_not_stop_an_export():
    row = FAULT | {"title": "a\x00\ud800\uffffb"}
    assert workbook(fault=[row])["条目"]["C2"].value == "ab"
    assert b"ab" in write_csv("fault", [row], NAMES)


def test_csv_is_what_excel_opens():
    data = write_csv("fault", [FAULT | {"title": "=1"}], NAMES)
    assert data.startswith("\ufeff编号,类型,标题,".encode()) and "\r\n12,故障,'=1,通讯,".encode() in data


@pytest.mark.parametrize("write", [lambda rows: write_xlsx({"fault": rows}, NAMES), lambda rows: write_csv("fault", rows, NAMES)])
def test_an_item_too_long_for_a_cell_is_named(write):
    with pytest.raises(CellTooLong, match="“条目”表里“12”的“现象”超过32767个字"):
        write([FAULT | {"symptom": "长" * (MAX_CELL + 1)}])


def test_the_longest_text_fits():
    assert len(workbook(fault=[FAULT | {"symptom": "长" * MAX_CELL}])["条目"]["H2"].value) == MAX_CELL
