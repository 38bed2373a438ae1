"""The whole way: rows out and back, any bytes in, and how long it takes."""

import string
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faults.editing.transfer.columns import COLUMNS
from faults.editing.transfer.workbook import UnreadableFile, read, rows_of
from faults.editing.transfer.writing import write_csv, write_xlsx
from tests.budget import either
from tests.editing.transfer.examples import FAULT, NAMES, ROWS, packed, unpacked, xlsx

NOT_PURE = {"django.conf", "django.db", "reversion"}
ONLY_PURE = f"import sys, faults.editing.transfer.workbook; sys.exit(bool({NOT_PURE} & sys.modules.keys()))"
RELAXED = {"suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
VALID = [
    write_xlsx({"fault": [FAULT]}, NAMES),
    xlsx(["编号", "标题", "上次复核"], [1, "一", 3.5], [2, "=1+1", True]),
    write_csv("fault", [FAULT], NAMES),
    "编号;标题\n1;一\n".encode("gbk"),
]


def test_the_package_knows_no_django():
    """But its gettext, which needs neither settings nor a database to be imported."""
    assert subprocess.run([sys.executable, "-c", ONLY_PURE], cwd=Path(__file__).parents[3], check=False).returncode == 0


def back(name, data):
    """Every row in the file, by kind."""
    read_back = {}
    for sheet in read(name, data):
        good, refused = rows_of(sheet, NAMES)
        assert not refused
        read_back[sheet.kind] = [row for _, row in good]
    return read_back


def different(rows):
    """The rows without a second one of the same name."""
    return list({str([row.get(key) for key in ("number", "scheme", "code", "name")]): row for row in rows}.values())


TABLES = st.fixed_dictionaries({kind: st.lists(ROWS[kind], max_size=2).map(different) for kind in ROWS})


@settings(max_examples=either(8, 40), **RELAXED)
@given(TABLES)
def test_rows_come_back_from_xlsx(tables):
    assert back("表.xlsx", write_xlsx(tables, NAMES)) == tables


@pytest.mark.parametrize("kind", COLUMNS)
@settings(max_examples=either(6, 30), **RELAXED)
@given(st.data())
def test_rows_come_back_from_csv(kind, data):
    rows = data.draw(st.lists(ROWS[kind], max_size=3).map(different))
    assert back("表.csv", write_csv(kind, rows, NAMES)) == {kind: rows}


def read_or_refuse(data):
    """Anything but a table or a sentence fails the test."""
    try:
        sheets = read("表.xlsx", data)
    except UnreadableFile as error:
        assert error.sentence.endswith("。") and len(error.sentence) < 900
        return
    for sheet in sheets:
        rows_of(sheet, NAMES)


@settings(max_examples=either(40, 200), **RELAXED)
@given(st.binary(max_size=400) | st.binary(max_size=100).map(lambda data: b"PK\x03\x04" + data) | st.text().map(str.encode))
def test_any_bytes(data):
    read_or_refuse(data)


def changed(data, changes):
    """The bytes with pieces put in, taken out and replaced; places are counted from 0 to 1."""
    data = bytearray(data)
    for place, length, piece in changes:
        start = int(place * len(data))
        data[start : start + length] = piece
    return bytes(data)


CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), st.binary(max_size=20)), min_size=1, max_size=4)


@settings(max_examples=either(40, 200), **RELAXED)
@given(st.sampled_from(VALID), CHANGES)
def test_files_damaged_on_the_way(data, changes):
    read_or_refuse(changed(data, changes))


@settings(max_examples=either(40, 200), **RELAXED)
@given(st.sampled_from(VALID[:2]), st.data(), CHANGES)
def test_workbooks_with_a_damaged_part(data, draw, changes):
    parts = unpacked(data)
    name = draw.draw(st.sampled_from(sorted(parts)))
    read_or_refuse(packed(parts | {name: changed(parts[name], changes)}))


VALUES = st.sampled_from(["", "x", "-1", "0", "99999999999999999999", "1e5", "1.5", "nan", "A1:B2", "XFD1048577", "ZZZZ9", "é", "true"])
WORDS = st.text(string.ascii_letters, min_size=1, max_size=3) | st.sampled_from(["row", "c", "v", "is", "t", "f", "sheet", "sheetData"])


@settings(max_examples=either(40, 200), **RELAXED)
@given(st.sampled_from(VALID[:2]), st.data(), st.floats(0, 1), VALUES, WORDS)
def test_workbooks_that_are_xml_but_say_something_else(data, draw, place, value, word):
    """Damaged bytes are mostly no XML any more; this changes one attribute's value and every element of one name."""
    parts = unpacked(data)
    name = draw.draw(st.sampled_from(sorted(name for name in parts if b'"' in parts[name])))
    pieces = parts[name].split(b'"')
    pieces[min(int(place * len(pieces)) | 1, len(pieces) - 2 | 1)] = value.encode()
    text = b'"'.join(pieces)
    old = draw.draw(st.sampled_from([b"row", b"c", b"sheet", b"xf", b"Relationship", b"Override", b"t"]))
    read_or_refuse(packed(parts | {name: text.replace(b"<" + old + b" ", b"<" + word.encode() + b" ")}))


def test_thousands_of_entries_are_read():
    count = either(1_000, 5_000)
    data = write_xlsx({"fault": [FAULT | {"number": number} for number in range(1, count + 1)]}, NAMES)
    good, refused = rows_of(read("表.xlsx", data)[0], NAMES)
    assert len(good) == count and not refused
