"""Causes, fixes and myths as lines with labels."""

import pytest
from hypothesis import given

from faults.editing.transfer.blocks import CAUSE, FIX, MYTH, Blocks
from faults.editing.transfer.errors import WrongText
from tests.editing.transfer.examples import CAUSES, FAULT, FIXES, MYTHS, NAMES

CELL = """原因：线没插好
多不多见：最常见
怎么确认：网线插紧了吗？
谁来处理：收银员
步骤：拔下来再插紧。
步骤：看指示灯亮不亮。
正常应该怎样：灯亮了。
不是这样：灯不亮，换线。"""


def test_a_cause_is_readable():
    assert Blocks(CAUSE).write(FAULT["causes"], NAMES) == CELL


@given(CAUSES)
def test_causes_come_back(causes):
    assert Blocks(CAUSE).read(Blocks(CAUSE).write(causes, NAMES), NAMES) == causes


@given(FIXES)
def test_fixes_come_back(fixes):
    assert Blocks(FIX).read(Blocks(FIX).write(fixes, NAMES), NAMES) == fixes


@given(MYTHS)
def test_myths_come_back(myths):
    assert Blocks(MYTH).read(Blocks(MYTH).write(myths, NAMES), NAMES) == myths


def test_people_may_write_it_their_way():
    first = "\n\n 原因 : 线没插好 \n怎么确认:插紧了吗？\n谁来处理:cashier\n\n步骤：拔下来。\n注意：\n"
    (cause,) = Blocks(CAUSE).read(first + "谁来处理：银联\n正常应该怎样：好了。\n步骤：查线。", NAMES)
    assert (cause["title"], cause["likelihood"], cause["check"]) == ("线没插好", "possible", "插紧了吗？")
    assert [(fix["actor"], fix["steps"], fix["expected"], fix["note"]) for fix in cause["fixes"]] == [
        ("cashier", ["拔下来。"], "", ""),
        ("network", ["查线。"], "好了。", ""),
    ]


@pytest.mark.parametrize(
    ("block", "text", "sentence"),
    [
        (
            CAUSE,
            "原因：线\n拔下来再插紧。",
            "格子里第2行：“拔下来再插紧。”看不懂，每行要以这些开头：原因：、多不多见：、怎么确认：、谁来处理：",
        ),
        (CAUSE, "原因：线\n\n情况：坏", "格子里第3行：“情况：坏”看不懂"),
        (CAUSE, "谁来处理：收银员", "格子里第1行：“谁来处理：”前面要先写“原因：”。"),
        (CAUSE, "怎么确认：灯亮吗", "格子里第1行：“怎么确认：”前面要先写“原因：”。"),
        (CAUSE, "原因：线\n步骤：拔", "格子里第2行：“步骤：”前面要先写“谁来处理：”。"),
        (CAUSE, "原因：线\n谁来处理：收银员\n步骤：拔\n怎么确认：灯", "格子里第4行：“怎么确认：”要写在“谁来处理：”前面。"),
        (CAUSE, "原因：线\n怎么确认：灯\n怎么确认：灯", "同一个“原因：”下面，“怎么确认：”只能写一次。"),
        (CAUSE, "原因：线\n谁来处理：收银员\n原因：卡", "格子里第2行：“谁来处理：”下面没有“步骤：”，请补上。"),
        (FIX, "谁来处理：收银员\n步骤：", "格子里第1行：“谁来处理：”下面没有“步骤：”，请补上。"),
        (FIX, "谁来处理：店长", "格子里第1行：不认识“店长”，可以写：收银员、收单机构、银联。"),
        (FIX, "原因：线", "每行要以这些开头：谁来处理：、步骤：、正常应该怎样：、不是这样：、注意：。"),
        (CAUSE, "原因：线\n多不多见：常见", "格子里第2行：不认识“常见”，可以写：最常见、有可能、少见。"),
        (CAUSE, "原因：", "格子里第1行：“原因：”后面要写字。"),
        (MYTH, "常见的说法：再刷\n步骤：再刷", "每行要以这些开头：常见的说法：、一句话结论：、为什么不对：。"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_line(block, text, sentence):
    with pytest.raises(WrongText) as refused:
        Blocks(block).read(text, NAMES)
    assert sentence in refused.value.sentence


def test_a_line_break_in_a_value_begins_no_block():
    causes = [FAULT["causes"][0] | {"check": "灯亮吗？\n原因：假的"}]
    assert len(Blocks(CAUSE).read(Blocks(CAUSE).write(causes, NAMES), NAMES)) == 1
