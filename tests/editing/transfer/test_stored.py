"""Tables that are kept between the look at the plan and the import."""

import pytest

from faults.editing.transfer.sheets import Line, Sheet
from faults.editing.transfer.stored import packed, unpacked
from faults.editing.transfer.workbook import read
from tests.editing.transfer.examples import xlsx


def test_tables_are_the_same_when_they_come_back():
    sheets = read("t.xlsx", xlsx(["编号", None, "标题"], [1, None, "一\n二"], [2, None, "\U0001f600"]))
    sheets.append(Sheet("term", ["术语"], [Line(3, {"术语": "\ud800"}, frozenset({"术语"}))]))
    assert unpacked(packed(sheets)) == sheets


@pytest.mark.parametrize("data", ["编号,标题\n1,x\n".encode(), b"PK\x03\x04", b""], ids=["csv", "xlsx", "empty"])
def test_a_file_as_it_came_is_none(data):
    with pytest.raises(ValueError, match="no packed tables"):
        unpacked(data)
