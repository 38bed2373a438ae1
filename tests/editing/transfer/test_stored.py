"""Tables that are kept between the look at the plan and the import."""

import json
import zlib

import pytest

from faults.editing.transfer.stored import packed, unpacked
from faults.editing.transfer.tables import GridRow, Table
from faults.editing.transfer.workbook import read_tables
from tests.editing.transfer.examples import xlsx

EARLIER = zlib.compress(json.dumps([["fault", ["编号"], [[2, ["1"], []]]]]).encode())  # sheets, by kind


def test_tables_are_the_same_when_they_come_back():
    tables = read_tables("t.xlsx", xlsx(["编号", None, "标题"], [1, None, "一\n二"], [2, None, "\U0001f600"]))
    tables.append(Table("甲", [GridRow(3, ["\ud800"], frozenset({0}))]))
    assert unpacked(packed(tables)) == tables


@pytest.mark.parametrize("data", ["编号,标题\n1,x\n".encode(), b"PK\x03\x04", b"", EARLIER], ids=["csv", "xlsx", "empty", "earlier"])
def test_a_file_as_it_came_is_none(data):
    with pytest.raises(ValueError, match="no packed tables"):
        unpacked(data)
