"""The desk's own notes, in the admin: written where they belong, reviewed if they are said aloud, and never lost."""

import json

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faults.editing import publishing
from faults.editing.describe import snapshot
from faults.editing.display_names import display_names_for_tables
from faults.editing.edits import propose
from faults.editing.import_plan import Outcome
from faults.editing.import_planning import plan
from faults.editing.transfer.workbook import read
from faults.editing.transfer.writing import write_csv
from faults.models import Action, Change, Fault, Note, Revision, Status
from tests.admin.forms import filled_in, up_to_date
from tests.notes import noted

pytestmark = pytest.mark.django_db
LIST, ADD = reverse("admin:faults_note_changelist"), reverse("admin:faults_note_add")
WORD = "紫霄殿"


def change(note, page="change"):
    return reverse(f"admin:faults_note_{page}", args=[note.pk])


def save(client, address, **changes):
    return client.post(address, filled_in(client.get(address)) | changes)


def place(number=40, cause=1, step=None):
    """The value of a place in the entry, as the form offers it."""
    cause = Fault.objects.with_everything().get(number=number).causes.all()[cause]
    return json.dumps([cause.title, "" if step is None else cause.fixes.all()[0].step_list[step]], ensure_ascii=False)


def said(client, path="/f/40/"):
    return client.get(path).content.decode()


@pytest.mark.postgresql
def test_one_click_from_the_entry_or_its_page_writes_a_note_that_colleagues_see_at_once(person, client):
    editor, fault = person("编辑"), Fault.objects.get(number=40)
    client.force_login(editor)
    link = f"{ADD}?about=fault%3A40"
    for page in (reverse("admin:faults_fault_change", args=[fault.pk]), "/f/40/"):
        assert link in said(client, page), page
    links = [one.split('"')[0].replace("&amp;", "&") for one in said(client).split('href="') if one.startswith(f"{link}&amp;place=")]
    form = filled_in(client.get(links[0]))
    assert json.loads(form["place"])[0] == fault.causes.first().title and form["answers"] == str(editor.pk)
    answer = client.post(ADD, form | {"text": f"{WORD}，先打这个电话。", "place": place(step=0)})
    note = Note.everything.get()
    assert answer.status_code == 302 and (note.status, note.owner, note.number) == (Status.PUBLISHED, editor, 1)
    assert json.dumps([note.cause, note.step], ensure_ascii=False) == place(step=0) and WORD in said(client)
    assert "批注（1）" in said(client, reverse("admin:faults_fault_change", args=[fault.pk]))


@pytest.mark.postgresql
def test_what_is_read_aloud_waits_for_a_second_person(signed_in_as, client):
    editor, reviewer = signed_in_as("编辑"), signed_in_as("复核")
    save(editor, f"{ADD}?about=fault:40", text=f"{WORD}，请稍等。", audience="sayable", _submit="")
    note = Note.everything.get()
    assert note.status == Status.REVIEW and WORD not in said(client) and "等我复核" in said(reviewer, "/admin/")
    editor.post(f"/admin/faults/note/{note.pk}/step/publish/", up_to_date())
    note.refresh_from_db()
    assert note.status == Status.REVIEW
    assert WORD in said(reviewer, change(note, "review"))
    reviewer.post(f"/admin/faults/note/{note.pk}/step/publish/", up_to_date())
    assert WORD in said(client)


@pytest.mark.parametrize("door", ["form", "table", "restored"])
def test_an_internal_note_comes_before_readers_only_through_a_reviewer(person, client, door):
    """Whichever way its audience is changed, and whoever then presses the button."""
    editor = person("编辑")
    client.force_login(editor)
    note = noted(f"{WORD}内部")
    if door == "form":
        save(client, change(note), audience="sayable")
    elif door == "table":
        propose(note, snapshot(note) | {"audience": "sayable"}, editor, Action.IMPORTED)
    else:
        first = Change.objects.of(note).last()
        Change.objects.filter(pk=first.pk).update(row=first.row | {"audience": "sayable"})
        client.post(reverse("admin:faults_note_restore", args=[first.pk]), up_to_date())
    client.post(f"/admin/faults/note/{note.pk}/step/publish/", up_to_date())
    assert Revision.objects.of(note).get().row["audience"] == "sayable" and Note.everything.get().is_internal
    client.logout()
    assert WORD not in said(client)
    publishing.publish(Note.everything.get(), person("复核"))
    assert WORD in said(client)


