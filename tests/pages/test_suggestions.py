"""What is told beside the list while typing: red line, question, steps; nothing before it is sure which one is meant. Some 2 s."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faults.models import Fault, Fix, ReturnCode, Variable, VariableValue

pytestmark = pytest.mark.django_db


def typed(client, text: str) -> str:
    return client.get("/search/suggestions/", {"q": text}).content.decode()


def answers(page: str) -> list[tuple[bool, str]]:
    """Whether each is shown at once, and its words."""
    found = re.findall(r'<div id="a\d+" class="answer"( hidden)?[^>]*>(.*?)(?=<div id="a\d|</li>)', page, re.DOTALL)
    return [(not hidden, " ".join(re.sub("<[^>]+>", " ", words).split())) for hidden, words in found]


# What is typed, what the first answer says, what stands before it, and whether the first is told at once.
TOLD = [
    ("不出票", ["40号", "问 ", "做 1 "], "", True),
    ("返回码97", ["97", "重试 "], "", True),
    ("返回码68", ["68", "红线 "], "", True),
    ("流水号", ["流水号"], "", True),
    ("机器没网", ["问 "], "还拿不准", False),
    ("返回码Q9", [], "码不认识", False),
    ("打印机不出票，报返回码Q9", [], "码不认识", False),
    ("47", ["47号"], "没有一张码表里有47", False),
]


def test_the_first_is_told_at_once_only_where_it_is_the_answer(client):
    wrong = []
    for text, words, lead, at_once in TOLD:
        page = typed(client, text)
        told = answers(page)
        is_led = f'class="lead">{lead}' in page if lead else "lead" not in page
        is_told = all(word in told[0][1] for word in words) if told else not words
        if (is_led, is_told, any(shown for shown, _words in told)) != (True, True, at_once):
            wrong.append((text, is_led, told[:1]))
    assert not wrong


def test_each_option_has_its_answer_and_reads_it_out(client):
    page = typed(client, "不出票")
    options = re.findall(r'role="option"[^>]*aria-describedby="(a\d+)"', page)
    assert len(options) == len(answers(page)) > 1 and [shown for shown, _words in answers(page)] == [True] + [False] * (len(options) - 1)


def test_a_procedure_asks_for_the_situation_unless_it_was_said(client):
    entry = (
        Fault.objects.procedures()
        .filter(number=next(fault.number for fault in Fault.objects.procedures() if fault.causes.count() > 1))
        .get()
    )
    told = answers(typed(client, f"{entry.number}号"))[0][1]
    assert "先分清是哪种情况" in told and all(cause.title in told for cause in entry.causes.all()) and "做 1" not in told


def test_three_steps_are_told_and_how_many_more_there_are(client):
    entry = next(fault for fault in Fault.objects.faults().with_everything() if len(fault.causes_to_ask[0].fixes.all()[0].step_list) > 3)
    steps = entry.causes_to_ask[0].fixes.all()[0].step_list
    told = answers(typed(client, f"{entry.number}号"))[0][1]
    assert f"3 {steps[2]}" in told and steps[3] not in told and f"还有{len(steps) - 3}步" in told


def test_the_cause_that_the_caller_spoke_of_is_told_and_opened(client):
    page = typed(client, "流量卡欠费了没信号")
    assert re.search(r'id="s1"[^>]*><a href="/f/\d+/#c\d+"', page)


def test_variables_are_filled_in_by_the_codes_table(client):
    VariableValue.objects.create(variable=Variable.objects.get(name="客服电话"), table_id="kuaiqian", value="95000-1")
    code = ReturnCode.objects.filter(scheme="kuaiqian").first()
    ReturnCode.objects.filter(pk=code.pk).update(steps="打{客服电话}。")
    assert "打95000-1。" in typed(client, f"快钱返回码{code.code}")


def test_eight_cost_as_many_queries_as_two(client):
    """Of one kind: each kind has its own. The steps say a variable, whose values are looked up once."""
    Fix.objects.update(steps="打{客服电话}。")

    def queries(text: str) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as seen:
            told = answers(typed(client, text))
        return sum("打以收单机构为准。" in words for _shown, words in told), len(seen)

    typed(client, "不出票")
    (few, cost_of_few), (many, cost_of_many) = queries("吞卡了卡拿不出来"), queries("打印")
    assert 0 < few < many and cost_of_few >= cost_of_many
