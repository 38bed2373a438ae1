"""Writing, reviewing, two at a time, history: through the admin's forms, as a browser posts them."""

import pytest
from django.urls import reverse

from faults.models import Action, Change, Fault, Revision, Status, Term
from tests.admin.forms import filled_in, up_to_date

pytestmark = pytest.mark.django_db
EDITOR, REVIEWER, ADMINISTRATOR = "编辑", "复核", "管理员"


@pytest.fixture
def fault():
    return Fault.objects.get(number=88)


@pytest.fixture
def editor(signed_in_as):
    return signed_in_as(EDITOR, "小编")


@pytest.fixture
def reviewer(signed_in_as):
    return signed_in_as(REVIEWER, "老复")


def page(name, *arguments):
    return reverse(f"admin:faults_fault_{name}", args=arguments)


def opened(client, fault):
    return filled_in(client.get(page("change", fault.pk)))


def step(client, fault, name, why=""):
    return client.post(page("step", fault.pk, name), up_to_date(why=why), follow=True).content.decode()


def named(data, ending, value):
    """The name of the field with this ending and value."""
    return next(name for name, given in data.items() if name.endswith(ending) and given == value)


def test_write_submit_return_submit_approve_read(client, editor, reviewer, fault):
    data = opened(editor, fault) | {"title": "紫霄殿打不开", "why": "商户这么说", "_submit": ""}
    assert "已提交复核" in editor.post(page("change", fault.pk), data, follow=True).content.decode()
    assert "紫霄殿" not in client.get("/f/88/").content.decode()
    assert page("review", fault.pk) in reviewer.get("/admin/").content.decode()
    review = reviewer.get(page("review", fault.pk)).content.decode()
    assert "<ins>紫霄殿打不开</ins>" in review and "商户这么说" in review
    assert "已退回" in step(reviewer, fault, "send_back", "再想想")
    assert "再想想" in editor.get("/admin/").content.decode() and "再想想" in editor.get(page("change", fault.pk)).content.decode()
    step(editor, fault, "submit")
    assert "已发布" in step(reviewer, fault, "publish")
    assert "紫霄殿打不开" in client.get("/f/88/").content.decode()


def test_a_revision_is_edited_further_in_the_same_form(editor, reviewer, fault):
    data = opened(editor, fault)
    count = int(data["causes-TOTAL_FORMS"])
    data |= {
        "causes-TOTAL_FORMS": str(count + 1),
        f"causes-{count}-title": "紫霄殿锁了",
        f"causes-{count}-check_text": "锁了吗？",
        f"causes-{count}-likelihood": "rare",
        f"causes-{count}-position": str(count),
        f"causes-{count}-id": "",
        f"causes-{count}-fault": str(fault.pk),
        f"causes-{count}-fixes-TOTAL_FORMS": "1",
        f"causes-{count}-fixes-INITIAL_FORMS": "0",
        f"causes-{count}-fixes-0-actor": "1",
        f"causes-{count}-fixes-0-steps": "找钥匙。",
        f"causes-{count}-fixes-0-position": "0",
        f"causes-{count}-fixes-0-id": "",
    }
    editor.post(page("change", fault.pk), data)
    again = opened(editor, fault)
    assert named(again, "-title", "紫霄殿锁了") and named(again, "-steps", "找钥匙。")
    again[named(again, "-check_text", "锁了吗？")] = "锁上了吗？"
    answer = editor.post(page("change", fault.pk), again)
    assert answer.status_code == 302, answer.context["errors"]
    row = Revision.objects.of(fault).get().row
    assert [cause["check"] for cause in row["causes"]].count("锁上了吗？") == 1 and len(row["causes"]) == count + 1
    assert row["causes"][-1]["fixes"][0]["steps"] == ["找钥匙。"]
    assert fault.causes.count() == count
    step(reviewer, fault, "publish")
    assert fault.causes.count() == count + 1


def test_a_cause_taken_out_of_a_revision_stays_out(editor, fault):
    data = opened(editor, fault)
    count = fault.causes.count()
    editor.post(page("change", fault.pk), data | {"causes-0-DELETE": "on"})
    again = opened(editor, fault)
    assert again["causes-TOTAL_FORMS"] == str(count - 1)
    editor.post(page("change", fault.pk), again | {"symptom": "别的现象。"})
    row = Revision.objects.of(fault).get().row
    assert len(row["causes"]) == count - 1 and row["symptom"] == "别的现象。"


