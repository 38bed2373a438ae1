"""OpenDocument tables: what is read, and what is refused before it costs anything."""

import pytest

from faults.editing.transfer.errors import UnreadableFile
from faults.editing.transfer.limits import MAX_ROWS
from faults.editing.transfer.workbook import read_tables
from tests.editing.transfer.examples import packed, unpacked
from tests.editing.transfer.real_tables import ods, row

CELL = "<table:table-cell {0}>{1}</table:table-cell>"


def texts(*rows):
    return [one.texts for one in read_tables("t.ods", ods(("甲", "".join(rows))))[0].rows]


@pytest.mark.parametrize(
    ("attributes", "content", "text"),
    [
        ("", "<text:p>一</text:p><text:p>二<text:span>三</text:span></text:p>", "一\n二三"),
        ("", "<text:p>一<text:s text:c='2'/>二<text:line-break/>三</text:p>", "一  二\n三"),
        ("", "<office:annotation><text:p>批注</text:p></office:annotation><text:p>一</text:p>", "一"),
        ('office:value-type="float" office:value="5"', "<text:p>05</text:p>", "05"),
        ('office:value-type="float" office:value="4539578763621486"', "<text:p>4.54E+15</text:p>", "4539578763621486"),
        ('office:value-type="date" office:date-value="2026-11-20T00:00:00"', "<text:p>20.11.26</text:p>", "2026-11-20"),
        ('office:value-type="boolean" office:boolean-value="true"', "<text:p>真</text:p>", "TRUE"),
        ('office:value-type="string" office:string-value="一"', "", "一"),
        ("", "<text:p>'=1+1</text:p>", "=1+1"),
    ],
)
def test_a_cell_says_what_is_seen_of_it(attributes, content, text):
    assert texts(row(CELL.format(attributes, content))) == [[text]]


def test_repeated_cells_and_rows_are_counted_and_formulas_noted():
    formula = CELL.format('table:formula="of:=[.A1]"', "<text:p>1</text:p>")
    rows = (row("一", CELL.format('table:number-columns-repeated="2"', "<text:p>二</text:p>")), row(repeated=9), row(formula, repeated=2))
    (table,) = read_tables("t.ods", ods(("甲", "".join(rows)), ("填写说明", row("随便写")), ("空", row())))
    assert [(one.number, one.texts, one.unusable) for one in table.rows] == [
        (1, ["一", "二", "二"], frozenset()),
        (11, ["1"], {0}),
        (12, ["1"], {0}),
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (ods(("甲", row("一", repeated=1_000_000))), f"超过{MAX_ROWS}行"),
        (ods(("甲", row(CELL.format('table:number-columns-repeated="16384"', "<text:p>一</text:p>")))), "第100列右边"),
        (ods(("甲", row("长" * 33_000))), "超过32767个字"),
        (ods(("甲", row(CELL.format('table:number-columns-repeated="x"', "")))), "文件坏了"),
        (ods(("甲", row())), "都是空的"),
        (packed(unpacked(ods()) | {"content.xml": "<!DOCTYPE x [<!ENTITY e 'x'>]><x>&e;</x>"}), "DTD"),
        (packed(unpacked(ods()) | {"content.xml": "\0\1\2"}), "文件坏了"),
        (packed(unpacked(ods()) | {"META-INF/manifest.xml": "<x><manifest:encryption-data/></x>"}), "加了密码"),
        (packed(unpacked(ods()) | {"mimetype": "application/vnd.oasis.opendocument.text"}), "也不是 ODS 表格"),
    ],
    ids=["rows", "columns", "long", "number", "empty", "dtd", "broken", "password", "text"],
)
def test_refused(data, sentence):
    with pytest.raises(UnreadableFile) as refused:
        read_tables("t.ods", data)
    assert sentence in refused.value.sentence
