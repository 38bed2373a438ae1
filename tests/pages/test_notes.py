"""The desk's own notes on public pages: beside what they are on, for whom they are, and still there after the knowledge is renewed."""

import re
import shutil
from io import StringIO
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from faults.editing import publishing
from faults.editing.describe import snapshot
from faults.editing.edits import propose
from faults.editing.note_places import as_value, lost_notes, place_of, places_of
from faults.models import Action, Actor, Cause, Fault, Fix, Note, SearchDocument, SearchToken, Term
from faults.search.documents import name_of
from faults.search.find import find
from tests import people
from tests.notes import noted
from tests.security.test_cache_leaks import PAGES, forget, page

pytestmark = pytest.mark.django_db
WORD = "紫霄殿"
TERM = "签到"


def entry(number=40) -> Fault:
    return Fault.objects.with_everything().get(number=number)


def beside(number=40) -> tuple[Cause, str]:
    """A cause of the entry and the second step of its first fix."""
    cause = entry(number).causes.all()[1]
    return cause, cause.fixes.all()[0].step_list[-1]


def body(client, path="/f/40/", **asked) -> str:
    return client.get(path, **asked).content.decode()


@pytest.mark.postgresql
@pytest.mark.parametrize("path", ["/f/40/", "/codes/97/", "/terms/"])
def test_what_may_be_said_stands_on_the_page_and_what_is_internal_only_for_colleagues(client, signed_in_as, path):
    about = {"/f/40/": "fault:40", "/codes/97/": "code:cup:97", "/terms/": f"term:{TERM}"}[path]
    noted(f"{WORD}可以念", about, audience="sayable", owner=people.account("本台的人"))
    noted(f"{WORD}内部", about)
    noted(f"{WORD}草稿", about, audience="sayable", is_published=False)
    outsider = Client()
    outsider.force_login(people.account("没有角色的人", is_staff=True))
    for reader in (client, outsider):
        said = body(reader, path)
        assert f"{WORD}可以念" in said and f"{WORD}内部" not in said and f"{WORD}草稿" not in said and "写批注" not in said
    shown = body(signed_in_as("编辑"), path)
    assert f"{WORD}可以念" in shown and f"{WORD}草稿" not in shown
    item = shown.split(f"{WORD}内部")[0].rpartition("<li")[2]
    assert 'class="internal no-print"' in item and "内部，不要念" in item  # never on paper
    assert "写批注" in shown and "改批注" in shown


def test_a_note_stands_in_the_cause_and_under_the_step_that_it_is_on(client):
    cause, step = beside()
    noted(f"{WORD}原因", cause=cause.title, audience="sayable")
    noted(f"{WORD}步骤", cause=cause.title, step=step, audience="sayable")
    said = body(client)
    section = next(part for part in said.split('<section class="cause"') if f"{cause.title}</span></h3>" in part)
    assert section.index(f"{WORD}原因") < section.index('<dl class="sheet">') < section.index(f"{WORD}步骤")
    assert f"{WORD}步骤" in section.split("<ol class=")[1].split("</ol>")[0] and said.count(WORD) == 2


def test_a_step_with_the_desks_own_words_has_its_notes_beside_it_and_its_link_leads_there(client, signed_in_as):
    """The page reads 打收单机构官方客服…, the note and its form go by {转收单：…}."""
    cause = Fault.objects.get(number=40).causes.first()
    fix = cause.fixes.first()
    Fix.objects.filter(pk=fix.pk).update(steps="看灯。\n{转收单：报修；机身号}")
    noted("本台先打这个电话。", "fault:40", cause=cause.title, step="{转收单：报修；机身号}", audience="sayable")
    page = client.get("/f/40/").content.decode()
    steps = [re.sub("<[^>]*>", "", step) for step in re.findall(r"<li><label>.*?</li>", page, re.DOTALL)]
    assert ["本台先打这个电话。" in step for step in steps if "官方客服报修，备好机身号" in step] == [True]
    page = signed_in_as("编辑").get("/f/40/").content.decode()
    assert urlencode({"place": as_value(cause.title, "{转收单：报修；机身号}")}) in page


def test_notes_of_other_tables_say_whose_they_are(client):
    noted(f"{WORD}外卡", "code:visa:51", audience="sayable")
    assert f"<b>Visa 51</b> <span>{WORD}外卡" in body(client, "/codes/51/")
    own = body(client, "/codes/51/?scheme=visa")
    assert "<b>Visa 51</b>" not in own and WORD in own


def test_no_stranger_is_given_what_was_made_for_a_colleague(signed_in_as):
    """Nor learns of an internal note by what is found, suggested, counted, or kept for reading offline."""
    editor, before = signed_in_as("编辑"), {}
    for path in PAGES:
        forget()
        before[path] = page(path)
    stamps = Client().get("/offline.json").content
    for about in ("fault:40", "code:cup:97", f"term:{TERM}"):
        noted(f"{WORD}打不开", about)
    assert not SearchDocument.objects.filter(tokens__contains="紫霄").exists() and not SearchToken.objects.filter(text="紫霄").exists()
    wrong = []
    for path in PAGES:
        forget()
        seen = page(path, editor)
        if page(path) != before[path]:
            wrong.append(path)
        if path in ("/f/40/", "/codes/97/", "/terms/"):
            assert WORD in seen[1].decode()
    assert not wrong and Client().get("/offline.json").content == stamps


