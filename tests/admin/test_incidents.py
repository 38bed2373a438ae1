"""Incidents at the desk: who may set, propose, change and end them; what is refused; history; the work list. Some 4 s."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from faults.editing.difference import differences
from faults.editing.display_names import display_names
from faults.models import Change, Fault, Incident
from faults.usage.bursts import FEWEST
from tests.admin.forms import filled_in
from tests.incidents import incident
from tests.usage.rows import searched

pytestmark = pytest.mark.django_db
ADD, LIST = reverse("admin:faults_incident_add"), reverse("admin:faults_incident_changelist")


def at(**more) -> str:
    """A moment so long from now, as a browser sends it."""
    return f"{timezone.localtime() + timedelta(**more):%Y-%m-%dT%H:%M}"


def new(**more) -> dict:
    return {"text": "银联网络断了，正在抢修。", "codes": "91", "words": "没网", "starts_at": at(), "ends_at": at(hours=2)} | more


def address(page: str, one: Incident) -> str:
    return reverse(f"admin:faults_incident_{page}", args=[one.pk])


def history(one: Incident) -> list[Change]:
    return list(Change.objects.of(one))


@pytest.mark.postgresql
@pytest.mark.parametrize(("role", "is_proposed"), [("编辑", True), ("复核", False), ("管理员", False)])
def test_who_may_publish_sets_it_and_an_editor_proposes(signed_in_as, client, role, is_proposed):
    desk = signed_in_as(role, "小组")
    answer = desk.post(ADD, new(codes="91\n96\n91", entries=[Fault.objects.get(number=40).pk]))
    assert answer.status_code == 302, answer.context["errors"]
    one = Incident.objects.get()
    assert (one.is_proposed, one.set_by_name, one.code_list) == (is_proposed, "小组", ["91", "96"])
    assert ("银联网络断了" in client.get("/f/40/").content.decode()) != is_proposed
    (change,) = history(one)
    assert (change.action, change.made_by_name, change.row["entries"]) == ("created", "小组", "40")
    box = desk.get("/admin/").content.decode()
    assert "银联网络断了" in box and ("提议" if is_proposed else "有效") in box


def test_a_proposal_is_set_by_who_may_publish_and_history_has_both(signed_in_as, client):
    signed_in_as("编辑", "提的人").post(ADD, new())
    one, leader = Incident.objects.get(), signed_in_as("复核", "组长")
    page = leader.get(address("change", one))
    assert leader.post(address("change", one), filled_in(page) | {"text": "断网了，先别重刷。"}).status_code == 302
    one.refresh_from_db()
    assert (one.is_proposed, one.set_by_name, one.text) == (False, "组长", "断网了，先别重刷。")
    assert [change.made_by_name for change in history(one)] == ["组长", "提的人"]
    newest, first = history(one)
    said = {found.where[-1] for found in differences("incident", first.row, newest.row, display_names())}
    assert said == {"念什么", "只是提议"}
    assert "提的人" in leader.get(address("history", one)).content.decode()
    assert "断网了" in client.get("/").content.decode()


def test_an_editor_changes_a_proposal_and_nothing_that_is_in_force(signed_in_as):
    editor, mine, set_one = signed_in_as("编辑"), incident(is_proposed=True), incident()
    typed = new(text="换了。")
    assert editor.post(address("change", mine), typed).status_code == 302
    assert editor.post(address("change", set_one), typed).status_code == 403
    assert editor.post(address("end", set_one)).status_code == 403
    assert {one.text: one.is_proposed for one in Incident.objects.all()} == {"换了。": True, "银联网络断了，正在抢修。": False}


def test_what_is_over_stays_as_it_was_said_and_is_listed(signed_in_as):
    leader, past = signed_in_as("管理员"), incident(begins=-90, ends=-30)
    assert leader.post(address("change", past), new()).status_code == 403
    listed = leader.get(LIST).content.decode()
    assert "银联网络断了" in listed and "结束了" in listed
    assert "银联网络断了" in leader.get(LIST, {"state": "over"}).content.decode()
    for state in ("in-force", "not-over"):
        assert "银联网络断了" not in leader.get(LIST, {"state": state}).content.decode()


@pytest.mark.parametrize("times", [{}, {"begins": 30}, {"is_proposed": True}])
def test_ended_early_it_is_gone_at_once_and_history_says_by_whom(signed_in_as, client, times):
    leader, one = signed_in_as("复核", "组长"), incident(**times)
    assert "现在结束" in leader.get(address("change", one)).content.decode()
    assert "现在结束" in leader.get("/admin/").content.decode().split("故障通报</h2>")[-1]
    for _again in range(2):  # who is a moment later changes nothing more
        assert leader.post(address("end", one)).url == "/admin/"
    one.refresh_from_db()
    assert one.is_over and one.starts_at <= one.ends_at and "银联网络断了" not in client.get("/").content.decode()
    assert [(change.why, change.made_by_name) for change in history(one)] == [("提前结束", "组长")]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": ""}, "必填"),
        ({"text": "字" * 121}, "120"),
        ({"text": "不行就再刷一次"}, "碰了红线"),
        ({"text": "卡号6222021234567890的先等"}, "像卡号"),
        ({"words": "6222021234567890"}, "像卡号"),
        ({"text": "打{客服电话}"}, "大括号"),
        ({"codes": "Q9"}, "不在任何一张码表"),
        ({"words": "卡"}, "太短"),
        ({"ends_at": at(hours=-1)}, "已经过了"),
        ({"starts_at": at(hours=3)}, "开始以前"),
        ({"ends_at": at(days=8)}, "最长7天"),
        ({"ends_at": "明天"}, "年-月-日"),
        ({"starts_at": ""}, "必填"),
    ],
)
def test_what_makes_no_sense_comes_back_with_what_was_typed(signed_in_as, typed, said):
    answer = signed_in_as("复核").post(ADD, new(codes="96", words="没网络了") | typed)
    page = answer.content.decode()
    assert answer.status_code == 200 and said in page and not Incident.objects.exists()
    assert ("没网络了" in page or "words" in typed) and ("96" in page or "codes" in typed)


def test_callers_words_are_read_to_nobody(signed_in_as):
    """So they may ask for what a red line forbids to say."""
    assert signed_in_as("复核").post(ADD, new(words="不行就再刷一次")).status_code == 302


def test_one_click_leads_from_a_burst_to_the_form_with_all_in_it(signed_in_as):
    for _ in range(FEWEST):
        searched("不出票", "answered")
    leader = signed_in_as("复核")
    box = leader.get("/admin/").content.decode().split("这些查询突然多了")[1].split("</section>")[0]
    assert f"平时一天0次，最近一小时{FEWEST}次" in box
    link = box.split('href="')[1].split('"')[0]
    form = filled_in(leader.get(link))
    assert form["words"] == "不出票" and "不出票" in form["text"] and form["entries"] == [str(Fault.objects.get(number=40).pk)]
    assert leader.post(link, form).status_code == 302
    assert "这些查询突然多了" not in leader.get("/admin/").content.decode()
    assert Incident.objects.get().ends_at - Incident.objects.get().starts_at == timedelta(hours=2)


def test_a_card_number_in_the_address_fills_in_nothing(signed_in_as):
    page = signed_in_as("复核").get(ADD, {"words": "卡6222021234567890没网"}).content.decode()
    assert "6222021234567890" not in page.split('id="incident_form"')[1]
