"""check_knowledge: our knowledge is clean, and each rule finds what it is there for."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from faults.checks import entries, red_lines, stale_index, text
from faults.models import Fault, Fix, Myth, Note, RelatedFault, ReturnCode, ScreenText, Source, Term, Wording

pytestmark = pytest.mark.django_db


def check(*arguments):
    out = StringIO()
    try:
        call_command("check_knowledge", *arguments, stdout=out)
    except CommandError as error:
        return out.getvalue() + str(error)
    return out.getvalue()


@pytest.mark.postgresql
def test_our_knowledge_is_clean_and_complete():
    shown = check()
    assert "没有问题。" in shown, shown
    assert "S5-13" in shown and "40号（已发布）" in shown and "不采用" in shown


def test_looking_at_the_index_takes_a_few_queries_a_batch_and_none_an_item(django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        assert stale_index.outdated() == {}


def of_entry(model, **values):
    """Changes the first fix of the entry's first cause, and so on."""
    return lambda fault: model.objects.filter(pk=model.objects.filter(cause__fault=fault).first().pk).update(**values)


def fields(**values):
    return lambda fault: Fault.everything.filter(pk=fault.pk).update(**values)


def code(name: str) -> ReturnCode:
    return ReturnCode.everything.get(scheme="cup", code=name)


def wording(name: str):
    return Wording.everything.filter(name=name)


# What the check says → what makes it say so of an entry. Each spoils another entry, so that one run sees them all.
ENTRIES = {
    "没有原因": lambda fault: fault.causes.all().delete(),
    "没有处理方法": lambda fault: Fix.objects.filter(cause__fault=fault).delete(),
    "没有“转收单机构”": fields(escalation=""),
    "没有“发给商户”": fields(reply=""),
    "没有“正常应该怎样”": of_entry(Fix, expected=""),
    "没有来源": lambda fault: fault.sources.clear(),
    "没有适用终端": lambda fault: fault.environments.clear(),
    "教人清流水或恢复出厂": of_entry(Fix, steps="恢复出厂设置。"),
    "教人绕风控": of_entry(Fix, steps="换商户号再刷。"),
    "有像卡号的一串数字": fields(symptom="卡号6222021234567890"),
    "屏幕提示有像卡号": lambda fault: ScreenText.objects.create(fault=fault, text="6222021234567890"),
    "有电话号码或长数字": fields(symptom="打4008001234"),
    "有繁体或异体字": lambda fault: Myth.objects.create(fault=fault, claim="x", verdict="x", reason="打這個電話"),
    "有乱码或错乱的字": fields(symptom="总液裂成"),
    "太长": fields(symptom="啊" * 41),
    "不要空格": fields(symptom="报 97 时"),
    "标点要用全角": fields(symptom="报错,停住"),
    "没写怎么分清": lambda fault: RelatedFault.objects.filter(fault=fault).update(difference=""),
    "单向的": lambda fault: RelatedFault.objects.filter(other=fault).first().delete(),
    "连到没有发布的": lambda fault: Fault.everything.filter(pk=RelatedFault.objects.filter(fault=fault).last().other_id).update(
        status="draft"
    ),
}
RED_LINES = {"碰到红线，没有写红线提醒": fields(warning=""), "叫人再刷，不说先查清": fields(reply="您好，请再刷一次。")}
OTHERS = {
    "一样，没写怎么分清": lambda: ScreenText.objects.create(fault=Fault.everything.get(number=40), text="无拨号音"),
    "68：结果不明的码，没有写红线提醒": lambda: ReturnCode.everything.filter(code="68").update(warning=""),
    "04：要留卡的码，没有写红线提醒": lambda: ReturnCode.everything.filter(code="04").update(warning=""),
    "却叫人再试": lambda: ReturnCode.everything.filter(code="97").update(steps="请重刷。"),
    "未核实，却没写": lambda: ReturnCode.everything.filter(confidence="unverified").update(note="", detail="x"),
    "97：没有写谁来处理": lambda: code("97").who_acts.all().delete(),
    "对方没有说": lambda: code("A7").confused_with.set([code("00")]),
    "缺：没有条目": lambda: Source.objects.get(reference="S5-17").delete(),
    "术语里没有解释": lambda: Term.everything.filter(name="冲正").update(status="draft"),
    "连到没有发布的码": lambda: ReturnCode.everything.filter(scheme="cup", code="55").update(status="draft"),
    "F031            缺：没有条目、码或术语收它": lambda: Source.objects.get(reference="F031").delete(),
    "fault:999：说法不属于任何条目": lambda: wording("fault:118").update(name="fault:999"),
    "fault:41：“不打單”写了不止一次": lambda: wording("fault:41").update(words="不打單\n没电\n不打单"),
    "红线 43号的说法：有像卡号": lambda: wording("fault:43").update(words="6222021234567890"),
    "118号的批注7：批注没了位置": lambda: Note.everything.create(number=7, about="fault:118", cause="没有这个原因", text="本台"),
    "红线 “签到”的批注8：叫人说出卡号": lambda: Note.everything.create(number=8, about="term:签到", text="请报一下卡号。"),
    "cup:51          缺": lambda: code("51").delete(),
}


