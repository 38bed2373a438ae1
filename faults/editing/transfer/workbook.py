"""The door to this package: tables in. What came is told from its bytes: names can be wrong.

openpyxl is loaded by who reads or writes a workbook: that takes a quarter of a second.
"""

from threading import Lock

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faults.editing.transfer import csv_reading
from faults.editing.transfer.cells import Names
from faults.editing.transfer.columns import COLUMNS, TITLES, Column
from faults.editing.transfer.errors import CellError, CellTooLong, UnreadableFile
from faults.editing.transfer.limits import MAX_BYTES, MAX_ROWS
from faults.editing.transfer.rows import Refused, rows_of
from faults.editing.transfer.sheets import Line, Sheet

_BEGINNINGS = {
    b"%PDF": gettext_lazy("PDF文件"),
    b"\x89PNG": gettext_lazy("图片"),
    b"\xff\xd8\xff": gettext_lazy("图片"),
    b"GIF8": gettext_lazy("图片"),
    b"Rar!": gettext_lazy("压缩包"),
    b"7z\xbc\xaf": gettext_lazy("压缩包"),
    b"\x1f\x8b": gettext_lazy("压缩包"),
    b"{\\rtf": gettext_lazy("RTF文档"),
    b"<": gettext_lazy("网页或XML文件"),
}
_OLE = b"\xd0\xcf\x11\xe0"  # the container of old Office files, and of encrypted new ones
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"
_reading = Lock()  # one at a time in a process: reading is all processor, so that two at once take as long and twice the memory


def is_workbook(name: str, data: bytes) -> bool:
    """Whether the bytes are to be read as XLSX (else as CSV). Raises UnreadableFile for what is neither, for nothing and for too much."""
    if len(data) > MAX_BYTES:
        raise UnreadableFile(
            _("文件超过%(most)s MB，太大了。请删掉图片和不用的工作表，或者分成几个文件，再上传。") % {"most": MAX_BYTES // 2**20}
        )
    if not data.strip():
        raise UnreadableFile(_("文件是空的，里面什么也没有。请选有内容的表格，再上传。"))
    if data.startswith(_OLE):
        raise UnreadableFile(_old_or_encrypted(data))
    _refuse_no_table(name, data)
    return data.startswith(b"PK")


def _old_or_encrypted(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _("文件加了密码，打不开。请在 Excel 里去掉打开密码，保存后再上传。")
    return _("这是旧格式的 Excel 文件（.xls）。请在 Excel 里打开，另存为“Excel 工作簿（.xlsx）”，再上传。")


def _refuse_no_table(name: str, data: bytes) -> None:
    begins = data.removeprefix(_BOM).lstrip()
    what = next((what for beginning, what in _BEGINNINGS.items() if begins.startswith(beginning)), None)
    if what:
        raise UnreadableFile(_("“%(name)s”是%(what)s，不是表格。请上传 XLSX 或 CSV 文件。") % {"name": name[-60:], "what": what})
    if data.startswith(_UTF16):
        raise UnreadableFile(_("这个文本文件是 UTF-16 编码，读不了。请在 Excel 里另存为“CSV UTF-8（逗号分隔）”，再上传。"))
    if not data.startswith(b"PK") and b"\0" in data:
        said = _("“%(name)s”里有空字符，不是 XLSX，也不是 CSV。请在 Excel 里打开原来的表格，另存为 XLSX，再上传。")
        raise UnreadableFile(said % {"name": name[-60:]})


__all__ = [
    "COLUMNS",
    "MAX_BYTES",
    "MAX_ROWS",
    "TITLES",
    "CellError",
    "CellTooLong",
    "Column",
    "Line",
    "Names",
    "Refused",
    "Sheet",
    "UnreadableFile",
    "read",
    "rows_of",
]


def read(name: str, data: bytes) -> list[Sheet]:
    """The tables in a file that somebody sent: the sheets of a workbook, or the one of a CSV file; at least one.

    `name` is only quoted in sentences. Raises UnreadableFile, and nothing else, whatever the bytes are.
    """
    with _reading:
        if is_workbook(name, data):
            from faults.editing.transfer import xlsx_reading

            return xlsx_reading.sheets(data)
        return [csv_reading.sheet(data)]