@pytest.mark.parametrize("is_draft", [True, False], ids=["draft", "published"])
def test_who_saves_second_gets_their_text_back_beside_what_changed(editor, reviewer, fault, draft, is_draft):
    item = draft if is_draft else fault
    if is_draft:
        draft.environments.set([1])
    mine, theirs = opened(editor, item), opened(reviewer, item)
    assert reviewer.post(page("change", item.pk), theirs | {"symptom": "老复写的现象。"}).status_code == 302
    answer = editor.post(page("change", item.pk), mine | {"reply": "小编写的回复。"})
    shown = answer.content.decode()
    assert answer.status_code == 200 and "小编写的回复。" in shown and "老复写的现象" in shown and "别人改过这一条" in shown
    assert "小编写的回复。" not in str(list(Change.objects.of(item).values_list("row", flat=True)))
    again = filled_in(answer) | {"symptom": "老复写的现象。"}
    assert editor.post(page("change", item.pk), again).status_code == 302
    row = Change.objects.of(item).first().row
    assert (row["symptom"], row["reply"]) == ("老复写的现象。", "小编写的回复。")


def test_what_was_typed_about_a_cause_that_is_gone_is_kept(editor, reviewer, draft):
    draft.environments.set([1])
    draft.causes.create(title="甲", check_text="甲吗？", position=0)
    draft.causes.create(title="乙", check_text="乙吗？", position=1)
    mine, theirs = opened(editor, draft), opened(reviewer, draft)
    assert reviewer.post(page("change", draft.pk), theirs | {"causes-0-DELETE": "on"}).status_code == 302
    answer = editor.post(page("change", draft.pk), mine | {"causes-0-title": "甲改过"})
    assert answer.status_code == 200 and "甲改过" in answer.content.decode()
    assert editor.post(page("change", draft.pk), filled_in(answer)).status_code == 302
    assert {cause.title for cause in draft.causes.all()} == {"甲改过", "乙"}


@pytest.mark.parametrize("is_draft", [True, False], ids=["draft", "published"])
def test_saving_without_a_change_leaves_no_trace(reviewer, fault, draft, is_draft):
    item = draft if is_draft else fault
    draft.environments.set([1])
    before = Change.objects.count()
    assert reviewer.post(page("change", item.pk), opened(reviewer, item)).status_code == 302
    assert Change.objects.count() == before and not Revision.objects.exists()


def test_a_refused_save_keeps_every_typed_word(editor, fault):
    data = opened(editor, fault) | {"title": "", "reply": "没写完的回复"}
    data[next(name for name in data if name.endswith("-steps"))] = "没写完的步骤"
    shown = editor.post(page("change", fault.pk), data).content.decode()
    assert "没写完的回复" in shown and "没写完的步骤" in shown
    assert not Revision.objects.exists()


def test_two_versions_are_compared_and_one_is_restored(client, editor, reviewer, fault):
    old = fault.title
    editor.post(page("change", fault.pk), opened(editor, fault) | {"title": "紫霄殿"})
    step(reviewer, fault, "publish")
    newest, *_, oldest = Change.objects.of(fault)
    history = editor.get(page("history", fault.pk)).content.decode()
    assert "小编" in history and "老复" in history and "恢复这一版" in history
    compared = editor.get(page("compare", fault.pk), {"from": newest.pk, "to": oldest.pk}).content.decode()
    assert "<ins>紫霄殿</ins>" in compared
    assert f"已取回：88号 {old}。" in editor.post(page("restore", oldest.pk), up_to_date(), follow=True).content.decode()
    assert Fault.objects.get(pk=fault.pk).title == "紫霄殿"
    step(reviewer, fault, "publish")
    assert Fault.objects.get(pk=fault.pk).title == old
    assert Action.RESTORED in Change.objects.of(fault).values_list("action", flat=True)


def test_a_deleted_entry_is_brought_back_with_its_number_and_parts(signed_in_as, draft):
    administrator = signed_in_as(ADMINISTRATOR)
    draft.causes.create(title="甲", check_text="甲吗？")
    step(administrator, draft, "delete", "重复")
    assert not Fault.everything.filter(number=900).exists()
    listed = administrator.get(page("deleted")).content.decode()
    assert "900号 紫霄殿打不开" in listed and "重复" in listed
    administrator.post(page("restore", Change.objects.get(action=Action.DELETED).pk))
    back = Fault.everything.get(number=900)
    assert (back.status, back.causes.get().title, back.pk) == (Status.DRAFT, "甲", draft.pk)
    assert "找回</button>" not in administrator.get(page("deleted")).content.decode()


