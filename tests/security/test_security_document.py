"""docs/security.md: every requirement of OWASP ASVS 5.0.0 that applies stands there once, and every test that it names is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = (ROOT / "docs/security.md").read_text(encoding="utf-8")
# The last number of levels 1 and 2 in each section: these come first, the third level's after them.
LAST = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2,
    "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2,
    "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4,
    "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7,
    "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
}  # fmt: skip
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| [^|]+ \| (met|in part|not met|operator|n/a)\b[^|]* \| ([^|]+) \|$", re.MULTILINE)
NUMBER = re.compile(r"\b\d+\.\d+\.\d+\b")
ROWS = ROW.findall(TEXT)
TESTS = sorted(set(re.findall(r"tests/[\w/]+\.py(?:::\w+)?", TEXT)))


@cache
def functions(path: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)}


def test_every_requirement_has_one_row_in_order():
    assert [number for number, *_ in ROWS] == [f"{section}.{place}" for section, last in LAST.items() for place in range(1, last + 1)]


def test_every_row_can_be_read():
    """A row with an answer of its own, or without its four cells, would be none."""
    assert len(re.findall(r"^\| \d", TEXT, re.MULTILINE)) == len(ROWS)


def test_every_row_stands_under_its_section():
    heading = ""
    for line in TEXT.splitlines():
        heading = line.split()[1] if line.startswith("### V") else heading
        if row := ROW.match(line):
            assert heading == f"V{row[1].rpartition('.')[0]}", line


def test_what_is_not_met_stands_in_the_last_list_once():
    lines = TEXT.partition("\n## What is not met\n")[2].splitlines()
    listed = [number for line in lines if line.startswith("- ") for number in NUMBER.findall(line.partition(": ")[0])]
    assert sorted(listed) == sorted(number for number, answer, _ in ROWS if answer in ("in part", "not met"))


@pytest.mark.parametrize("named", TESTS)
def test_what_it_names_is_there(named):
    path, _, function = named.partition("::")
    assert (ROOT / path).is_file() and (not function or function in functions(ROOT / path))
