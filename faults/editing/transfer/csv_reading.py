"""Reads a CSV file: UTF-8 or GB18030, with comma, semicolon or tab, whichever its headers say."""

import csv
from collections.abc import Iterator
from io import StringIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faults.editing.transfer.errors import UnreadableFile
from faults.editing.transfer.formulas import from_cell
from faults.editing.transfer.limits import MAX_EMPTY_ROWS
from faults.editing.transfer.sheets import GridRow, Sheet, known_headers, sheet_of

_DELIMITERS = ",;\t"
_SAVE_AGAIN = gettext_lazy("请在 Excel 里打开，另存为“CSV UTF-8（逗号分隔）”，再上传。")


def sheet(data: bytes) -> Sheet:
    """The table in the file. Raises UnreadableFile."""
    text = _decoded(data)
    found = sheet_of(_grid(text, _delimiter(text)))
    if found is None:
        raise UnreadableFile(_("文件里一个字也没有。请选有内容的表格，再上传。"))
    return found


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded_as_chinese(data)


def _decoded_as_chinese(data: bytes) -> str:
    """The text as Chinese Excel saves it. Damaged UTF-8 often decodes as GB18030 too, but not to headers of ours."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise UnreadableFile(_("文件里的文字读不出来（编码不对，或者文件坏了）。%(way)s") % {"way": _SAVE_AGAIN}) from error
    if not known_headers(_first_row(text, _delimiter(text))):
        raise UnreadableFile(_("文件里的文字读不出来，或者第一行不是表头。%(way)s") % {"way": _SAVE_AGAIN})
    return text


def _delimiter(text: str) -> str:
    return max(_DELIMITERS, key=lambda delimiter: known_headers(_first_row(text, delimiter)))


def _first_row(text: str, delimiter: str) -> list[str]:
    try:
        rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        return next((row for row in rows if any(cell.strip() for cell in row)), [])
    except csv.Error:  # reading it in earnest says what is wrong
        return []


def _grid(text: str, delimiter: str) -> Iterator[GridRow]:
    """The rows, counted as Excel does: a line break within quotes begins no row."""
    number = 0
    try:
        for number, texts in enumerate(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True), start=1):
            if number > MAX_EMPTY_ROWS:
                raise UnreadableFile(_("文件超过%(most)s行，多半是空行。请把它们删掉，再上传。") % {"most": MAX_EMPTY_ROWS})
            yield GridRow(number, [from_cell(text) if text else "" for text in texts])
    except csv.Error as error:
        why = _("有一格太长，多半是少了一个引号") if "limit" in str(error) else _("引号没有成对")
        said = _("第%(line)s行%(why)s，后面的分不清是哪一格。%(way)s")
        raise UnreadableFile(said % {"line": number + 1, "why": why, "way": _SAVE_AGAIN}) from error