REFUSED = {
    "card": {"text": "卡号 6222 0212 3456 7890"},
    "nothing said": {"text": "  "},
    "too long": {"text": "长" * 501},
    "no such item": {"about": "fault:999"},
    "nonsense": {"about": "fault:\0"},
    "place of another entry": {"place": json.dumps(["没有这个原因", ""], ensure_ascii=False)},
    "place that is none": {"place": "[1"},
    "place of a code": {"about": "code:cup:97", "place": "HERE"},
    "no such audience": {"audience": "boss"},
}


def test_what_is_wrong_is_said_and_nothing_is_lost(signed_in_as):
    editor, here, wrong = signed_in_as("编辑"), place(), []
    for name, changes in REFUSED.items():
        changes = {key: here if value == "HERE" else value for key, value in changes.items()}
        page = save(editor, f"{ADD}?about=fault:40", **({"text": WORD} | changes))
        kept = changes.get("text", WORD).strip() in page.content.decode()
        if page.status_code != 200 or 'id="mistakes"' not in page.content.decode() or not kept:
            wrong.append((name, page.status_code, kept))
    assert not wrong and not Note.everything.exists()


@pytest.mark.parametrize(
    ("about", "text"),
    [
        ("fault:118", "没出单就再刷一次。"),
        ("fault:40", "没反应就重新交易。"),  # the entry has a red line
        ("code:cup:51", "请稍后再试。"),  # another card, not again
        ("term:签到", "请持卡人报一下卡号和密码。"),
    ],
)
@pytest.mark.parametrize("audience", ["internal", "sayable"])
def test_no_note_crosses_a_red_line(signed_in_as, about, text, audience):
    editor = signed_in_as("编辑")
    save(editor, f"{ADD}?about={about}", text=text, audience=audience, **({"_submit": ""} if audience == "sayable" else {}))
    note = Note.everything.get()
    assert note.status == Status.DRAFT and 'class="red"' in said(editor, change(note))
    with pytest.raises(publishing.Refused):
        publishing.publish(note, None)


@pytest.mark.postgresql
def test_every_change_is_kept_with_who_and_what_it_said_and_any_is_restored(person, client):
    client.force_login(person("编辑", "写的人"))
    save(client, f"{ADD}?about=fault:40", text=f"{WORD}一")
    note = Note.everything.get()
    save(client, change(note), text=f"{WORD}二", place=place(), why="搬家了")
    kept = [
        (one.made_by_name, one.row["text"], one.row["cause"]) for one in Change.objects.of(note).filter(action__in=["created", "changed"])
    ]
    assert kept == [("写的人", f"{WORD}二", json.loads(place())[0]), ("写的人", f"{WORD}一", "")]
    assert "搬家了" in said(client, change(note, "history"))
    client.post(reverse("admin:faults_note_restore", args=[Change.objects.of(note).last().pk]), up_to_date())
    note.refresh_from_db()
    assert (note.text, note.cause) == (f"{WORD}一", "")


def test_another_owner_is_noted_and_waits_for_nobody(person, client):
    other = person("编辑", "接手的人")
    client.force_login(person("编辑"))
    note = noted(WORD, audience="sayable")
    save(client, change(note), answers=str(other.pk))
    note.refresh_from_db()
    assert note.owner == other and not Revision.objects.of(note).exists()
    assert Change.objects.of(note).first().row["owner"] == "接手的人"


def test_saving_what_nobody_touched_changes_nothing_even_without_its_place(signed_in_as):
    editor = signed_in_as("编辑")
    notes = [noted(WORD, cause="没有这个原因", audience="sayable"), noted(WORD, cause=json.loads(place())[0]), noted(WORD, "term:签到")]
    before = list(Note.everything.values())
    for note in notes:
        assert save(editor, change(note)).status_code == 302
    assert list(Note.everything.values()) == before and not Revision.objects.exists()


@pytest.mark.postgresql
def test_a_note_whose_place_vanished_waits_on_the_work_list_until_it_has_one(signed_in_as):
    editor = signed_in_as("编辑")
    lost, gone = noted(f"{WORD}丢了", cause="没有这个原因"), noted(f"{WORD}没了", "fault:41")
    noted(f"{WORD}还在", cause=json.loads(place())[0])
    Fault.everything.filter(number=41).update(status=Status.ARCHIVED)
    page = said(editor, reverse("work_list", args=["lost_notes"]))
    assert f"{WORD}丢了" in page and "原来在“没有这个原因”旁" in page and f"{WORD}没了" in page and f"{WORD}还在" not in page
    assert "已经没有了：没有这个原因" in said(editor, change(lost))
    save(editor, change(lost), place=place())
    publishing.archive(gone, None)
    assert "批注没了位置" not in said(editor, "/admin/")