def test_a_draft_that_another_brings_back_stays_its_authors(signed_in_as, editor):
    words = {"title": "紫霄殿", "category": "1", "environments": ["1"], "symptom": "瞧。"}
    editor.post(page("add"), filled_in(editor.get(page("add"))) | words)
    draft, administrator = Fault.everything.get(title="紫霄殿"), signed_in_as(ADMINISTRATOR, "主任")
    for _again in range(2):
        step(administrator, draft, "delete")
        deleted = Change.objects.filter(action=Action.DELETED).last()
        said = administrator.post(page("restore", deleted.pk), follow=True).content.decode()
        assert f"已找回：{draft}，现在是草稿。" in said and "复核以后" not in said
        assert Revision.objects.of(draft).get().author.username == "小编"


def test_what_cannot_be_brought_back_is_said(signed_in_as, draft):
    administrator = signed_in_as(ADMINISTRATOR)
    step(administrator, draft, "delete")
    Fault.everything.create(number=900, title="别的", category_id=1)
    answer = administrator.post(page("restore", Change.objects.get(action=Action.DELETED).pk), follow=True)
    assert "没有恢复" in answer.content.decode() and Fault.everything.get(number=900).title == "别的"


def test_the_readiness_list_follows_the_form_without_saving(editor, fault):
    data = opened(editor, fault) | {"_item": str(fault.pk), "warning": "", "reply": "请再刷一次。", "symptom": "卡" * 60}
    data[next(name for name in data if name.endswith("-text") and name.startswith("screen_texts"))] = "交易超时"
    changes = Change.objects.count()
    shown = editor.post(page("readiness"), data).content.decode()
    assert "挡住发布" in shown and "叫人再刷" in shown and "红线提醒" in shown and "太长" in shown
    assert Change.objects.count() == changes and not Revision.objects.exists() and Fault.objects.get(pk=fault.pk).warning == fault.warning


def test_the_readiness_list_says_what_the_form_lacks(editor, fault):
    data = opened(editor, fault) | {"_item": str(fault.pk), "causes-0-check_text": "", "causes-0-fixes-0-actor": ""}
    assert "必填" in editor.post(page("readiness"), data).content.decode()


def test_a_new_entry_is_checked_and_previewed_before_it_is_saved(editor):
    data = filled_in(editor.get(page("add"))) | {"title": "紫霄殿", "category": "1", "environments": ["1"], "symptom": "瞧。"}
    assert "没有原因" in editor.post(page("readiness"), data).content.decode()
    shown = editor.post(page("preview_form"), data).content.decode()
    assert "紫霄殿" in shown and "预览" in shown and 'class="entry"' in shown
    assert not Fault.everything.filter(title="紫霄殿").exists()


def test_similar_entries_are_shown_while_the_title_is_typed(editor, fault):
    assert "<b>88</b>" in editor.get(page("similar"), {"q": fault.title}).content.decode()
    assert "<b>88</b>" not in editor.get(page("similar"), {"q": fault.title, "own": str(fault.pk)}).content.decode()
    assert editor.get(page("similar"), {"q": ""}).content.decode().strip() == ""


def test_the_preview_is_the_public_page_with_the_pending_words(editor, fault):
    editor.post(page("change", fault.pk), opened(editor, fault) | {"title": "紫霄殿打不开"})
    shown = editor.get(page("preview", fault.pk)).content.decode()
    assert "紫霄殿打不开" in shown and 'class="causes"' in shown
    assert Fault.objects.get(pk=fault.pk).title == fault.title


def test_an_editor_can_not_publish_by_hand_made_posts(editor, fault):
    data = opened(editor, fault) | {"title": "紫霄殿", "status": "published", "_publish": ""}
    assert "没有权限" in editor.post(page("change", fault.pk), data, follow=True).content.decode()
    assert Fault.objects.get(pk=fault.pk).title != "紫霄殿"


def test_someone_without_a_role_sees_and_changes_nothing(signed_in_as, fault):
    stranger = signed_in_as("")
    for name in ("change", "history", "review", "preview", "merge"):
        assert stranger.get(page(name, fault.pk)).status_code == 403
    assert stranger.post(page("step", fault.pk, "confirm"), follow=True).status_code == 403
    for name in ("deleted", "similar", "assign"):
        assert stranger.get(page(name)).status_code == 403
    assert stranger.post(page("readiness"), {"_item": str(fault.pk)}).status_code == 403
    assert stranger.post(page("restore", Change.objects.of(fault).first().pk)).status_code == 403


def test_a_term_goes_the_same_way(client, editor, reviewer):
    term = Term.objects.first()
    url = reverse("admin:faults_term_change", args=[term.pk])
    editor.post(url, filled_in(editor.get(url)) | {"definition": "紫霄殿。", "_submit": ""})
    assert "紫霄殿。" not in client.get("/terms/").content.decode()
    reviewer.post(reverse("admin:faults_term_step", args=[term.pk, "publish"]), up_to_date())
    assert "紫霄殿。" in client.get("/terms/").content.decode()
