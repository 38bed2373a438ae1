"""从这条复制: a new draft with an item's words, without what would lead callers to the wrong one."""

import pytest
from django.urls import reverse

from faults.editing.describe import describe, snapshot
from faults.editing.edits import propose
from faults.models import Action, Change, Fault, ReturnCode, Revision, Status, Wording
from faults.models.content import next_number

pytestmark = pytest.mark.django_db


def page(item):
    return reverse(f"admin:faults_{item._meta.model_name}_copy", args=[item.pk])


@pytest.mark.postgresql
def test_an_entry_is_copied_with_its_parts_as_a_draft_under_a_new_number(person, client):
    author, entry, number = person("编辑", "作者"), Fault.objects.get(number=40), next_number()
    client.force_login(author)
    form = client.get(reverse("admin:faults_fault_change", args=[entry.pk])).content.decode()
    assert page(entry) in form and "别名（商户说法）和查询用的说法不抄" in client.get(page(entry)).content.decode()
    said = client.post(page(entry), follow=True).content.decode()
    copied = Fault.everything.get(number=number)
    own = {"number", "title", "aliases", "status", "confidence", "reviewed"}
    old, new = ({key: value for key, value in describe(one).items() if key not in own} for one in (entry, copied))
    assert old == new and old["causes"] and "已复制成草稿" in said
    assert (copied.title, copied.status, copied.confidence) == (f"{entry.title}（副本）", Status.DRAFT, "unverified")
    assert entry.aliases.exists() and not copied.aliases.exists() and not Wording.everything.filter(name=f"fault:{number}").exists()
    change = Change.objects.of(copied).get()
    assert (change.action, change.why, change.made_by) == (Action.CREATED, f"从{entry}复制", author)
    assert Revision.objects.of(copied).get().author == author


def test_a_code_goes_into_another_table_without_what_its_own_table_said(signed_in_as):
    code = ReturnCode.objects.filter(scheme="cup", code="97").get()
    signed_in_as("编辑").post(page(code), {"scheme": "lakala", "code": "z97"})
    copied = ReturnCode.everything.get(scheme="lakala", code="Z97")
    row, old = describe(copied), describe(code)
    assert (row["meaning"], row["steps"], row["screen_texts"]) == (old["meaning"], old["steps"], old["screen_texts"])
    assert (row["aliases"], row["sources"], row["class"], row["generation"]) == ([], [], "", "") and copied.status == Status.DRAFT


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"scheme": "cup", "code": "97"}, "这张码表里已经有这个码"),
        ({"scheme": "lakala", "code": "九七"}, "只用数字和大写字母"),
        ({"scheme": "", "code": "97"}, "必填"),
        ({"scheme": "unknown", "code": "97"}, "没有这个选项，请重新选"),
    ],
)
def test_what_cannot_be_a_code_is_said_and_comes_back(signed_in_as, sent, said):
    before, code = ReturnCode.everything.count(), ReturnCode.objects.get(scheme="cup", code="97")
    answer = signed_in_as("编辑").post(page(code), sent)
    assert said in answer.content.decode() and answer.context["form"]["code"].value() == sent["code"]
    assert ReturnCode.everything.count() == before


def test_what_waits_is_copied_too_and_a_long_title_fits(signed_in_as, person):
    entry = Fault.objects.get(number=40)
    propose(entry, snapshot(entry) | {"title": "长" * 60}, person("编辑", "另一位"), Action.CHANGED)
    signed_in_as("编辑").post(page(entry))
    copied = Fault.everything.order_by("number").last()
    assert copied.title.startswith("长") and copied.title.endswith("（副本）") and len(copied.title) <= 60
