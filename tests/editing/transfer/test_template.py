"""The workbook that people fill in."""

from io import BytesIO

import openpyxl

from faults.editing.transfer.blocks import CAUSE, FIX, MYTH, Blocks
from faults.editing.transfer.columns import COLUMNS, TITLES, headers_of
from faults.editing.transfer.template import template_xlsx
from faults.editing.transfer.workbook import read
from tests.editing.transfer.examples import NAMES

EXPLAINED = [[cell or "" for cell in row] for row in openpyxl.load_workbook(BytesIO(template_xlsx(NAMES)))["填写说明"].values]


def test_it_is_read_as_five_empty_tables():
    sheets = read("模板.xlsx", template_xlsx(NAMES))
    assert [(sheet.kind, sheet.headers, sheet.rows) for sheet in sheets] == [(kind, headers_of(kind), []) for kind in COLUMNS]


def test_people_see_the_explanation_first():
    assert openpyxl.load_workbook(BytesIO(template_xlsx(NAMES))).sheetnames == ["填写说明", *TITLES.values()]


def test_every_column_is_explained_with_the_values_it_allows():
    explained = {(title, header) for title, header, *_ in EXPLAINED}
    assert {(TITLES[kind], column.header) for kind, columns in COLUMNS.items() for column in columns} <= explained
    (status,) = [row for row in EXPLAINED if row[:2] == ["术语", "状态"]]
    assert "草稿、已发布" in status[3]


def test_the_examples_can_be_copied():
    examples = {row[1]: row[3] for row in EXPLAINED if row[2].startswith("例子")}
    for header, block in {"原因和处理": CAUSE, "整条的处理方法": FIX, "常见误区": MYTH}.items():
        assert Blocks(block).read(examples[header], NAMES)
