"""Cells that begin like a formula, and characters that a workbook can't hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from faults.editing.transfer.formulas import escaped, from_cell, guarded, printable, to_cell, unguarded
from tests.editing.transfer.examples import TEXT


@pytest.mark.parametrize("text", ["=1+1", "+86", "-", "@a", "\tx", "\rx", "＝1", "＋1", "－1", "＠1", "'=1", "'"])
def test_what_looks_like_a_formula_gets_an_apostrophe(text):
    assert guarded(text) == f"'{text}" and unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["", "97", "说“=1”", "a=1"])
def test_other_text_stays_as_it_is(text):
    assert guarded(text) == text


def test_an_apostrophe_that_somebody_typed_stays():
    assert from_cell("'tis") == "'tis"


@given(st.text())
def test_guarding_comes_off_again(text):
    assert unguarded(guarded(text)) == text


@given(st.text(alphabet="_x05FDd1A\r\n"))
def test_escapes_of_workbooks_come_off_again(text):
    assert unescape(escaped(text)) == text


def test_whatever_else_is_escaped_is_read_as_excel_reads_it():
    assert from_cell(unescape("_x0041__x0000_b_xd83d_c_x20AC_")) == "Abc€"


def test_a_carriage_return_written_by_another_program_is_a_line_break():
    assert from_cell(unescape("一_x000D_\n二")) == "一\n二"


@given(TEXT)
def test_values_come_back_from_cells(text):
    assert from_cell(to_cell(text)) == text


def test_what_a_workbook_cannot_hold_is_left_out():
    assert printable("a\x00b\x0b\ud800\ufffe\r\nc\rd\te") == "ab\nc\nd\te"
