"""Files that are no table are told what they are."""

import gzip

import pytest

from faults.editing.transfer.errors import UnreadableFile
from faults.editing.transfer.limits import MAX_BYTES
from faults.editing.transfer.workbook import is_workbook
from tests.editing.transfer.examples import xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "文件是空的"),
        (b" \r\n\n", "文件是空的"),
        (b"a" * (MAX_BYTES + 1), "文件超过20 MB"),
        (b"%PDF-1.7\n%\xe2\xe3", "“表.xlsx”是PDF文件，不是表格。请上传 XLSX、ODS 或 CSV 文件。"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "“表.xlsx”是图片"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "是图片"),
        (b"<!DOCTYPE html><table><tr><td>1</table>", "是网页"),
        (b"\xef\xbb\xbf\n<html>", "是网页"),
        (b'<?xml version="1.0"?><Workbook/>', "是网页或XML文件"),
        (gzip.compress(b"a", mtime=0), "是压缩包"),
        (OLE, "旧格式的 Excel 文件（.xls）"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
        ("编号,标题\n".encode("utf-16"), "UTF-16"),
        ("编号,标题\n1,a\0b".encode(), "空字符"),
        (bytes(range(256)), "空字符"),
    ],
)
def test_refused(data, sentence):
    with pytest.raises(UnreadableFile) as refused:
        is_workbook("表.xlsx", data)
    assert sentence in refused.value.sentence


def test_names_do_not_count():
    assert is_workbook("表.csv", xlsx(["编号"])) and not is_workbook("表.xlsx", "编号,标题".encode())


def test_a_long_name_is_quoted_in_part():
    with pytest.raises(UnreadableFile) as refused:
        is_workbook("长" * 10_000, b"%PDF")
    assert len(refused.value.sentence) < 120
