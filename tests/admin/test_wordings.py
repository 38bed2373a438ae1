"""What callers say, in the admin: a list for an entry, a code or a term, that its editor finds, names once, and never loses."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faults.editing import publishing
from faults.models import Action, Change, DeskRules, Fault, ReturnCode, Revision, Status, Term, Wording
from tests.admin.forms import filled_in, up_to_date
from tests.usage.rows import searched

pytestmark = pytest.mark.django_db
LIST, ADD = reverse("admin:faults_wording_changelist"), reverse("admin:faults_wording_add")


def change(wording):
    return reverse("admin:faults_wording_change", args=[wording.pk])


def of(name):
    return Wording.everything.get(name=name)


def listed(client, **query):
    return [wording.name for wording in client.get(LIST, query).context["cl"].result_list]


def save(client, address, **changes):
    return client.post(address, filled_in(client.get(address)) | changes)


@pytest.mark.postgresql
def test_the_list_says_of_what_each_is_in_as_many_queries_for_one_as_for_fifty(signed_in_as):
    editor = signed_in_as("编辑")

    def asked(**query):
        with CaptureQueriesContext(connection) as seen:
            page = editor.get(LIST, query).content.decode()
        return len(seen), page

    asked()
    (many, _page), (one, page) = asked(), asked(q="40", of="fault")
    assert many == one
    assert str(Fault.objects.get(number=40)) in page and f">{len(of('fault:40').word_list)}<" in page and "已发布" in page


@pytest.mark.postgresql
def test_a_list_is_found_by_its_number_its_code_and_its_words(signed_in_as):
    editor = signed_in_as("编辑")
    Wording.everything.create(name="term:签到", words="紫霄打卡\n40", status=Status.PUBLISHED)
    assert set(listed(editor, q="40")[:2]) == {"fault:40", "code:cup:40"} and "term:签到" in listed(editor, q="40")[2:]
    assert listed(editor, q="40号", of="fault") == ["fault:40"]
    assert listed(editor, q="a7")[0] == "code:cup:A7"
    assert listed(editor, q="紫霄") == ["term:签到"] and all(name.startswith("term:") for name in listed(editor, of="term"))
    assert listed(editor, q="没有这样的话") == []


def test_the_form_leads_to_its_item_and_its_name_stays(signed_in_as):
    editor, wording = signed_in_as("编辑"), of("fault:40")
    page = editor.get(change(wording)).content.decode()
    fault = Fault.objects.get(number=40)
    assert f'<a class="desk-link" href="{reverse("admin:faults_fault_change", args=[fault.pk])}">{fault}</a>' in page
    assert save(editor, change(wording), name="fault:41", words="紫霄不吐纸").status_code == 302
    wording.refresh_from_db()
    assert (wording.name, wording.words) == ("fault:40", "紫霄不吐纸")


@pytest.mark.postgresql
def test_a_new_list_is_searched_by_at_once_and_shown_to_nobody(signed_in_as, client):
    editor, term = signed_in_as("编辑"), Term.objects.first()
    offered = editor.get(reverse("item_choices"), {"term": term.name}).json()["results"]
    assert {"id": f"term:{term.name}", "text": str(term)} in offered
    save(editor, ADD, name=f"term:{term.name}", words="紫霄殿打卡\n紫霄殿打卡\n紫霄殿报到")
    assert of(f"term:{term.name}").words == "紫霄殿打卡\n紫霄殿报到" and of(f"term:{term.name}").status == Status.PUBLISHED
    assert term.name in client.get("/search/?q=紫霄殿打卡").content.decode()
    assert "紫霄殿" not in client.get("/terms/").content.decode()


@pytest.mark.parametrize(
    ("query", "first"),
    [("40号", "fault:40"), ("不出票", "fault:40"), ("97", "code:cup:97"), ("", None)],
    ids=["number", "words", "code", "empty"],
)
def test_what_is_typed_offers_entries_codes_and_terms(signed_in_as, query, first):
    offered = signed_in_as("编辑").get(reverse("item_choices"), {"term": query}).json()["results"]
    assert first in [one["id"] for one in offered[:3]] if first else not offered


def test_a_code_is_offered_in_all_its_tables(signed_in_as):
    offered = signed_in_as("编辑").get(reverse("item_choices"), {"term": "51"}).json()["results"]
    rows = ReturnCode.everything.filter(code="51")
    assert {f"code:{row.scheme_id}:51" for row in rows} <= {one["id"] for one in offered} and len(rows) > 1


def test_a_choice_says_what_readers_do_not_see(signed_in_as, draft):
    offered = signed_in_as("编辑").get(reverse("item_choices"), {"term": draft.title}).json()["results"]
    assert offered[0] == {"id": "fault:900", "text": f"{draft}（草稿）"}


REFUSED = [
    "",
    "fault:999",
    "fault:040",
    "fault:²",
    "fault:" + "9" * 40,
    "code:97",
    "code:nobody:97",
    "term:",
    "源:1",
    "x" * 61,
    "a\0b",
    "<b>",
]


def test_a_name_that_is_nothing_of_ours_is_refused_and_nothing_is_lost(signed_in_as):
    editor, before = signed_in_as("编辑"), Wording.everything.count()
    found = {name: save(editor, ADD, name=name, words="紫霄殿") for name in REFUSED}
    assert not [name for name, page in found.items() if page.status_code != 200 or 'id="mistakes"' not in page.content.decode()]
    assert all(filled_in(page)["words"] == "紫霄殿" for page in found.values()) and Wording.everything.count() == before
    assert "没有这样的条目、返回码或术语" in found["fault:999"].content.decode()


def test_a_card_number_among_the_words_is_refused(signed_in_as):
    page = save(signed_in_as("编辑"), change(of("fault:40")), words="不出票\n卡号6222021234567890123").content.decode()
    assert "卡号不能存进知识库" in page and "6222" not in of("fault:40").words


@pytest.mark.postgresql
def test_what_has_its_list_already_leads_to_it_with_what_was_typed_and_saves_only_when_seen(signed_in_as):
    editor, wording = signed_in_as("编辑"), of("fault:40")
    shown = save(editor, ADD, name="fault:40", words=f"紫霄不吐纸\n{wording.word_list[0]}", why="来电说的")
    form = filled_in(shown)
    assert form["words"] == f"{wording.words}\n紫霄不吐纸" and form["_item"] == str(wording.pk)
    assert "还没有保存" in shown.content.decode() and 'value="来电说的"' in shown.content.decode() and "紫霄" not in of("fault:40").words
    assert editor.post(ADD, form).url == change(wording)
    assert of("fault:40").words == form["words"]


def test_a_link_to_a_new_list_of_what_has_one_leads_to_that(signed_in_as):
    editor, wording = signed_in_as("编辑"), of("code:cup:97")
    shown = editor.get(ADD, {"name": "code:cup:97", "words": "紫霄没登记", "from_search": "x"}, follow=True)
    assert shown.redirect_chain[-1][0].startswith(change(wording))
    assert filled_in(shown)["words"] == f"{wording.words}\n紫霄没登记" and "紫霄" not in of("code:cup:97").words


def test_entries_codes_and_terms_say_how_many_and_lead_there(signed_in_as):
    editor, term = signed_in_as("编辑"), Term.objects.first()
    for item, name in ((Fault.objects.get(number=40), "fault:40"), (ReturnCode.objects.get(scheme="cup", code="97"), "code:cup:97")):
        page = editor.get(reverse(f"admin:faults_{item._meta.model_name}_change", args=[item.pk])).content.decode()
        assert f'<a href="{change(of(name))}">说法（{len(of(name).word_list)}）</a>' in page
    page = editor.get(reverse("admin:faults_term_change", args=[term.pk])).content.decode()
    address = page.split(">说法（0）<")[0].rpartition('href="')[2].rstrip('"')
    assert filled_in(editor.get(address))["name"] == f"term:{term.name}"


@pytest.mark.postgresql
def test_words_wait_for_a_reviewer_where_the_rules_say_so(signed_in_as):
    DeskRules.objects.update_or_create(pk=1, defaults={"review_words": True})
    editor, wording = signed_in_as("编辑"), of("fault:40")
    save(editor, change(wording), words=f"{wording.words}\n紫霄不吐纸", _submit="")
    assert "紫霄" not in of("fault:40").words and Revision.objects.of(wording).get().state == Status.REVIEW
    assert "紫霄不吐纸" in filled_in(editor.get(change(wording)))["words"]
    step = reverse("admin:faults_wording_step", args=[wording.pk, "publish"])
    signed_in_as("复核").post(step, up_to_date())
    assert "紫霄不吐纸" in of("fault:40").words


@pytest.mark.postgresql
def test_wordings_of_what_was_deleted_are_shown_and_wait_until_it_is_back(signed_in_as, editor):
    """No page breaks, a save says why it can't be, and archiving works."""
    fault, wording, manager = Fault.objects.get(number=40), of("fault:40"), signed_in_as("管理员")
    publishing.archive(fault, editor)
    publishing.delete(fault, editor)
    assert "fault:40（没有这一条了）" in manager.get(LIST, {"q": "40"}).content.decode()
    refused = save(manager, change(wording), words="紫霄不吐纸")
    assert refused.status_code == 200 and "它说的那一条已经没有了" in refused.content.decode()
    for page in ("history", "review"):
        assert manager.get(reverse(f"admin:faults_wording_{page}", args=[wording.pk])).status_code == 200
    manager.post(reverse("admin:faults_wording_step", args=[wording.pk, "archive"]), up_to_date())
    assert of("fault:40").status == Status.ARCHIVED


