"""load_knowledge: adds what is missing, leaves alone what an editor changed, all or nothing."""

import shutil
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from faults.editing import loading
from faults.editing.describe import snapshot
from faults.editing.knowledge_files import OF_THE_DESK
from faults.models import KINDS, Action, Actor, Alias, Category, Change, Fault, LoadedItem, ReturnCode, SearchDocument, Source, Term

pytestmark = pytest.mark.django_db


def load(*arguments):
    out = StringIO()
    call_command("load_knowledge", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path):
    """A copy of the knowledge files that a test may change."""
    return shutil.copytree(settings.KNOWLEDGE_DIR, tmp_path / "knowledge")


def replace(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.postgresql
def test_loading_again_changes_nothing():
    before = Change.objects.count()
    assert "新增 0，更新（编辑没改过） 0，保留编辑的修改 0" in load()
    assert Change.objects.count() == before


def test_what_is_in_the_database_is_what_stands_in_the_files():
    assert {step.action for step in loading.plan(settings.KNOWLEDGE_DIR)} == {loading.Action.SAME}


@pytest.mark.postgresql
def test_what_is_missing_is_added_with_its_parts_and_its_place_in_the_index():
    number = 118
    Fault.everything.get(number=number).delete()
    LoadedItem.objects.filter(key="fault:118").delete()
    assert "新增：fault:118" in load("--plan")
    assert not Fault.everything.filter(number=number).exists()
    load()
    fault = Fault.objects.get(number=number)
    assert fault.causes.count() >= 3 and fault.causes.first().fixes.exists() and fault.links.exists()
    assert SearchDocument.objects.filter(kind="fault", object_id=fault.pk).exists()


def test_a_new_name_a_better_one_and_a_source_come_in_and_what_has_no_history_gets_one(folder):
    """The lists that entries refer to: tests find them loaded already, by another process."""
    with (folder / "actors.yaml").open("a", encoding="utf-8") as actors:
        actors.write("- {slug: courier, name: 快递员, position: 77}\n")
    with (folder / "sources.yaml").open("a", encoding="utf-8") as sources:
        sources.write("- {reference: X-1, title: 新来源, verdict: rejected, reason: 说法没有出处。}\n")
    replace(folder, "categories.yaml", "name: 通讯", "name: 通讯和线路")
    fault = Fault.objects.get(number=118)
    Change.objects.of(fault).delete()
    assert "新增 2，更新（编辑没改过） 1，保留编辑的修改 0" in load("--from", str(folder))
    assert Actor.objects.values_list("name", "position").get(slug="courier") == ("快递员", 77)
    assert Source.objects.values_list("title", "verdict", "reason").get(reference="X-1") == ("新来源", "rejected", "说法没有出处。")
    assert Category.objects.get(slug="comms").name == "通讯和线路"
    assert [(change.action, change.row) for change in Change.objects.of(fault)] == [(Action.LOADED, snapshot(fault))]


def test_what_an_editor_deleted_does_not_come_back():
    Fault.everything.get(number=118).delete()
    assert "保留编辑的修改：fault:118" in load()
    assert not Fault.everything.filter(number=118).exists()


def test_an_editors_change_is_left_alone(folder):
    Fault.everything.filter(number=118).update(title="编辑改过的标题")
    replace(folder, "faults/comms.yaml", "title: 显示“无拨号音”", "title: 文件里的新标题")
    assert "保留编辑的修改：fault:118" in load("--from", str(folder))
    assert Fault.objects.get(number=118).title == "编辑改过的标题"


def test_an_editors_change_of_a_part_is_left_alone():
    Alias.objects.create(fault=Fault.objects.get(number=118), text="编辑加的说法")
    load()
    assert Alias.objects.filter(text="编辑加的说法").exists()


def test_a_better_text_reaches_an_entry_no_editor_touched(folder):
    replace(folder, "faults/comms.yaml", "title: 显示“无拨号音”", "title: 文件里的新标题")
    assert "更新（编辑没改过） 1" in load("--from", str(folder))
    fault = Fault.objects.get(number=118)
    assert fault.title == "文件里的新标题"
    assert "文件里的新标题" in SearchDocument.objects.get(kind="fault", object_id=fault.pk).title
    assert "新标题" in Change.objects.of(fault).first().row["title"]


def test_an_edit_undone_by_hand_is_the_files_again(folder):
    Fault.everything.filter(number=118).update(title="编辑改过的标题")
    load()
    Fault.everything.filter(number=118).update(title="显示“无拨号音”")
    assert "保留编辑的修改 0" in load()


def test_a_key_that_came_with_an_update_is_no_editors_change(folder):
    """What an earlier version loaded lacks the key; that must not freeze the entry for ever."""
    item = LoadedItem.objects.get(key="code:cup:97")
    del item.row["aliases"]
    item.save()
    ReturnCode.everything.filter(scheme="cup", code="97").update(aliases="")
    assert "更新（编辑没改过）：code:cup:97" in load("--plan")


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("category: comms", "category: nowhere", "没有叫“nowhere”的类别"),
        ("likelihood: common", "likelihood: often", "often"),
        ("actor: cashier", "actor: nobody", "没有叫“nobody”的谁来处理"),
    ],
)
def test_one_bad_item_and_nothing_is_loaded(folder, old, new, sentence):
    replace(folder, "faults/comms.yaml", old, new)
    replace(folder, "terms.yaml", "- name:", "- name: 新术语\n  definition: 一句话。\n- name:")
    with pytest.raises(CommandError, match=sentence):
        load("--from", str(folder))
    assert not Term.everything.filter(name="新术语").exists()


def test_a_file_that_can_not_be_read_is_said_and_changes_nothing(folder):
    (folder / "terms.yaml").write_text("- {name: [", encoding="utf-8")
    with pytest.raises(CommandError, match="什么也没改"):
        load("--from", str(folder))


def test_the_plan_changes_nothing(folder):
    replace(folder, "faults/comms.yaml", "title: 显示“无拨号音”", "title: 文件里的新标题")
    assert "更新（编辑没改过）：fault:118" in load("--plan", "--from", str(folder))
    assert Fault.objects.get(number=118).title != "文件里的新标题"


def test_every_loaded_item_has_its_first_version():
    for kind, model in ((kind, model) for kind, model in KINDS.items() if kind not in OF_THE_DESK):
        known = Change.objects.filter(kind=kind, action=Action.LOADED)
        assert known.count() >= model.everything.count() > 0
    fault = Fault.objects.get(number=118)
    assert Change.objects.of(fault).last().row == snapshot(fault)
