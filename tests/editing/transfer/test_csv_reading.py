"""CSV files in their encodings and separators."""

import pytest

from faults.editing.transfer import csv_reading
from faults.editing.transfer.errors import UnreadableFile
from faults.editing.transfer.workbook import understood

TEXT = '编号,标题,现象\r\n12,"一,二","第一行\r\n第二行"\r\n\r\n13,"说""好""",三\r\n'


def read(data):
    return understood([csv_reading.table(data)])[0]


def lines(data):
    return [(line.number, *line.cells.values()) for line in read(data).rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_encodings(encoding):
    assert lines(TEXT.encode(encoding)) == [(2, "12", "一,二", "第一行\n第二行"), (4, "13", '说"好"', "三")]


def test_characters_that_only_gb18030_has():
    assert lines("编号,标题\n1,😀".encode("gb18030")) == [(2, "1", "😀")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_separators(delimiter):
    text = f"编号{delimiter}标题\n1{delimiter}一"
    assert lines(text.encode()) == [(2, "1", "一")]


def test_one_column_is_enough():
    assert lines("编号\n1\n".encode()) == [(2, "1")]


def test_apostrophes_come_off_and_control_characters_out():
    assert lines("编号,标题\n1,'=1+1\n2,=1\n3,a\x01b".encode()) == [(2, "1", "=1+1"), (3, "2", "=1"), (4, "3", "ab")]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b",,\n,", "文件里一个字也没有"),
        (b"\xff\xfe\xff\x81", "文件里的文字读不出来（编码不对，或者文件坏了）"),
        ("编号,标题\n1,一".encode()[:-1] + b"\xff", "文件里的文字读不出来"),
        ("编号,标题\n1,一".encode("gbk").replace("标题".encode("gbk"), b"\xaa\xa1"), "不认识的列"),
        ("日期,金额".encode("gbk"), "前15行里没有认得的表头"),
        ("日期,金额".encode(), "看不出是什么表"),
        ('编号,标题\n1,"一\n2,二'.encode(), "第2行引号没有成对"),
        ('编号,标题\n1,"一"二\n'.encode(), "第2行引号没有成对"),
        (('编号,标题\n1,一\n2,"' + "长" * 140_000).encode(), "第3行有一格太长，多半是少了一个引号"),
        (('"' + "长" * 140_000).encode(), "第1行有一格太长"),
        (("编号,标题\n1," + "长" * 40_000).encode(), "第2行有一格超过32767个字"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_refused(data, sentence):
    with pytest.raises(UnreadableFile) as refused:
        read(data)
    assert sentence in refused.value.sentence
