"""定时发布、定时下架: a reviewer decides, the gate takes the step when its time comes, and what it refuses waits with its reason."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from faults.editing import publishing
from faults.editing.describe import snapshot
from faults.editing.edits import propose, save_edit
from faults.editing.history import last_change
from faults.editing.scheduling import schedule, take_due
from faults.models import Action, Audited, AuditEvent, Change, Fault, GateStep, ReturnCode, Revision, ScheduledStep, Status
from tests.admin.test_work_list import parts, whole

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def page(item, name="schedule"):
    return reverse(f"admin:faults_{item._meta.model_name}_{name}", args=[item.pk])


def in_time(delta=HOUR):
    return f"{timezone.localtime(timezone.now() + delta):%Y-%m-%dT%H:%M}"


def sent(item, step="publish", at=None, **more):
    return {"step": step, "at": at or in_time(), "why": "节后恢复", "seen": last_change(item)} | more


def comes_due():
    """The clock goes on by an hour."""
    ScheduledStep.objects.update(at=timezone.now() - HOUR)


@pytest.fixture
def submitted(person):
    """A published entry whose change another has handed in."""
    author, item = person("编辑", "作者"), Fault.objects.get(number=40)
    propose(item, snapshot(item) | {"symptom": "改了。"}, author, Action.CHANGED)
    publishing.submit(item, author)
    return item


@pytest.mark.postgresql
def test_a_change_is_published_at_its_time_as_the_reviewers_act(person, client, caplog, submitted):
    reviewer = person("复核", "老复")
    client.force_login(reviewer)
    with caplog.at_level("INFO", "posdesk.audit"):
        said = client.post(page(submitted), sent(submitted), follow=True).content.decode()
    assert (
        not [one for one in caplog.records if "published" in one.getMessage()]
        and "定于" in said
        and "老复定的" in said
        and take_due() == (0, 0)
    )
    assert Fault.objects.get(pk=submitted.pk).symptom != "改了。"
    comes_due()
    out = StringIO()
    call_command("publish_due", stdout=out)
    assert "定时做了1条，没做成0条" in out.getvalue() and Fault.objects.get(pk=submitted.pk).symptom == "改了。"
    change = Change.objects.of(submitted)[0]
    assert (change.action, change.made_by) == (Action.PUBLISHED, reviewer) and change.why.startswith("定于") and "节后恢复" in change.why
    audited = Audited.objects.filter(what=AuditEvent.PUBLISHED).first()
    assert (audited.who, audited.who_name) == (reviewer, "老复") and not Revision.objects.of(submitted).exists()
    assert take_due() == (0, 0) and not ScheduledStep.objects.exists()


@pytest.mark.postgresql
def test_it_is_shown_in_the_list_on_the_form_and_on_the_work_lists(signed_in_as, submitted):
    reviewer, author = signed_in_as("复核"), signed_in_as("编辑")
    assert "40号" in parts(reviewer)["等我复核"]
    reviewer.post(page(submitted), sent(submitted))
    assert "40号" not in parts(reviewer)["等我复核"] and "40号" in parts(author)["定了时间的"]
    listed = author.get(reverse("admin:faults_fault_changelist"), {"scheduled": "publish"})
    assert [one.number for one in listed.context["cl"].result_list] == [40] and "定于" in listed.content.decode()
    assert "一定的" in author.get(page(submitted, "change")).content.decode()
    assert author.get(page(submitted)).status_code == 403 and Change.objects.of(submitted)[0].action == Action.SCHEDULED


def test_a_draft_goes_in_and_out_at_its_times(person, draft):
    reviewer, at = person("复核"), timezone.now() + HOUR
    draft.environments.set([1])
    draft.causes.create(title="甲", check_text="甲吗？", position=0)
    schedule(draft, reviewer, GateStep.PUBLISH, at)
    schedule(draft, reviewer, GateStep.ARCHIVE, at + HOUR)
    comes_due()
    assert take_due() == (2, 0)
    actions = [Action.ARCHIVED, Action.PUBLISHED, Action.SCHEDULED, Action.SCHEDULED]
    assert list(Change.objects.of(draft).values_list("action", flat=True))[:4] == actions
    assert Fault.everything.get(pk=draft.pk).status == Status.ARCHIVED


def _written_since(item, reviewer, person):
    save_edit("fault", snapshot(item) | {"symptom": "又改。"}, person("编辑", "另一位"), Action.CHANGED, item=item)


def _returned(item, reviewer, person):
    publishing.send_back(item, reviewer, "再想想")


def _no_longer_reviewer(item, reviewer, person):
    reviewer.groups.clear()


def _deactivated(item, reviewer, person):
    reviewer.is_active = False
    reviewer.save()


def _account_gone(item, reviewer, person):
    reviewer.delete()


REASONS = [
    (_written_since, "定时以后又改过"),
    (_returned, "定时以后又改过"),
    (_no_longer_reviewer, "您没有权限"),
    (_deactivated, "您没有权限"),
    (_account_gone, "账号已经删了"),
]


@pytest.mark.parametrize(("meanwhile", "reason"), REASONS, ids=lambda one: getattr(one, "__name__", ""))
def test_what_cannot_be_published_at_its_time_waits_with_its_reason(person, client, submitted, meanwhile, reason):
    reviewer, before = person("复核", "老复"), Fault.objects.get(number=40).symptom
    schedule(submitted, reviewer, GateStep.PUBLISH, timezone.now() + HOUR)
    meanwhile(submitted, reviewer, person)
    comes_due()
    assert take_due() == (0, 1) and take_due() == (0, 0) and Fault.objects.get(number=40).symptom == before
    client.force_login(person("复核", "另一位复核"))
    box = whole(client, "refused")
    assert reason in box and "40号" in box and page(submitted) in box
    assert reason in client.get(page(submitted)).content.decode()
    client.post(page(submitted), {"cancel": "publish", "seen": last_change(submitted)})
    assert not ScheduledStep.objects.exists() and Change.objects.of(submitted)[0].action == Action.CANCELLED


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"at": in_time(-HOUR)}, "时间要在现在以后"),
        ({"at": in_time(timedelta(days=900))}, "两年以内"),
        ({"at": "明天"}, "请写成年-月-日"),
        ({"at": ""}, "必填"),
        ({"step": "delete"}, "delete"),
        ({"seen": "0"}, "您看过以后，有人改了"),
        ({"step": "archive"}, "还有一份没发布的修改"),
    ],
)
def test_what_the_gate_would_refuse_is_said_at_once_and_stays_typed(signed_in_as, submitted, more, said):
    answer = signed_in_as("复核").post(page(submitted), sent(submitted) | more)
    assert said in answer.content.decode() and "节后恢复" in answer.content.decode() and not ScheduledStep.objects.exists()


def test_ones_own_words_and_red_lines_are_refused_when_they_are_set(person, client):
    own, item = person("复核", "自己"), ReturnCode.objects.get(scheme="cup", code="97")
    propose(item, snapshot(item) | {"meaning": "改了"}, own, Action.CHANGED)
    client.force_login(own)
    assert "自己写的要别人复核" in client.post(page(item), sent(item)).content.decode()
    item = ReturnCode.objects.get(scheme="cup", code="51")
    propose(item, snapshot(item) | {"say": "让商户再刷一次卡。"}, person("编辑", "作者"), Action.CHANGED)
    assert "碰了红线" in client.post(page(item), sent(item)).content.decode() and not ScheduledStep.objects.exists()


def test_a_time_is_moved_and_ends_when_somebody_is_quicker(person, submitted):
    reviewer = person("复核")
    first = schedule(submitted, reviewer, GateStep.PUBLISH, timezone.now() + HOUR)
    again = schedule(submitted, reviewer, GateStep.PUBLISH, timezone.now() + 2 * HOUR)
    assert first.pk == again.pk and ScheduledStep.objects.get().at > first.at
    publishing.publish(submitted, reviewer)
    assert not ScheduledStep.objects.exists()


def test_the_desks_first_page_does_what_is_due_where_no_timer_is(signed_in_as, person, submitted):
    schedule(submitted, person("复核", "老复"), GateStep.PUBLISH, timezone.now() + HOUR)
    comes_due()
    assert "40号" not in parts(signed_in_as("编辑")).get("定了时间的", "")
    assert Fault.objects.get(pk=submitted.pk).symptom == "改了。"
