"""Handing many items to the reviewers at once: each as by its own button, and those that can't go are named with the reason."""

import pytest
from django.urls import reverse

from faults.editing import publishing
from faults.editing.describe import snapshot
from faults.editing.edits import propose
from faults.editing.history import newest_change
from faults.models import Action, Change, Fault, Revision, Status, SynonymGroup

pytestmark = pytest.mark.django_db


def submitted(client, items, seen=None):
    """What the list says after these were chosen and submitted."""
    sent = {"action": "submit", "_selected_action": [item.pk for item in items], "seen": newest_change() if seen is None else seen}
    return client.post(reverse(f"admin:faults_{items[0]._meta.model_name}_changelist"), sent, follow=True).content.decode()


@pytest.mark.postgresql
def test_those_that_can_go_are_submitted_and_the_others_named(person, client, draft):
    author = person("编辑", "作者")
    client.force_login(author)
    words = {5: "改了。", 12: "让商户再刷一次卡。", 40: "改了。", 41: None}  # 12 crosses a red line, of 41 nothing waits
    items = {number: Fault.objects.get(number=number) for number in words}
    for number, symptom in words.items():
        if symptom:
            propose(items[number], snapshot(items[number]) | {"symptom": symptom, "reply": symptom}, author, Action.CHANGED)
    publishing.submit(items[40], author)
    said = submitted(client, [*items.values(), draft])
    assert "2 条已改好" in said
    assert f"{items[12]}：碰了红线，没有提交" in said
    assert f"{items[40]}：这一步做不了：它现在不是“草稿”" in said and f"{items[41]}：这一步做不了" in said
    states = {one.item_id: one.state for one in Revision.objects.filter(kind="fault")}
    assert [states[items[n].pk] for n in (5, 12, 40)] == [Status.REVIEW, Status.DRAFT, Status.REVIEW]
    assert states[draft.pk] == Status.REVIEW and Fault.everything.get(pk=draft.pk).status == Status.REVIEW
    assert Change.objects.of(items[5])[0].made_by == author and Change.objects.of(items[5])[0].action == Action.SUBMITTED


def test_what_changed_after_the_list_was_opened_is_left_alone(signed_in_as, person):
    item, seen = Fault.objects.get(number=5), newest_change()
    propose(item, snapshot(item) | {"symptom": "改了。"}, person("编辑", "作者"), Action.CHANGED)
    assert "您看过以后，有人改了5号" in submitted(signed_in_as("编辑"), [item], seen)
    assert Revision.objects.of(item).get().state == Status.DRAFT


def test_what_is_not_reviewed_is_not_submitted(signed_in_as):
    group = SynonymGroup.everything.create(name="试", words="试\n验", status=Status.DRAFT)
    assert "这一类不用复核" in submitted(signed_in_as("编辑"), [group])
    assert SynonymGroup.everything.get(pk=group.pk).status == Status.DRAFT
