"""Tables that went wrong on their way: a real workbook with damage. One seed gives one file, always the same."""

import csv
import random
from datetime import date, datetime, time
from io import BytesIO, StringIO
from itertools import islice

from openpyxl import Workbook, load_workbook

from faults.editing.display_names import display_names_for_tables
from faults.editing.exporting import rows_of_kind
from faults.editing.transfer.workbook import TITLES
from faults.editing.transfer.writing import write_xlsx
from tests.editing.transfer.examples import MAIN, packed, saved, unpacked

ROWS = 3  # of each kind
CELLS = [
    *(None, "", " ", "\u3000", 0, -1, 1e300, 97.0, 10**30, True, date(2026, 2, 28), datetime(1900, 1, 1), time(9, 30), "2026-02-30"),
    *("=1+1", '=HYPERLINK("x")', "#REF!", "'=1", "@SUM(A1)", "<b>", "&amp;", "_x0000_", "\u202e", "\ufeff", "\U0010ffff", "字" * 40_000),
    *(
        "原因：",
        "步骤：没有原因",
        "原因：甲\n谁来处理：没有这个人\n步骤：乙",
        "cup:97",
        "没有这个",
        "已发布",
        "草稿",
        "999999",
        "1000000",
        "40",
        "a\nb",
    ),
    *("直接再刷一次就行。", "告诉商户解除风控的办法。", "6222 0212 3456 7890", "银联:ZZ", "118 119", "x" * 33_000, "\n" * 500),
]
XML = [
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>',
    b'<!DOCTYPE a [<!ENTITY a "' + b"a" * 1000 + b'"><!ENTITY b "' + b"&a;" * 1000 + b'">]><a>&b;</a>',
    b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    b"<a>" * 50_000,
    b"",
    b"\0" * 100,
    b"<worksheet/>",
    f'<worksheet {MAIN}><sheetData><row r="9999999"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'.encode(),
    f'<worksheet {MAIN}><sheetData><row><c r="ZZZZ1" t="s"><v>-7</v></c></row></sheetData></worksheet>'.encode(),
]
OTHERS = [
    b"",
    b"\0",
    b"x",
    b"\n" * 99,
    b"%PDF-1.7\n",
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"PK\x05\x06" + b"\0" * 18,
    b"\xd0\xcf\x11\xe0" * 99,
]
OTHERS += [
    b"<html>",
    b"Rar!",
    b"\x1f\x8b",
    b"{\\rtf",
    b'"' * 999,
    b"," * 9_999,
    b"\xff\xfe1\0",
    "编号".encode("utf-16"),
    b"\xef\xbb\xbf",
    b"=" * 50,
]
NAMES = ["表.xlsx", "表.csv", "表", "a.pdf", "../../x.xlsx", "<b>.csv", "x" * 100 + ".xlsx", ".xlsx", "a\u202excsv.exe"]
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5", "latin-1"]


class Spoiler:
    """Has the real rows of some items of each kind to begin with."""

    def __init__(self):
        self.workbook = write_xlsx({kind: islice(rows_of_kind(kind), ROWS) for kind in TITLES}, display_names_for_tables(), versions=True)
        self.sheets = {
            sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in load_workbook(BytesIO(self.workbook))
        }

    def file(self, seed: int) -> tuple[str, bytes]:
        """The name and the bytes of this seed's file."""
        draw = random.Random(seed)  # noqa: S311 (no secret)
        ways = [self._cells, self._cells, self._csv, *[self._bytes] * 3, *[self._part] * 3, self._other]
        return draw.choice(NAMES), draw.choice(ways)(draw)

    def _tables(self, draw: random.Random) -> dict[str, list[list]]:
        """The sheets, with columns and cells that aren't what they were."""
        chosen = draw.sample(list(self.sheets), draw.choice([1, 1, 2]))
        tables = {title: [list(row) for row in self.sheets[title]] for title in chosen}
        for rows in tables.values():
            for _ in range(draw.randint(1, 3)):
                self._spoil(draw, rows)
        return tables

    def _spoil(self, draw: random.Random, rows: list[list]) -> None:
        place, row = draw.randrange(max(len(rows[0]), 1)), draw.choice(rows[1:] or rows)  # its only column may be gone by now
        match draw.choice(["cell", "cell", "cell", "header", "gone", "twice", "row", "wide"]):
            case "cell" if place < len(row):
                row[place] = draw.choice(CELLS)
            case "header" if rows[0]:
                rows[0][place] = draw.choice(CELLS)
            case "gone":
                for one in rows:
                    del one[place : place + 1]
            case "twice":
                for one in rows:
                    one.append(one[place] if place < len(one) else None)
            case "row":
                rows.append(list(row))
            case "wide":
                row.extend([None] * 120 + ["右边"])

    def _cells(self, draw: random.Random) -> bytes:
        workbook = Workbook(write_only=True)
        for title, rows in self._tables(draw).items():
            sheet = workbook.create_sheet(title if draw.random() < 0.9 else f"表{draw.randint(0, 9)}")
            for row in rows:
                sheet.append([_storable(value) for value in row])
        return saved(workbook)

    def _csv(self, draw: random.Random) -> bytes:
        text = StringIO(newline="")
        writer = csv.writer(text, delimiter=draw.choice(",,,;\t|"), lineterminator=draw.choice(["\r\n", "\n", "\r"]))
        writer.writerows(next(iter(self._tables(draw).values())))
        said = text.getvalue()
        cut = draw.randrange(len(said) + 1)
        said = draw.choice([said, said, said, said[:cut], said[:cut] + draw.choice(['"', "\n", '""', ",,,", "\u2028"]) + said[cut:]])
        data = said.encode(draw.choice(ENCODINGS), "replace")
        return data if draw.random() < 0.9 else data + b"\xff\xfe\x80"

    def _bytes(self, draw: random.Random) -> bytes:
        data = bytearray(self.workbook)
        for _ in range(draw.choice([1, 3, 30])):
            data[draw.randrange(len(data))] = draw.randrange(256)
        return bytes(data[: draw.choice([len(data), len(data), draw.randrange(len(data))])])

    def _part(self, draw: random.Random) -> bytes:
        parts = unpacked(self.workbook)
        name = draw.choice(list(parts))
        if draw.random() < 0.3:
            del parts[name]
        else:
            parts[name] = draw.choice(XML)
        return packed(parts)

    def _other(self, draw: random.Random) -> bytes:
        return draw.choice(OTHERS) + draw.choice([b"", b"", draw.randbytes(200)])


def _storable(value):
    """What openpyxl agrees to write."""
    return value[:32_767] if isinstance(value, str) else value