def test_a_note_that_may_be_said_is_on_the_page_at_once_and_gone_once_it_is_not(client):
    for path, about in (("/f/40/", "fault:40"), ("/codes/97/", "code:cup:97"), ("/terms/", f"term:{TERM}")):
        kept, stamps = body(client, path), client.get("/offline.json").content
        note = noted(f"{WORD}打这个电话", about, audience="sayable")
        assert WORD in body(client, path) and client.get("/offline.json").content != stamps, path
        Note.everything.filter(pk=note.pk).update(audience="internal")
        assert body(client, path) == kept, path


@pytest.mark.postgresql
@pytest.mark.parametrize("about", ["fault:40", "code:cup:97", f"term:{TERM}"])
def test_search_finds_an_item_by_the_words_of_its_notes(client, about):
    asked = "先打紫霄殿专线"
    before = [name_of(hit.item) for hit in find(AnonymousUser(), asked).hits]
    noted("先打紫霄殿专线。", about, audience="sayable")
    assert about not in before and about in [name_of(hit.item) for hit in find(AnonymousUser(), asked).hits]
    assert about.split(":")[-1] in client.get("/search/", {"q": asked}).content.decode()


def test_search_forgets_a_note_that_was_put_elsewhere():
    note = noted("紫霄殿专线", audience="sayable")
    propose(note, snapshot(note) | {"about": "fault:41"}, None, Action.CHANGED)
    publishing.publish(Note.everything.get(pk=note.pk), None)
    held = {row.object_id for row in SearchDocument.objects.filter(wordings__contains="紫霄")}
    assert held == {entry(41).pk}


def test_loading_knowledge_leaves_notes_alone_and_finds_their_places_again(client, tmp_path):
    """A cause that the files word otherwise takes the notes on its steps along; the one on itself waits, and stands at the head."""
    cause, step = beside()
    notes = [
        noted(f"{WORD}一", cause=cause.title, audience="sayable"),
        noted(f"{WORD}二", cause=cause.title, step=step, audience="sayable"),
        noted(f"{WORD}三", audience="sayable"),
    ]
    before = list(Note.everything.values())
    folder = shutil.copytree(settings.KNOWLEDGE_DIR, tmp_path / "knowledge")
    file = next(path for path in (folder / "faults").glob("*.yaml") if cause.title in path.read_text(encoding="utf-8"))
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(cause.title, "换了一种完全不同的原因"), encoding="utf-8")
    call_command("load_knowledge", "--from", folder, stdout=StringIO())
    assert "换了一种完全不同的原因" in body(client) and list(Note.everything.values()) == before
    assert lost_notes() == [notes[0]]
    head, rest = body(client).split('<section class="calls"')
    assert f"{WORD}一" in head and f"写的时候放在“{cause.title}”旁" in head and f"{WORD}三" in head and f"{WORD}二" in rest


def test_a_knowledge_file_brings_no_notes(tmp_path):
    folder = shutil.copytree(settings.KNOWLEDGE_DIR, tmp_path / "knowledge")
    (folder / "notes.yaml").write_text("- {number: 1, about: 'fault:40', audience: sayable, text: 没人看过}\n", encoding="utf-8")
    call_command("load_knowledge", "--from", folder, stdout=StringIO())
    assert not Note.everything.exists()


def test_a_place_is_known_by_its_words_alone(draft):
    """Spelling doesn't matter; a cause that only looks like it is another one."""
    for title, steps in (("当天，顾客还在", "查终端明细。\n补打单。"), ("网线没插好", "重新插紧。\n补打单。")):
        cause = Cause.objects.create(fault=draft, title=title, check_text="？")
        Fix.objects.create(cause=cause, steps=steps, actor=Actor.objects.first())
    places = places_of(Fault.everything.with_everything().get(pk=draft.pk))
    rows = [
        (("当天,顾客还在", ""), "当天，顾客还在"),
        (("當天，顧客還在", ""), "当天，顾客还在"),
        (("当天，顾客不在", ""), None),
        (("网线没插好", "重新插紧"), "网线没插好"),
        (("网线松了", "重新插紧。"), "网线没插好"),  # the cause was reworded, the step is the only one
        (("网线松了", "补打单。"), None),  # two causes have it
        (("", "没有这一步"), None),
        (("网线没插好", "查 终端明细"), "当天，顾客还在"),  # the step went to another cause
    ]
    found = [place_of(Note(cause=cause, step=step), places) for (cause, step), _wanted in rows]
    assert [place and place.cause for place in found] == [wanted for _words, wanted in rows]


def test_pages_ask_as_much_for_many_notes_as_for_one(signed_in_as):
    editor, cause = signed_in_as("编辑"), entry().causes.first()

    def queries(path):
        body(editor, path)
        with CaptureQueriesContext(connection) as seen:
            body(editor, path)
        return len(seen)

    def written(count):
        for _number in range(count):
            noted("本台", owner=people.account(f"人{Note.everything.count()}"), cause=cause.title)
            noted("本台", f"term:{Term.objects.all()[Note.everything.count()].name}")
        return [queries(path) for path in ("/f/40/", "/terms/")]

    assert written(1) == written(8)
