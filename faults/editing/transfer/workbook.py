"""The door to this package: tables in. What came is told from its bytes: names can be wrong.

openpyxl is loaded by who reads or writes a workbook: that takes a quarter of a second.
"""

from contextlib import closing
from threading import Lock

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faults.editing.transfer import csv_reading
from faults.editing.transfer.archive import opened
from faults.editing.transfer.cells import Names
from faults.editing.transfer.columns import COLUMNS, TITLES, Column
from faults.editing.transfer.errors import CellError, CellTooLong, UnreadableFile
from faults.editing.transfer.layout import Layout, exact, guess, strict_problems, two_of_a_kind
from faults.editing.transfer.limits import MAX_BYTES, MAX_ROWS
from faults.editing.transfer.rows import Refused, rows_of
from faults.editing.transfer.sheets import Line, Sheet, sheet_of
from faults.editing.transfer.tables import Table

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
    """Whether the bytes are a workbook, XLSX or ODS (else CSV). Raises UnreadableFile for what is none, for nothing and for too much."""
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
        raise UnreadableFile(_("“%(name)s”是%(what)s，不是表格。请上传 XLSX、ODS 或 CSV 文件。") % {"name": name[-60:], "what": what})
    if data.startswith(_UTF16):
        raise UnreadableFile(_("这个文本文件是 UTF-16 编码，读不了。请在 Excel 里另存为“CSV UTF-8（逗号分隔）”，再上传。"))
    if not data.startswith(b"PK") and b"\0" in data:
        said = _("“%(name)s”里有空字符，不是 XLSX、ODS，也不是 CSV。请在 Excel 里打开原来的表格，另存为 XLSX，再上传。")
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
    "Table",
    "UnreadableFile",
    "arranged",
    "own_layouts",
    "read",
    "read_tables",
    "rows_of",
    "understood",
]


def read_tables(name: str, data: bytes) -> list[Table]:
    """The tables in a file that somebody sent: the sheets of a workbook, or the one of a CSV file; at least one.

    `name` is only quoted in sentences. Raises UnreadableFile, and nothing else, whatever the bytes are.
    """
    with _reading:
        if not is_workbook(name, data):
            return [csv_reading.table(data)]
        with closing(opened(data)) as archive:
            if "content.xml" in archive.namelist():
                from faults.editing.transfer import ods_reading  # it and the next bring openpyxl, which takes a while to load

                return ods_reading.tables(archive)
        from faults.editing.transfer import xlsx_reading

        return xlsx_reading.tables(data)


def understood(tables: list[Table]) -> list[Sheet]:
    """The tables, where their headings say what each column is. Raises UnreadableFile with everything that isn't said."""
    layouts = [exact(table) or guess(table) for table in tables]
    if said := _unclear(tables, layouts):
        raise UnreadableFile(" ".join(said))
    return arranged(tables, layouts)


def own_layouts(tables: list[Table]) -> list[Layout]:
    """The layouts of tables of which all have our headers, and only those; none if one hasn't."""
    layouts = [layout for table in tables if (layout := exact(table))]
    return layouts if len(layouts) == len(tables) and not _unclear(tables, layouts) else []


def _unclear(tables: list[Table], layouts: list[Layout]) -> list[str]:
    said = [sentence for table, layout in zip(tables, layouts, strict=True) for sentence in strict_problems(table, layout)]
    return said + two_of_a_kind(tables, layouts)


def arranged(tables: list[Table], layouts: list[Layout]) -> list[Sheet]:
    """The tables as their layouts say; those that aren't imported are left out."""
    return [sheet_of(table, layout) for table, layout in zip(tables, layouts, strict=True) if layout.kind]


def read(name: str, data: bytes) -> list[Sheet]:
    """The tables in a file, understood. Raises UnreadableFile, and nothing else."""
    return understood(read_tables(name, data))
