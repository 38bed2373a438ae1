"""Loading knowledge anew where an editor changed it: the rest is renewed, and what both changed is decided at the desk. Ten seconds."""

import shutil
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from faults.editing import publishing
from faults.editing.describe import snapshot
from faults.editing.edits import current_row, joined_texts, propose
from faults.editing.history import last_change
from faults.editing.renewal import combined
from faults.models import Action, Change, Fault, LoadedItem, SynonymGroup

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


@pytest.mark.parametrize(
    ("base", "here", "wanted", "row", "both"),
    [
        ("a", "a", "b", "b", False),
        ("a", "b", "a", "b", False),
        ("a", "b", "b", "b", False),
        ("a", "b", "c", "b", True),
        (["a", "b"], ["a", "x"], ["a", "b", "c"], ["a", "x", "c"], False),
        (["a", "b"], ["a", "b", "x"], ["b"], ["b", "x"], False),
        ([{"t": 1}], [{"t": 2}], [{"t": 3}], [{"t": 2}], True),
    ],
)
def test_what_either_changed_stays(base, here, wanted, row, both):
    field = "aliases" if isinstance(base, list) else "symptom"
    said, conflicts = combined({field: base}, {field: here}, {field: wanted})
    assert said == {field: row} and bool(conflicts) is both


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(settings.KNOWLEDGE_DIR, tmp_path / "knowledge")


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def load(*arguments):
    out = StringIO()
    call_command("load_knowledge", *arguments, stdout=out)
    return out.getvalue()


def edited(number, user, **changes):
    """An entry with these words, before readers."""
    entry = Fault.objects.get(number=number)
    propose(entry, snapshot(entry) | changes, user, Action.CHANGED)
    publishing.submit(entry, user)
    publishing.publish(Fault.objects.get(number=number), None)
    return Fault.objects.get(number=number)


def path_of(folder, number):
    return next(path for path in (folder / "faults").glob("*.yaml") if f"- number: {number}\n" in path.read_text(encoding="utf-8"))


@pytest.fixture
def conflict(folder, person):
    """Entry 118 whose reply an editor changed, in a folder that renews its reply, its symptom and an alias."""
    entry = Fault.objects.get(number=118)
    mine = edited(118, person("编辑", "改过的人"), reply="打我们自己的电话。")
    path = path_of(folder, 118)
    replace(path, entry.reply.split("\n")[0], "新的回话。" + entry.reply.split("\n")[0])
    replace(path, entry.symptom.split("\n")[0], "新的现象。" + entry.symptom.split("\n")[0])
    return mine


def test_a_load_after_an_editors_change_of_one_field_renews_the_others(conflict, folder):
    said = load("--plan", "--from", str(folder))
    assert "合上（编辑改过别处）：fault:118" in said and "两边都改了" in said
    load("--from", str(folder))
    entry = Fault.objects.get(number=118)
    assert entry.reply == "打我们自己的电话。" and entry.symptom.startswith("新的现象。")
    assert Change.objects.of(entry).first().action == Action.LOADED and Change.objects.of(entry)[1].row["symptom"] != entry.symptom
    assert list(LoadedItem.objects.get(key="fault:118").conflicts) == ["reply"]
    before = Change.objects.count()
    load("--from", str(folder))
    assert Change.objects.count() == before and LoadedItem.objects.in_conflict().count() == 1, "what nobody decided is still open"


@pytest.mark.parametrize(("choice", "reply"), [("keep", "打我们自己的电话。"), ("take", "新的回话。")])
def test_one_click_decides(conflict, folder, signed_in_as, choice, reply):
    load("--from", str(folder))
    editor = signed_in_as("编辑")
    assert "知识更新，和本台的修改撞上了" in editor.get("/admin/").content.decode()
    address = reverse("renewal", args=[LoadedItem.objects.get(key="fault:118").pk])
    page = editor.get(address).content.decode()
    assert "打我们自己的电话。" in page and "新的回话。" in page
    answer = editor.post(address, {choice: "reply", "seen": str(last_change(conflict))})
    assert answer.url == reverse("work_list", args=["renewals"])
    entry = Fault.objects.get(number=118)
    assert current_row(entry)["reply"].startswith(reply) and entry.reply == "打我们自己的电话。", "it goes through the gate like any edit"
    assert not LoadedItem.objects.in_conflict().exists()
    load("--from", str(folder))
    assert not LoadedItem.objects.in_conflict().exists(), "what was decided isn't asked again"


def test_what_changed_since_it_was_read_is_looked_at_again(conflict, folder, signed_in_as):
    load("--from", str(folder))
    address = reverse("renewal", args=[LoadedItem.objects.get(key="fault:118").pk])
    editor = signed_in_as("编辑")
    answer = editor.post(address, {"take": "reply", "seen": "1"})
    assert answer.status_code == 200 and "再看一遍" in answer.content.decode() and LoadedItem.objects.in_conflict().exists()
    assert "选一项" in editor.post(address, {"take": "nonsense"}).content.decode()


def test_words_of_a_list_are_combined_line_by_line(folder):
    group = SynonymGroup.objects.get(name="牌子")
    group.words = group.words.replace("联迪\n", "") + "\n本地牌"
    group.save()
    replace(folder / "synonyms.yaml", "[百富, ", "[百富, 新新牌, ")
    load("--from", str(folder))
    words = SynonymGroup.objects.get(name="牌子").word_list
    assert {"本地牌", "新新牌"} <= set(words) and "联迪" not in words and not LoadedItem.objects.in_conflict().exists()


def test_two_who_edit_one_list_keep_each_others_lines():
    opened, current, typed = {"words": ["甲", "乙"]}, {"words": ["甲", "乙", "丙"]}, {"words": ["甲", "丁"]}
    assert joined_texts(opened, current, typed) == {"words": ["甲", "丁", "丙"]}
