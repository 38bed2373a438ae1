"""ZIP files that are no workbook, are damaged, or would unpack to too much."""

from zipfile import ZIP_BZIP2

import pytest

from faults.editing.transfer.archive import Allowance, opened
from faults.editing.transfer.errors import UnreadableFile
from faults.editing.transfer.limits import MAX_MEMBERS, MAX_UNPACKED, SMALL
from tests.editing.transfer.examples import packed, unpacked, with_part, xlsx

GOOD = xlsx(["编号"])


def encrypted(data):
    """The archive with the flag for encryption set for every member."""
    return data.replace(b"PK\x03\x04\x14\0\0\0", b"PK\x03\x04\x14\0\1\0").replace(b"PK\1\2\x14\3\x14\0\0\0", b"PK\1\2\x14\3\x14\0\1\0")


def recompressed(data, method):
    """The archive whose directory names another way of compression."""
    entry = data.index(b"PK\1\2")
    return data[: entry + 10] + method.to_bytes(2, "little") + data[entry + 12 :]


def test_a_workbook_is_opened():
    assert "xl/workbook.xml" in opened(GOOD).namelist()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (packed({"word/document.xml": "<a/>"}), "不是 XLSX 工作簿，也不是 ODS"),
        (packed({}), "不是 XLSX 工作簿，也不是 ODS"),
        (GOOD[:-30], "文件坏了，或者没有传完整"),
        (GOOD[: len(GOOD) // 2], "文件坏了，或者没有传完整"),
        (b"PK\x03\x04" + bytes(100), "文件坏了"),
        (encrypted(GOOD), "加了密码"),
        (recompressed(GOOD, ZIP_BZIP2), "文件坏了"),
        (packed({f"xl/{number}.xml": "" for number in range(MAX_MEMBERS + 1)}), "部件超过2000个"),
        (with_part(GOOD, "xl/media/x.bin", bytes(SMALL + 1)), "展开以后超过100 MB"),
    ],
)
def test_refused(data, sentence):
    with pytest.raises(UnreadableFile) as refused:
        opened(data)
    assert sentence in refused.value.sentence


def test_many_parts_that_are_too_much_together_are_refused(monkeypatch):
    size = len(b"".join(unpacked(GOOD).values()))
    monkeypatch.setattr("faults.editing.transfer.archive.MAX_UNPACKED", size - 1)
    with pytest.raises(UnreadableFile, match="展开以后"):
        opened(GOOD)


def test_what_comes_out_is_counted_whatever_the_directory_says():
    allowance = Allowance()
    allowance.take(MAX_UNPACKED)
    with pytest.raises(UnreadableFile, match="展开以后超过100 MB"):
        allowance.take(1)
