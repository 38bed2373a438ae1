"""Reads a CSV file: UTF-8 or GB18030, with comma, semicolon or tab, whichever its headings say."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faults.editing.transfer.errors import UnreadableFile
from faults.editing.transfer.formulas import from_cell
from faults.editing.transfer.layout import SEARCHED, known_headings
from faults.editing.transfer.limits import MAX_EMPTY_ROWS
from faults.editing.transfer.tables import GridRow, Table, table_of

_DELIMITERS = ",;\t"
_SAVE_AGAIN = gettext_lazy("请在 Excel 里打开，另存为“CSV UTF-8（逗号分隔）”，再上传。")


def table(data: bytes) -> Table:
    """The table in the file. Raises UnreadableFile."""
    text = _decoded(data)
    found = table_of(_grid(text, _delimiter(text)))
    if found is None:
        raise UnreadableFile(_("文件里一个字也没有。请选有内容的表格，再上传。"))
    return found


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded_as_chinese(data)


def _decoded_as_chinese(data: bytes) -> str:
    """The text as Chinese Excel saves it. Damaged UTF-8 often decodes as GB18030 too, but not to headings that anybody knows."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise UnreadableFile(_("文件里的文字读不出来（编码不对，或者文件坏了）。%(way)s") % {"way": _SAVE_AGAIN}) from error
    if not _fit(text, _delimiter(text))[0]:
        raise UnreadableFile(
            _("文件里的文字读不出来，或者前%(lines)s行里没有认得的表头。%(way)s") % {"lines": SEARCHED, "way": _SAVE_AGAIN}
        )
    return text


def _delimiter(text: str) -> str:
    return max(_DELIMITERS, key=lambda delimiter: _fit(text, delimiter))


def _fit(text: str, delimiter: str) -> tuple[int, int]:
    """How many headings are known with this delimiter, and how many columns there are."""
    rows = list(_first_rows(text, delimiter))
    return max(map(known_headings, rows), default=0), max(map(len, rows), default=0)


def _first_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from islice(filter(None, rows), SEARCHED)
    except csv.Error:  # reading it in earnest says what is wrong
        return


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
