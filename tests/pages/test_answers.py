"""What a results page says before and beside its hits. 2 s."""

import re

import pytest

from faults.models import Fault, Fix, Variable

pytestmark = pytest.mark.django_db


def page(client, text: str) -> str:
    answer = client.get("/search/", {"q": text})
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_of_several_matters_is_told_with_what_to_ask_and_do(client):
    shown = page(client, "又不打票又连不上网")
    assert "2件事" in shown and shown.count('<li class="first">') >= 1
    first = shown[shown.index('<li class="first">') :]
    assert "<dt>问</dt>" in first and "<dt>做</dt>" in first


@pytest.mark.parametrize(("text", "is_said"), [("47", True), ("97", False), ("47号", False), ("118", False)])
def test_figures_that_are_no_code_but_an_entrys_number(client, text, is_said):
    answer = client.get("/search/", {"q": text})
    assert ("没有一张码表里有" in answer.content.decode()) == is_said


def test_the_first_answers_steps_are_numbered_and_what_is_left_out_is_a_link(client):
    fix = Fault.objects.get(number=95).causes.first().fixes.first()
    left = len(fix.step_list) - 3
    first = page(client, "95号").partition('<li class="first">')[2]
    assert left > 0 and first.count("<li><span>") == 3 and f">还有{left}步<" in first
    assert 'class="more-steps" href="/f/95/' in first
    Fix.objects.filter(pk=fix.pk).update(steps="\n".join(fix.step_list[:3]))
    assert "more-steps" not in page(client, "95号")


def test_a_procedures_situations_are_choices_and_none_of_them_the_answer(client):
    procedure, shown = Fault.objects.get(number=111), page(client, "111号")
    for place, cause in enumerate(procedure.causes_to_ask, start=1):
        assert f'<a href="/f/111/#c{place}">{cause.title}</a>' in shown and cause.check_text[:6] in shown
    assert "<dt>做</dt>" not in shown


ELSEWHERE = [
    ("支付宝怎么注销", ["支付宝客服95188"], ["95017"]),
    ("微信提现", ["微信支付客服95017"], ["95188"]),
    ("信用卡还款去淘宝", ["发卡行客服", "那个平台的客服"], []),
]


@pytest.mark.parametrize(("text", "said", "not_said"), ELSEWHERE)
def test_what_belongs_to_others_is_said_in_one_sentence_with_the_number_that_fits(client, text, said, not_said):
    shown = page(client, text)
    assert "<h1>这件事不归这里</h1>" in shown and "没有可靠的答案" not in shown and shown.count("这件事请找") == 1
    assert all(words in shown for words in said) and not any(words in shown for words in not_said)


def test_where_nothing_is_found_each_question_has_answers_that_search_again(client):
    shown = page(client, "紫霄殿在哪里")
    assert "<h1>没有可靠的答案</h1>" in shown
    again = re.findall(r'href="(/search/\?q=[^"]+%20[^"]+)"', shown)
    assert len(again) == 10 and all(client.get(address).status_code == 200 for address in again[:2])
    assert client.get(again[2]).context["query"].text == "紫霄殿在哪里 流量卡"


def test_a_variable_without_a_value_stands_behind_what_was_found(client):
    shown = page(client, "支付宝限额")
    assert 'class="asked"' in shown and shown.index('<ol class="hits') < shown.index('class="asked"') and "以收单机构为准" in shown
    Variable.objects.filter(name="限额").update(value="每笔500元")
    shown = page(client, "支付宝限额")
    assert shown.index('class="asked"') < shown.index("每笔500元") < shown.index('<ol class="hits')


def test_a_number_that_no_entry_has_leads_to_those_beside_it_and_to_the_code(client):
    shown = client.get("/f/9/")
    content = shown.content.decode()
    assert shown.status_code == 404 and "没有9号条目" in content
    assert all(f'href="/f/{number}/"' in content for number in (7, 8, 10, 11)) and 'href="/codes/09/"' in content
