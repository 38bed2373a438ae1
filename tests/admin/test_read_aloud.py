"""What readers see or hear is seen by a second person first, in whatever list it stands; and the red lines look at it."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import reverse

from faults.checks.red_lines import asks_for_secrets
from faults.editing.describe import snapshot
from faults.editing.edits import current_row, propose
from faults.editing.revisions import revision_of
from faults.models import Action, Actor, Category, Change, DeskRules, Elsewhere, Environment, ReturnCode, Source, Status, SynonymGroup, Term
from tests.admin.forms import filled_in, up_to_date

pytestmark = pytest.mark.django_db
CROSSING = "发卡行客服，请先报卡号和密码"


def save(client, item, **changes):
    address = reverse(f"admin:faults_{item._meta.model_name}_change", args=[item.pk])
    return client.post(address, filled_in(client.get(address)) | changes, follow=True)


def add(client, model, **changes):
    address = reverse(f"admin:faults_{model._meta.model_name}_add")
    return client.post(address, filled_in(client.get(address)) | changes, follow=True)


def said(client) -> str:
    return client.get("/search/", {"q": "紫霄红包"}).content.decode()


@pytest.mark.postgresql
def test_a_sentence_for_callers_waits_for_a_reviewer(client, signed_in_as):
    """New, and changed: the editor sees that it waits, the reviewer finds it in the list of what does, readers hear it after that."""
    editor, reviewer = signed_in_as("编辑"), signed_in_as("复核")
    add(editor, Elsewhere, name="试", words="紫霄红包", refer_to="那家公司的客服")
    item = Elsewhere.everything.get(name="试")
    assert item.status == Status.DRAFT and "那家公司" not in said(client)
    assert "提交复核" in editor.get(reverse("admin:faults_elsewhere_change", args=[item.pk])).content.decode()
    save(editor, item, _submit="")
    assert "试" in editor.get(reverse("work_list", args=["submitted"])).content.decode()
    assert "试" in reviewer.get(reverse("work_list", args=["reviews"])).content.decode()
    own, others = (reverse("admin:faults_elsewhere_step", args=[item.pk, step]) for step in ("publish", "publish"))
    editor.post(own, up_to_date())
    assert "那家公司" not in said(client)
    reviewer.post(others, up_to_date())
    assert "那家公司的客服" in said(client)
    save(editor, item, refer_to="别的公司")
    assert "那家公司的客服" in said(client) and current_row(item)["refer_to"] == "别的公司"
    assert [change.made_by_name for change in Change.objects.of(item)[:2]] == ["编辑一", "复核一"]


def test_nobody_approves_their_own_sentence_but_who_may(client, signed_in_as):
    reviewer, administrator = signed_in_as("复核"), signed_in_as("管理员")
    for who in (reviewer, administrator):
        add(who, Elsewhere, name=f"试{who is reviewer}", words="紫霄红包", refer_to="那家公司的客服", _publish="")
    assert [item.name for item in Elsewhere.objects.filter(words="紫霄红包")] == ["试False"]


@pytest.mark.parametrize("step", ["_submit", "_publish"])
def test_a_sentence_that_crosses_a_red_line_is_kept_and_goes_nowhere(client, signed_in_as, step):
    who = signed_in_as("编辑" if step == "_submit" else "管理员")
    page = add(who, Elsewhere, name="试", words="紫霄红包", refer_to=CROSSING, **{step: ""}).content.decode()
    assert "碰了红线" in page and "报卡号" in page and CROSSING in page
    assert (
        Elsewhere.everything.get(name="试").status == Status.DRAFT
        and revision_of(Elsewhere.everything.get(name="试")).state == Status.DRAFT
    )
    assert CROSSING not in said(client)


@pytest.mark.postgresql
def test_without_review_the_red_lines_still_stand(signed_in_as):
    """Where the administrator wants no review of a kind, what crosses a red line waits as a change of its own."""
    DeskRules.objects.update(review_codes=False, review_terms=False)
    row = ReturnCode.objects.get(scheme="cup", code="55")
    editor = signed_in_as("编辑")
    assert "碰了红线" in save(editor, row, say="请说一下密码。").content.decode()
    row.refresh_from_db()
    assert row.say != "请说一下密码。" and revision_of(row).row["say"] == "请说一下密码。"
    save(editor, row, say="请再输一次。")
    row.refresh_from_db()
    assert row.say == "请再输一次。" and revision_of(row) is None
    term = Term.objects.first()
    propose(term, snapshot(term) | {"definition": "请顾客把密码念出来。"}, None, Action.IMPORTED)
    assert revision_of(term) and Term.objects.get(pk=term.pk).definition != "请顾客把密码念出来。"


def test_a_synonym_works_at_once_and_readers_read_none_of_it(client, signed_in_as):
    save(signed_in_as("编辑"), SynonymGroup.objects.first(), words="紫霄红包\n签到")
    assert SynonymGroup.objects.first().words == "紫霄红包\n签到"


@pytest.mark.parametrize("model", [Category, Environment, Actor, Source])
def test_lists_that_readers_see_are_changed_by_who_may_change_lists(signed_in_as, model):
    """A source is named on every page that rests on it: an editor adds one, and it is read when an item that names it is published."""
    item, field = model.objects.first(), "title" if model is Source else "name"
    for role, may in (("编辑", False), ("复核", False), ("管理员", True)):
        client = signed_in_as(role)
        address = reverse(f"admin:faults_{model._meta.model_name}_change", args=[item.pk])
        data = filled_in(client.get(address)) | {field: f"试{role}"}
        assert client.post(address, data).status_code == (302 if may else 403)
        assert (getattr(model.objects.get(pk=item.pk), field) == f"试{role}") is may
    assert Change.objects.of(item).first().made_by_name == "管理员一"


@pytest.mark.parametrize("model", [Category, Environment, Actor, Source])
def test_no_list_says_what_crosses_a_red_line(signed_in_as, model):
    item, field = model.objects.first(), "title" if model is Source else "name"
    page = save(signed_in_as("管理员"), item, **{field: CROSSING}).content.decode()
    assert "碰了红线，不能保存" in page and CROSSING in page and getattr(model.objects.get(pk=item.pk), field) != CROSSING


def test_a_reviewer_reads_what_a_new_source_says(signed_in_as):
    editor, reviewer = signed_in_as("编辑"), signed_in_as("复核")
    assert add(editor, Source, reference="新来源", title="紫霄殿的书").status_code == 200
    term = Term.objects.first()
    save(editor, term, sources=[Source.objects.get(reference="新来源").pk], _submit="")
    assert "紫霄殿的书" in reviewer.get(reverse("admin:faults_term_review", args=[term.pk])).content.decode()


@pytest.mark.parametrize(
    ("text", "crosses"),
    [
        (CROSSING, True),
        ("报一下完整卡号", True),
        ("把卡号报给我们", True),
        ("请持卡人说出密码", True),
        ("念卡号、有效期", True),
        ("记下CVV2", True),
        ("把密码发给我们", True),
        ("请告诉我们银行卡密码", True),
        ("把卡号、有效期和背面三位数念给我", True),
        ("請報卡號和密碼", True),
        ("Please read me the card number and PIN", True),
        ("Never tell anybody your PIN", False),
        ("把密码键盘的线插好，告诉我", False),
        ("不要念卡号", False),
        ("报卡号后四位", False),
        ("绝不叫顾客报CVV2", False),
        ("屏上报密码错", False),
        ("请您自己输一下密码", False),
        ("打客服，报密码键盘坏了", False),
    ],
)
def test_asking_for_what_nobody_may_be_told(text, crosses):
    assert bool(asks_for_secrets(text)) is crosses


@pytest.mark.postgresql
def test_the_migration_takes_the_right_from_editors_alone():
    """A role of one's own that may change lists keeps it. Run again: it says the same."""
    migration = import_module("faults.migrations.0020_reviewed_words")
    names = {"编辑": False, "复核": False, "管理员": True}
    migration.give_right(apps, None)
    assert all(Group.objects.get(name=name).permissions.filter(codename="change_source").exists() for name in names)
    migration.take_right(apps, None)
    for name, has in names.items():
        assert Group.objects.get(name=name).permissions.filter(codename="change_source").exists() is has
