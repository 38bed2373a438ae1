"""The versions of exported rows: what they tell, and what is none."""

import re
from functools import partial
from io import BytesIO

import pytest
from openpyxl import load_workbook

from faults.editing.transfer.columns import COLUMNS, VERSION
from faults.editing.transfer.rows import rows_of
from faults.editing.transfer.versions import read_version, version_of, words_of
from faults.editing.transfer.workbook import read
from faults.editing.transfer.writing import write_csv, write_xlsx
from tests.editing.transfer.examples import FAULT, NAMES

HERE = {"fault:12"}


def version(row):
    return version_of("fault", row, [column.write(row, NAMES) for column in COLUMNS["fault"]])


def lines(data=None, **cells):
    """The one row of an export, with some cells changed; and the sentences that refuse it."""
    (sheet,) = read("t", data or write_csv("fault", [FAULT], NAMES, versions=True))
    sheet.rows[0].cells.update(cells)
    good, refused = rows_of(sheet, NAMES, HERE)
    return [row for _, row in good], ["".join(one.sentences) for one in refused]


def test_another_word_is_another_version_and_another_state_is_the_same():
    assert words_of("fault", FAULT) == words_of("fault", dict(reversed(FAULT.items())))
    assert words_of("fault", FAULT) == words_of("fault", FAULT | {"status": "draft", "reviewed": "", "owner": "li"})
    for column in COLUMNS["fault"]:
        is_state = column.key in ("status", "reviewed")
        assert (words_of("fault", FAULT | {column.key: "另一个"}) == words_of("fault", FAULT)) == is_state, column.key


def test_a_version_is_one_word_of_letters_and_belongs_to_one_item():
    word = version(FAULT)
    assert re.fullmatch("[a-p]{100,200}", word)
    assert read_version("fault", FAULT, word).words == words_of("fault", FAULT)
    assert read_version("fault", FAULT | {"number": 13}, word) is None and read_version("term", {"name": "12"}, word) is None
    assert not [place for place in range(len(word)) if read_version("fault", FAULT, word[:place] + "z" + word[place + 1 :])]


@pytest.mark.parametrize("write", [partial(write_csv, "fault", [FAULT]), partial(write_xlsx, {"fault": [FAULT]})])
def test_a_row_says_only_what_is_not_as_it_was_exported(write):
    data = write(NAMES, versions=True)
    assert lines(data) == ([{"number": 12, "version": words_of("fault", FAULT)}], [])
    assert lines(data, 标题="换了标题", 现象="")[0][0].items() >= {"title": "换了标题", "symptom": ""}.items()
    assert len(lines(data, 标题="换了标题", 现象="")[0][0]) == 4


def test_a_name_that_is_no_longer_known_is_no_matter_where_nobody_touched_it():
    (sheet,) = read("t", write_csv("fault", [FAULT], NAMES, versions=True))
    renamed = NAMES | {"category": {"comms": "网络", "printing": "打印"}}
    assert not rows_of(sheet, renamed, HERE)[1] and rows_of(sheet, renamed)[1]


@pytest.mark.parametrize("word", ["x", "abcdefgh", "p" * 140, "12", "=A1", version(FAULT | {"number": 13}), version(FAULT)[:-1] + "q"])
def test_what_is_no_version_of_this_row_is_refused(word):
    good, (sentence,) = lines(版本=word)
    assert not good and sentence.startswith("“版本”：") and "清空这一格" in sentence


def test_an_empty_version_tells_nothing_and_the_whole_row_is_read():
    ((row,), refused) = lines(版本="")
    assert row == FAULT and not refused


def test_a_new_item_may_be_copied_from_an_old_one_with_its_version():
    ((row,), refused) = lines(编号="", 标题="抄来的")
    assert row == FAULT | {"number": 0, "title": "抄来的"} and not refused
    assert lines(编号="", 版本="x")[1]


def test_the_column_is_last_and_hidden_in_a_workbook():
    sheet = load_workbook(BytesIO(write_xlsx({"fault": [FAULT]}, NAMES, versions=True)))["条目"]
    last = sheet.cell(1, sheet.max_column)
    assert (
        last.value == VERSION and sheet.column_dimensions[last.column_letter].hidden and sheet.cell(2, last.column).value == version(FAULT)
    )
