"""check_knowledge: our knowledge is clean, and each rule finds what it is there for."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from faults.checks import red_lines, text
from faults.models import Alias, Fault, Fix, Myth, RelatedFault, ReturnCode, ScreenText, Source, Term

pytestmark = pytest.mark.django_db


def check(*arguments):
    out = StringIO()
    try:
        call_command("check_knowledge", *arguments, stdout=out)
    except CommandError as error:
        return out.getvalue() + str(error)
    return out.getvalue()


def test_our_knowledge_is_clean_and_complete():
    shown = check()
    assert "没有问题。" in shown, shown
    assert "S5-13" in shown and "40号（已发布）" in shown and "不采用" in shown


def broken(number=118):
    return Fault.everything.get(number=number)


def _myth(fault):
    return Myth.objects.create(fault=fault, claim="x", verdict="x", reason="打這個電話")


FAULTS = {
    "没有原因": lambda: broken().causes.all().delete(),
    "没有处理方法": lambda: Fix.objects.filter(cause__fault=broken()).delete(),
    "没有转收单机构": lambda: Fault.everything.filter(number=118).update(escalation=""),
    "没有发给商户": lambda: Fault.everything.filter(number=118).update(reply=""),
    "没有“正常应该怎样”": lambda: Fix.objects.filter(cause__fault=broken()).update(expected=""),
    "没有来源": lambda: broken().sources.clear(),
    "没有适用终端": lambda: broken().environments.clear(),
    "碰到红线，没有写红线提醒": lambda: Fault.everything.filter(number=40).update(warning=""),
    "教人清流水或恢复出厂": lambda: Fix.objects.filter(cause__fault=broken()).update(steps="恢复出厂设置。"),
    "教人绕风控": lambda: Fix.objects.filter(cause__fault=broken()).update(steps="换商户号再刷。"),
    "叫人再刷，不说先查清": lambda: Fault.everything.filter(number=40).update(reply="您好，请再刷一次。"),
    "有像卡号的一串数字": lambda: Fault.everything.filter(number=118).update(symptom="卡号6222021234567890"),
    "屏幕提示有像卡号": lambda: ScreenText.objects.create(fault=broken(), text="6222021234567890"),
    "有电话号码或长数字": lambda: Fault.everything.filter(number=118).update(symptom="打4008001234"),
    "有繁体或异体字": lambda: _myth(broken()),
    "有乱码或错乱的字": lambda: Fault.everything.filter(number=118).update(symptom="总液裂成"),
    "太长": lambda: Fault.everything.filter(number=118).update(symptom="啊" * 41),
    "不要空格": lambda: Fault.everything.filter(number=118).update(symptom="报 97 时"),
    "标点要用全角": lambda: Fault.everything.filter(number=118).update(symptom="报错,停住"),
    "单向的": lambda: RelatedFault.objects.filter(fault=broken()).first().delete(),
    "没写怎么分清": lambda: RelatedFault.objects.filter(fault=broken()).update(difference=""),
    "连到没有发布的": lambda: Fault.everything.filter(number=119).update(status="draft"),
    "一样，没写怎么分清": lambda: ScreenText.objects.create(fault=broken(40), text="无拨号音"),
    "结果不明的码，没有写红线提醒": lambda: ReturnCode.everything.filter(code="68").update(warning=""),
    "要留卡的码，没有写红线提醒": lambda: ReturnCode.everything.filter(code="04").update(warning=""),
    "却叫人再试": lambda: ReturnCode.everything.filter(code="97").update(steps="请重刷。"),
    "未核实，却没写": lambda: ReturnCode.everything.filter(confidence="unverified").update(note="", detail="x"),
    "没有写谁来处理": lambda: ReturnCode.everything.get(scheme="cup", code="97").who_acts.all().delete(),
    "对方没有说": lambda: ReturnCode.everything.get(scheme="cup", code="97").confused_with.set(ReturnCode.everything.filter(code="00")),
    "缺：没有条目": lambda: Source.objects.get(reference="S5-17").delete(),
    "术语里没有解释": lambda: Term.everything.filter(name="冲正").update(status="draft"),
    "连到没有发布的码": lambda: ReturnCode.everything.filter(scheme="cup", code="97").update(status="draft"),
    "缺：没有条目、码或术语收它": lambda: Source.objects.get(reference="F031").delete(),
    "cup:97          缺": lambda: ReturnCode.everything.get(scheme="cup", code="97").delete(),
}


@pytest.mark.parametrize("sentence", FAULTS)
def test_a_broken_rule_is_found(sentence):
    FAULTS[sentence]()
    shown = check("--quiet")
    assert sentence in shown and "没有问题" not in shown


def test_every_rule_of_between_looks_at_every_pair():
    """Three entries that share a screen make three pairs; leaving one out is found whichever it is."""
    screen = "三条共用的屏"
    faults = [broken(number) for number in (118, 119, 40)]
    for fault in faults:
        ScreenText.objects.create(fault=fault, text=screen)
    shown = check("--quiet")
    assert shown.count(f"屏幕提示“{screen}”") == 2  # 118 and 119 say how to tell them apart; neither does with 40


def test_a_red_line_problem_is_marked():
    Fault.everything.filter(number=40).update(warning="")
    assert "红线 40号：碰到红线，没有写红线提醒" in check("--quiet")


def test_a_command_with_problems_exits_1():
    Alias.objects.all()
    Fault.everything.filter(number=118).update(reply="")
    with pytest.raises(CommandError) as raised:
        call_command("check_knowledge", "--quiet", stdout=StringIO())
    assert raised.value.returncode == 1


@pytest.mark.parametrize("good", ["报97，重新签到。", "拨95516问一下。", "2018-06-01起，单笔1000元。", "按“重打印”。", "第1步：插紧。"])
def test_good_texts_pass(good):
    assert text.problems(good) == []


@pytest.mark.parametrize(
    ("step", "bad"), [("不要清流水。", False), ("清流水后再结算。", True), ("确认没扣款，才重做。", False), ("问清有没有清流水。", False)]
)
def test_to_forbid_is_not_to_advise(step, bad):
    assert bool(red_lines.forbidden_advice(step)) is bad
