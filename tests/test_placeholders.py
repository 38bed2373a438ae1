"""Placeholders: how they are read, and what is no placeholder."""

import pytest

from faults.text.placeholders import FORMS, fill, mistakes_in, readings, variables_in, without_braces

NAMES = ["客服电话", "报修电话", "服务时间"]
VALUES = {"客服电话": "400-000-0000"}


def read(text: str, desk: str = "apart") -> str:
    return fill(text, lambda name: VALUES.get(name, "以收单机构为准"), desk)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("没有的。", "没有的。"),
        ("打{客服电话}问。", "打400-000-0000问。"),
        ("打｛客服电话｝问。", "打400-000-0000问。"),
        ("打{ 客服电话 }问。", "打400-000-0000问。"),
        ("{服务时间}打{客服电话}", "以收单机构为准打400-000-0000"),
        ("{客服电活}", "以收单机构为准"),
        ("{转收弹：报修}", "以收单机构为准。"),
        ("{转收单：报修}", "打收单机构官方客服报修。"),
        ("{转收单:报修;机身号}", "打收单机构官方客服报修，备好机身号。"),
        ("还不行，{转收单：报修；机身号}。", "还不行，打收单机构官方客服报修，备好机身号。"),
        ("{转收单：报修；机身号}，等它回话。", "打收单机构官方客服报修，备好机身号，等它回话。"),
        ("{转收单：报修；{客服电话}}", "{转收单：报修；400-000-0000}"),
        ("一个{没有另一个", "一个{没有另一个"),
        ("{不跨\n行}", "{不跨\n行}"),
    ],
)
def test_it_reads(text, said):
    assert read(text) == said


@pytest.mark.parametrize(
    ("desk", "said"),
    [
        ("acquirer", "我来登记报修，请您报机身号、故障现象。"),
        ("reseller", "我们替您向收单机构报修，请您报机身号、故障现象。"),
        ("chain", "报总部，由总部找收单机构报修，备好机身号、故障现象。"),
        ("apart", "打收单机构官方客服报修，备好机身号、故障现象。"),
        ("ticket", "请处理：报修（机身号、故障现象）。"),
    ],
)
def test_a_step_reads_by_whose_desk_it_is(desk, said):
    text = "{转收单：报修；机身号、故障现象}"
    assert read(text, desk) == said and said in readings(text)


def test_steps_name_the_number_that_callers_are_sent_to():
    said = [fill(f"{{{form}：报修；机身号}}", str, desk, "95000") for form in FORMS for desk in ("apart", "reseller")]
    assert said[0] == "打收单机构官方客服95000报修，备好机身号。" and said[2] == "打收单机构官方客服95000，问报修，备好机身号。"
    assert not [one for one in said[1::2] if "95000" in one]


def test_every_form_reads_at_every_desk():
    for form in FORMS:
        read_out = readings(f"{{{form}：报修；机身号}}")
        assert len(read_out) == 5 and all("报修" in said and "机身号" in said and "{" not in said for said in read_out)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("没有的", []),
        ("{客服电话}{转收单：报修}", []),
        ("{客服电活}", [("客服电活", "客服电话")]),
        ("{完全不是}", [("完全不是", "")]),
        ("{转收弹：报修；机身号}", [("转收弹：报修；机身号", "转收单：报修；机身号")]),
        ("{转收单：；机身号}", [("转收单：；机身号", "转收单：报修；机身号")]),
        ("{转收单}", [("转收单", "转收单：报修；机身号")]),
        ("{完全不是：报修}", [("完全不是：报修", "")]),
        ("{}", [("", "")]),
        ("{客服电话", [("", "")]),
        ("客服电话}", [("", "")]),
        ("{转收单：报修；{客服电话}}", [("", "")]),
    ],
)
def test_what_is_written_wrongly_is_named_with_the_nearest(text, wrong):
    assert mistakes_in(text, NAMES) == wrong


def test_search_reads_names_and_no_braces():
    assert without_braces("打{客服电话}，{转收单：报修；机身号}") == "打客服电话，转收单 报修 机身号"
    assert variables_in("{客服电话}{ 服务时间 }{转收单：报修}") == {"客服电话", "服务时间"}
