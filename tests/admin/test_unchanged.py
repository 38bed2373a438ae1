"""Saving what nobody changed changes nothing; and words that can't be used any more are said to be so, where one meets them."""

import importlib

import pytest
from django.apps import apps
from django.urls import reverse

from faults.editing.describe import snapshot
from faults.editing.edits import propose
from faults.models import Action, Alias, Change, Fault, Fix, ReturnCode, Revision, SynonymGroup, Term
from tests.admin.forms import filled_in, up_to_date

pytestmark = pytest.mark.django_db


def as_a_browser_sends(form: dict) -> dict:
    """Line ends of a form are those of the network (HTML, "append an entry to the entry list")."""
    return {name: value.replace("\n", "\r\n") if isinstance(value, str) else value for name, value in form.items()}


def url(item, name, *arguments):
    return reverse(f"admin:faults_{item._meta.model_name}_{name}", args=[item.pk, *arguments])


ITEMS = [(Fault, {"number": 88}), (ReturnCode, {"code": "A0"}), (Term, {"name": "签到"}), (SynonymGroup, {})]


@pytest.mark.parametrize(("model", "names"), ITEMS, ids=lambda value: getattr(value, "__name__", ""))
def test_an_item_that_is_saved_untouched_says_what_it_said(signed_in_as, model, names):
    item = model.objects.filter(**names).first()
    editor, before = signed_in_as("编辑"), Change.objects.count()
    answer = editor.post(url(item, "change"), as_a_browser_sends(filled_in(editor.get(url(item, "change")))))
    assert answer.status_code == 302 and Change.objects.count() == before and not Revision.objects.exists()


def test_what_one_left_alone_keeps_what_another_wrote_meanwhile(signed_in_as):
    """Of two who save one after the other, each has changed what they changed, and nothing else."""
    fault, first, second = Fault.objects.get(number=88), signed_in_as("编辑", "小边"), signed_in_as("编辑", "小梁")
    address = url(fault, "change")
    one, other = filled_in(first.get(address)), filled_in(second.get(address))
    first.post(address, one | {"symptom": "先存的现象。", "causes-0-check_text": "先存的问题？"})
    answer = second.post(address, other | {"title": "后存的标题", "why": "商户说"})
    shown, again = answer.content.decode(), filled_in(answer)
    assert "别人改过这一条" in shown and "先存的" in shown
    assert (again["title"], again["symptom"], again["causes-0-check_text"]) == ("后存的标题", "先存的现象。", "先存的问题？")
    assert 'value="商户说"' in shown and Revision.objects.get().row["title"] == fault.title
    assert second.post(address, again).status_code == 302
    row = Revision.objects.get().row
    assert (row["title"], row["symptom"], row["causes"][0]["check"]) == ("后存的标题", "先存的现象。", "先存的问题？")


@pytest.fixture
def revised(person):
    """Entry 88 with words that wait, in which one cause's fix is somebody's who isn't on the list of actors any more."""
    fault = Fault.objects.get(number=88)
    propose(fault, snapshot(fault) | {"title": "紫霄殿打不开"}, person("编辑", "作者"), Action.CHANGED)
    waiting = Revision.objects.get()
    waiting.row["causes"][0]["fixes"][0]["actor"] = "nobody"
    waiting.save()
    return fault


WRONG = {  # what may stand in a revision of an older version → what is said of it
    "an actor that is gone": ({}, "nobody"),
    "a caller's word twice": ({"aliases": ["不通电", "不通电"], "causes": []}, "这个说法已经有了"),
}


@pytest.mark.parametrize(("wrong", "sentence"), WRONG.values(), ids=WRONG)
def test_a_revision_that_can_not_be_used_says_so_and_leads_to_the_history(signed_in_as, revised, wrong, sentence):
    waiting = Revision.objects.get()
    waiting.row |= wrong
    waiting.save()
    reviewer = signed_in_as("复核")
    assert sentence in reviewer.get(url(revised, "review")).content.decode()
    for name in ("change", "preview", "review"):
        page = reviewer.get(url(revised, name), follow=True)
        assert page.status_code == 200 and "这份修改用不了" in page.content.decode(), name
        assert url(revised, "history") in page.content.decode()
    assert "这份修改用不了" in reviewer.post(url(revised, "step", "publish"), up_to_date(), follow=True).content.decode()
    assert Fault.objects.get(pk=revised.pk).title != "紫霄殿打不开"
    reviewer.post(url(revised, "step", "discard"), up_to_date())
    assert not Revision.objects.exists() and reviewer.get(url(revised, "change")).status_code == 200


def test_an_old_version_that_can_not_be_used_is_not_restored(signed_in_as, revised):
    editor, old = signed_in_as("编辑"), Change.objects.of(revised).last()
    old.row["aliases"] = ["不通电", "不通电"]
    old.save()
    shown = editor.post(reverse("admin:faults_fault_restore", args=[old.pk]), up_to_date(), follow=True).content.decode()
    assert "没有恢复" in shown and "这个说法已经有了" in shown and Revision.objects.get().row["title"] == "紫霄殿打不开"


@pytest.mark.postgresql
def test_what_was_stored_before_is_normalized_by_the_migration():
    migration = importlib.import_module("faults.migrations.0017_normalize_text")
    fault, fix = Fault.objects.get(number=88), Fix.objects.first()
    kept = Alias.objects.create(fault=fault, text="POS不亮")
    gone = Alias.objects.create(fault=fault, text="ＰＯＳ不亮")
    Fault.objects.filter(pk=fault.pk).update(symptom=" 一\r\n二\u200b ")
    Fix.objects.filter(pk=fix.pk).update(steps="拔\r\n插")
    Revision.objects.create(kind="fault", item_id=fault.pk, name="x", row=snapshot(fault) | {"aliases": ["甲\u3000乙", "甲 乙"]})
    before = Change.objects.count()
    migration.normalize(apps, None)
    assert Fault.objects.get(pk=fault.pk).symptom == "一\n二" and Fix.objects.get(pk=fix.pk).steps == "拔\n插"
    assert fault.aliases.filter(pk=kept.pk).exists() and not Alias.objects.filter(pk=gone.pk).exists()
    assert Revision.objects.get().row["aliases"] == ["甲 乙"] and Change.objects.count() == before