def test_every_broken_rule_is_found_where_it_is_broken():
    whole = Fault.objects.filter(kind="fault", warning="", links__isnull=False, causes__fixes__isnull=False).order_by("number").distinct()
    faults, warned = iter(whole), iter(Fault.objects.filter(number__in=(40, 41)))
    expected = [("", sentence) for sentence in OTHERS]
    for rules, spoilt in ((ENTRIES, faults), (RED_LINES, warned)):
        for sentence, spoil in rules.items():
            fault = next(spoilt)
            spoil(fault)
            expected.append((f"{fault.number}号", sentence))
    for spoil in OTHERS.values():
        spoil()
    lines = check("--quiet").splitlines()
    assert not [(where, said) for where, said in expected if not any(where in line and said in line for line in lines)]
    assert not any("没有问题" in line for line in lines)


def test_only_a_card_number_is_a_red_line_of_the_text_itself():
    """Not a sentence that is too long and speaks of card numbers: its words stand in what is said of it."""
    fault = Fault.everything.get(number=40)
    for symptom, level in (("卡号" + "啊" * 41, entries.PLAIN), ("6222021234567890", entries.RED)):
        fault.symptom = symptom
        assert [one.level for one in entries.of_fault(fault) if one.field == "symptom"] == [level]


def test_every_rule_of_between_looks_at_every_pair():
    """Three entries that share a screen make three pairs; leaving one out is found whichever it is."""
    screen = "三条共用的屏"
    faults = [Fault.everything.get(number=number) for number in (118, 119, 40)]
    for fault in faults:
        ScreenText.objects.create(fault=fault, text=screen)
    shown = check("--quiet")
    assert shown.count(f"屏幕提示“{screen}”") == 2  # 118 and 119 say how to tell them apart; neither does with 40


def test_a_command_with_problems_exits_1_and_marks_red_lines():
    Fault.everything.filter(number=40).update(warning="")
    printed = StringIO()
    with pytest.raises(CommandError) as raised:
        call_command("check_knowledge", "--quiet", stdout=printed)
    assert raised.value.returncode == 1
    assert "红线 40号：碰到红线，没有写红线提醒" in printed.getvalue()


@pytest.mark.parametrize("good", ["报97，重新签到。", "拨95516问一下。", "2018-06-01起，单笔1000元。", "按“重打印”。", "第1步：插紧。"])
def test_good_texts_pass(good):
    assert text.problems(good) == []


@pytest.mark.parametrize(
    ("step", "bad"),
    [
        ("不要清流水。", False),
        ("清流水后再结算。", True),
        ("还不行就清流水。", True),
        ("没反应，恢复出厂。", True),
        ("确认没扣款，才重做。", False),
        ("问清有没有清流水。", False),
    ],
)
def test_to_forbid_is_not_to_advise(step, bad):
    assert bool(red_lines.forbidden_advice(step)) is bad


CHARGED_AGAIN = {
    "还不行就再刷一次": True,
    "您好，请您让顾客再刷一次卡，多按几次确认": True,
    "没反应就重刷": True,
    "按确认键再刷一次": True,
    "别的都不行，再刷": True,
    "不要让顾客再刷": False,
    "先别重刷，查明细": False,
    "查清没扣款，再刷": False,
    "问清发卡行以后可以重刷": False,
    "再刷会重复扣款": False,
    "有没有再刷过？": False,
    "屏上写“请重刷”也先查": False,
    "撤销成功，再问顾客同不同意重刷": False,
}


def test_what_tells_someone_to_charge_again_is_found_whatever_else_the_sentence_says():
    assert {text: bool(red_lines.says_charge_again(text)) for text in CHARGED_AGAIN} == CHARGED_AGAIN


def test_steps_under_a_warning_are_looked_at_too():
    fault = Fault.objects.with_everything().exclude(warning="").filter(causes__fixes__isnull=False).first()
    fix = fault.causes.all()[0].fixes.all()[0]
    fix.steps = f"{fix.steps}\n还不行就再刷一次"
    assert any("还不行就再刷一次" in problem.sentence and problem.level == entries.RED for problem in entries.of_fault(fault))