def test_withdrawing_names_the_wordings(signed_in_as):
    reviewer, term = signed_in_as("复核"), Term.objects.first()
    Wording.everything.create(name=f"term:{term.name}", words="紫霄", status=Status.PUBLISHED)
    for item, name in (
        (Fault.objects.get(number=40), "fault:40"),
        (ReturnCode.objects.get(scheme="cup", code="97"), "code:cup:97"),
        (term, f"term:{term.name}"),
    ):
        page = reviewer.post(reverse(f"admin:faults_{item._meta.model_name}_ask", args=[item.pk, "archive"]))
        assert of(name) in [one.source for one in page.context["references"]]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("fault:40", "40号的说法"),
        ("code:cup:97", "cup的码97的说法"),
        ("term:签到", "“签到”的说法"),
        ("code:x", "“x”的说法"),
        ("x", "“x”的说法"),
    ],
)
def test_a_list_is_called_by_what_it_is_of(name, said):
    assert str(Wording(name=name)) == said


SEARCH = {"text": "紫霄不吐纸", "from_search": "紫霄不吐纸"}


@pytest.mark.postgresql
def test_a_failed_search_becomes_a_wording_once_its_form_is_saved(signed_in_as, client):
    editor, wording = signed_in_as("编辑"), of("fault:40")
    searched("紫霄不吐纸")
    page = editor.get(reverse("usage_wording"), {"text": "不出票", "from_search": "紫霄不吐纸"}).content.decode()
    assert f"{ADD}?name=fault%3A40&amp;words=%E4%B8%8D%E5%87%BA%E7%A5%A8&amp;from_search=" in page
    address = editor.get(ADD, {"name": "fault:40", "words": "紫霄不吐纸", "from_search": "紫霄不吐纸"}).url
    assert "紫霄不吐纸" in editor.get(reverse("usage_list", args=["nothing"])).content.decode()
    assert save(editor, address).status_code == 302
    assert of("fault:40").word_list == [*wording.word_list, "紫霄不吐纸"]
    assert "紫霄不吐纸" not in editor.get(reverse("usage_list", args=["nothing"])).content.decode()
    assert "/f/40/" in client.get("/search/?q=紫霄不吐纸").content.decode()
    assert Change.objects.of(wording).first().action == Action.CHANGED


def test_another_item_than_those_found_is_chosen_by_typing(signed_in_as):
    page = signed_in_as("编辑").get(reverse("usage_wording"), SEARCH)
    assert filled_in(page) | {"name": "", "words": SEARCH["text"], "from_search": SEARCH["from_search"]} == filled_in(page)
    assert f'action="{ADD}"' in page.content.decode()


def test_no_card_number_goes_on_from_a_search(signed_in_as):
    page = signed_in_as("编辑").get(reverse("usage_wording"), {"text": "卡号6222021234567890123刷不出"}).content.decode()
    assert "6222" not in page and "卡号 刷不出" in page