def test_the_list_says_where_each_stands_in_as_many_queries_for_one_as_for_many(signed_in_as, person):
    editor, owner = signed_in_as("编辑"), person("编辑", "负责的人")
    noted(f"{WORD}一", owner=owner, audience="sayable")
    noted(f"{WORD}二", "code:cup:97")
    noted(f"{WORD}三", cause=json.loads(place())[0])
    noted(f"{WORD}四", cause=json.loads(place(step=0))[0], step=json.loads(place(step=0))[1])
    rows = [
        ({}, "一二三四"),
        ({"q": f"{WORD}三"}, "三"),
        ({"owner": str(owner.pk)}, "一"),
        ({"owner": "nobody"}, "二三四"),
        ({"audience__exact": "sayable"}, "一"),
        ({"where": "fault"}, "一"),
        ({"where": "cause"}, "三"),
        ({"where": "step"}, "四"),
        ({"where": "code"}, "二"),
        ({"where": "term"}, ""),
        ({"about": "fault:40"}, "一三四"),
        ({"status": "draft"}, ""),
    ]
    found = ["".join(note.text[-1] for note in editor.get(LIST, asked).context["cl"].result_list) for asked, _wanted in rows]
    assert found == [wanted for _asked, wanted in rows]

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert str(Fault.objects.get(number=40)) in said(editor, LIST)
        return len(seen)

    few = queries()
    for number in range(20):
        noted(f"{WORD}{number}", f"fault:{40 + number % 2}", owner=owner)
    assert queries() == few


def test_a_table_takes_notes_out_and_brings_new_ones_in_as_drafts(admin_client):
    note = noted(f"{WORD}一", cause=json.loads(place())[0], audience="sayable")
    names, rows = display_names_for_tables(), [{**snapshot(note)}]
    same = plan(read("t.csv", write_csv("note", rows, names)))
    assert [step.outcome for step in same.steps] == [Outcome.SAME]
    rows = [",fault:40,,,可以念,新的一句", ",code:cup:97,写不上,,内部,错的", ",fault:999,,,,没有", "1,,,,,"]
    text = "\n".join(["批注号,写在哪一条,哪个原因,哪一步,给谁看,批注", *rows])
    made = plan(read("t.csv", text.encode()))
    assert [step.outcome for step in made.steps] == [Outcome.NEW, *[Outcome.REFUSED] * 3]
    assert made.steps[0].name == "40号的批注2" and "写在整条上" in made.steps[1].reason and "999" in made.steps[2].reason


def test_withdrawing_an_entry_names_its_notes(signed_in_as):
    noted(WORD)
    page = said(signed_in_as("复核"), reverse("admin:faults_fault_ask", args=[Fault.objects.get(number=40).pk, "archive"]))
    assert "写在它上面" in page and "40号的批注1" in page


def test_who_may_not_write_them_sees_no_list_and_no_internal_note(person, client):
    note, nobody = noted(f"{WORD}内部"), person("")
    client.force_login(nobody)
    assert client.get(LIST).status_code == 403 and WORD not in said(client)
    nobody.user_permissions.add(Permission.objects.get(codename="view_note"))
    assert client.get(LIST).status_code == 200 and WORD in said(client) and "写批注" not in said(client)
    client.post(change(note), {"text": "换了", "about": "fault:40", "audience": "sayable"})
    assert Note.everything.get().text == f"{WORD}内部"


def test_two_who_write_at_the_same_moment_get_two_numbers(signed_in_as, monkeypatch):
    """The form is made with the number that is free then; another note may have taken it when it is saved."""
    number = Note._meta.get_field("number")
    monkeypatch.setattr(number, "default", lambda: 1)
    monkeypatch.setattr(number, "_get_default", lambda: 1)
    noted(WORD)
    assert save(signed_in_as("编辑"), f"{ADD}?about=fault:40", text=WORD).status_code == 302
    assert sorted(Note.everything.values_list("number", flat=True)) == [1, 2]
