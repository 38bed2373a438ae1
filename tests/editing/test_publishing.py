"""The gate: which step is possible from which state, for which role, and what each leaves behind."""

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied

from faults.editing import permissions, publishing
from faults.editing.describe import snapshot
from faults.editing.edits import propose, save_edit
from faults.editing.publishing import Refused
from faults.editing.revisions import dry_run
from faults.models import Action, Change, DeskRules, Fault, ReturnCode, Revision, SearchDocument, Status, SynonymGroup, Term
from tests.admin.forms import up_to_date

pytestmark = pytest.mark.django_db
NOBODY, EDITOR, REVIEWER, ADMINISTRATOR = "", "编辑", "复核", "管理员"
NO, DONE = "no", "done"


@pytest.fixture
def live():
    return Fault.objects.get(number=118)


@pytest.fixture
def author(person):
    return person(EDITOR, "作者")


def revised(item, user, **texts):
    return propose(item, snapshot(item) | texts, user, Action.CHANGED)


def state_of(item):
    """What a step found, and what it left: the item's state and that of the work on it."""
    work = Revision.objects.of(item).first()
    return Fault.everything.get(pk=item.pk).status, work and work.state


def in_state(item, state, author):
    """The item with somebody else's work on it, in that state."""
    if state == "live":
        return item
    if state in ("revision", "revision in review"):
        revised(item, author, title="新标题")
    else:
        publishing.archive(item, None)
        if state != "archived":
            publishing.reopen(item, author)
    if state.endswith("in review"):
        publishing.submit(item, author)
    return Fault.everything.get(pk=item.pk)


# step → state → roles that may take it; from every other state it is refused, whoever asks
EVERYBODY, DECIDERS = (EDITOR, REVIEWER, ADMINISTRATOR), (REVIEWER, ADMINISTRATOR)
STEPS = {
    "submit": {"draft": EVERYBODY, "revision": EVERYBODY},
    "take_back": {"draft in review": EVERYBODY, "revision in review": EVERYBODY},
    "send_back": {"draft in review": DECIDERS, "revision in review": DECIDERS},
    "publish": dict.fromkeys(["draft", "draft in review", "revision", "revision in review", "archived"], DECIDERS),
    "archive": dict.fromkeys(["live", "draft", "draft in review"], DECIDERS),
    "reopen": {"archived": EVERYBODY},
    "discard": dict.fromkeys(["revision", "revision in review"], DECIDERS),
    "confirm": {"live": DECIDERS},
    "delete": dict.fromkeys(["draft", "draft in review", "archived"], (ADMINISTRATOR,)),
}
STATES = ["live", "draft", "draft in review", "revision", "revision in review", "archived"]
ROLES = [NOBODY, EDITOR, REVIEWER, ADMINISTRATOR]


def test_every_role_against_every_step_in_every_state(live, author, person):
    """216 tries, each undone; a state is reached once for all of them."""
    people = {role: person(role) for role in ROLES}
    wrong = []
    for state in STATES:
        with dry_run():
            in_state(live, state, author)
            for step, (role, user) in product(STEPS, people.items()):
                with dry_run():
                    item = Fault.everything.get(pk=live.pk)
                    if not is_taken_or_refused_wholly(step, item, user, role in STEPS[step].get(state, ())):
                        wrong.append((step, state, role))
    assert not wrong


def is_taken_or_refused_wholly(step, item, user, is_allowed) -> bool:
    """Whether who may take the step takes it, in one change, and nothing of it is done for who may not."""
    before, changes = (snapshot(item), state_of(item)), Change.objects.count()
    try:
        getattr(publishing, step)(item, user, "因为")
    except (PermissionDenied, Refused):
        item = Fault.everything.get(pk=item.pk)
        return not is_allowed and (snapshot(item), state_of(item)) == before and Change.objects.count() == changes
    return is_allowed and Change.objects.count() == changes + 1


@pytest.mark.postgresql
def test_readers_keep_the_live_text_until_it_is_approved(client, live, author, person):
    revised(live, author, title="紫霄殿打不开")
    publishing.submit(live, author)
    assert "紫霄殿" not in client.get("/f/118/").content.decode()
    assert not SearchDocument.objects.filter(title__contains="紫霄").exists()
    publishing.publish(live, person(REVIEWER))
    assert "紫霄殿打不开" in client.get("/f/118/").content.decode()
    assert "/f/118/" in client.get("/search/?q=紫霄殿打不开").content.decode()
    assert state_of(live) == (Status.PUBLISHED, None)


@pytest.mark.postgresql
def test_nobody_approves_their_own_words_without_the_right_to(live, person):
    reviewer = person(REVIEWER)
    revised(live, reviewer, title="新标题")
    with pytest.raises(PermissionDenied, match="别人复核"):
        publishing.publish(live, reviewer)
    with pytest.raises(PermissionDenied):
        publishing.publish(live, person(EDITOR))
    publishing.publish(live, person(REVIEWER, "另一位"))
    assert Fault.objects.get(pk=live.pk).title == "新标题"


@pytest.mark.postgresql
def test_one_word_of_ones_own_among_anothers_counts(live, author, person):
    reviewer = person(REVIEWER)
    revised(live, author, title="新标题")
    revised(live, reviewer, symptom="新现象。")
    with pytest.raises(PermissionDenied):
        publishing.publish(live, reviewer)
    publishing.publish(live, person(ADMINISTRATOR))


@pytest.mark.postgresql
def test_publishing_counts_as_a_review_with_a_date_by_risk(live, author, person):
    reviewer = person(REVIEWER)
    revised(live, author, warning="先查清，不重刷。")
    publishing.publish(live, reviewer)
    live = Fault.objects.get(pk=live.pk)
    assert live.reviewed_by == reviewer and (live.review_due - live.reviewed_on).days == 90
    revised(live, author, warning="")
    publishing.publish(live, reviewer)
    live = Fault.objects.get(pk=live.pk)
    assert (live.review_due - live.reviewed_on).days == 180


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ({"screen_texts": ["交易超时"], "warning": ""}, "红线提醒"),
        ({"warning": "", "reply": "您好，请再刷一次。"}, "叫人再刷"),
        ({"symptom": "卡号6222021234567890报错。"}, "卡号"),
    ],
)
def test_a_red_line_stops_publication_and_nothing_is_changed(live, author, person, texts, sentence):
    revised(live, author, **texts)
    before = snapshot(live)
    with pytest.raises(Refused, match=sentence):
        publishing.publish(live, person(REVIEWER))
    assert snapshot(live) == before and state_of(live) == (Status.PUBLISHED, Status.DRAFT)


@pytest.mark.postgresql
def test_a_submission_is_returned_with_a_note_for_its_author(live, author, person):
    revised(live, author, title="新标题")
    publishing.submit(live, author)
    with pytest.raises(Refused, match="写明原因"):
        publishing.send_back(live, person(REVIEWER), " ")
    publishing.send_back(live, person(REVIEWER, "另一位"), "标题太短，卡号6222021234567890也别写")
    work = Revision.objects.returned().get(author=author)
    assert work.note.startswith("标题太短") and "6222021234567890" not in work.note and work.row["title"] == "新标题"
    publishing.submit(live, author)
    assert not Revision.objects.returned().exists()


@pytest.mark.postgresql
def test_a_cause_that_is_only_reworded_keeps_its_row(live, author, person):
    causes = [cause.pk for cause in live.causes.all()]
    row = snapshot(live)
    row["causes"] = [row["causes"][1] | {"check": row["causes"][1]["check"] + "再看一遍。"}, row["causes"][0], *row["causes"][2:]]
    propose(live, row, author, Action.CHANGED)
    publishing.publish(live, person(REVIEWER))
    assert [cause.pk for cause in live.causes.all()] == [causes[1], causes[0], *causes[2:]]
    assert snapshot(Fault.objects.get(pk=live.pk))["causes"] == row["causes"]


@pytest.mark.postgresql
def test_a_text_that_says_the_same_leaves_no_trace(live, author):
    changes = Change.objects.count()
    revised(live, author)
    assert Change.objects.count() == changes and not Revision.objects.exists()


@pytest.mark.postgresql
def test_words_are_live_on_save_unless_the_administrator_wants_them_reviewed(author, client):
    group = SynonymGroup.objects.first()
    propose(group, snapshot(group) | {"words": ["不出票", "紫霄殿没动静"]}, author, Action.CHANGED)
    assert "紫霄殿没动静" in SynonymGroup.objects.get(pk=group.pk).words
    DeskRules.objects.update(review_words=True)
    propose(group, snapshot(group) | {"words": ["不出票", "别的"]}, author, Action.CHANGED)
    assert "别的" not in SynonymGroup.objects.get(pk=group.pk).words and Revision.objects.of(group).exists()


@pytest.mark.postgresql
@pytest.mark.parametrize(("kind", "model", "field"), [("code", ReturnCode, "meaning"), ("term", Term, "definition")])
def test_codes_and_terms_wait_for_review_unless_the_administrator_says_not(author, kind, model, field):
    item = model.objects.first()
    save_edit(kind, snapshot(item) | {field: "紫霄殿。"}, author, Action.CHANGED, item=item)
    assert getattr(model.objects.get(pk=item.pk), field) != "紫霄殿。"
    Revision.objects.all().delete()
    DeskRules.objects.update(review_codes=False, review_terms=False)
    save_edit(kind, snapshot(item) | {field: "紫霄殿。"}, author, Action.CHANGED, item=item)
    assert getattr(model.objects.get(pk=item.pk), field) == "紫霄殿。"


@pytest.mark.postgresql
def test_the_row_of_rules_is_one():
    assert DeskRules.current().reviewed_kinds() == {"fault", "elsewhere", "code", "term"}


@pytest.mark.postgresql
def test_what_was_deleted_keeps_its_history_and_its_number(draft, person):
    publishing.delete(draft, person(ADMINISTRATOR), "重复了")
    last = Change.objects.filter(kind="fault").latest("pk")
    assert (last.action, last.why, last.row["title"]) == (Action.DELETED, "重复了", "紫霄殿打不开")
    assert not SearchDocument.objects.filter(title__contains="紫霄").exists()
    assert Fault(title="x").number == 901


@pytest.mark.postgresql
def test_a_step_of_a_wrong_role_through_every_door_is_a_sentence_not_a_change(live, signed_in_as):
    for role in (NOBODY, EDITOR):
        client = signed_in_as(role)
        answer = client.post(f"/admin/faults/fault/{live.pk}/step/archive/", up_to_date(), follow=True)
        assert answer.status_code in (200, 403)
        client.post("/admin/faults/fault/", up_to_date(confirmed="yes", action="archive", _selected_action=[live.pk]))
        assert Fault.objects.filter(pk=live.pk).exists()


def test_who_mends_what_another_submitted_is_not_its_author(live, author, person):
    """The author's own list keeps it, and with one reviewer it still comes before readers."""
    reviewer, colleague = person(REVIEWER), person(EDITOR, "同事")
    revised(live, author, title="新标题")
    publishing.submit(live, author)
    revised(live, reviewer, title="新标题", symptom="改了一个逗号，")
    revised(live, colleague, title="新标题", symptom="改了两个逗号，，")
    work = Revision.objects.of(live).get()
    assert (work.author, work.changed_by, work.state) == (author, colleague, Status.REVIEW)
    publishing.publish(live, reviewer)
    assert Fault.objects.get(pk=live.pk).title == "新标题"


AUTHOR, OTHER = "author", "other"
WROTE = {  # what the two did, in order → who has written, and so needs another's eyes
    "author writes and submits, other mends": (["author writes", "submit", "other writes"], {AUTHOR}),
    "other mends, and it is returned and submitted again": (["author writes", "submit", "other writes", "send_back", "submit"], {AUTHOR}),
    "other writes once it is returned": (["author writes", "submit", "send_back", "other writes", "submit"], {AUTHOR, OTHER}),
    "other writes once it is taken back": (["author writes", "submit", "take_back", "other writes"], {AUTHOR, OTHER}),
    "other writes before it is submitted": (["author writes", "other writes", "submit"], {AUTHOR, OTHER}),
    "author mends what was submitted": (["author writes", "submit", "author writes"], {AUTHOR}),
    "other begins anew after it was discarded": (["author writes", "discard", "other writes"], {OTHER}),
}


def test_who_counts_as_having_written(live, author, person):
    people, found = {AUTHOR: author, OTHER: person(EDITOR, "同事")}, {}
    for name, (deeds, _who) in WROTE.items():
        with dry_run():
            for number, deed in enumerate(deeds):
                who, _, what = deed.partition(" ")
                if what:
                    revised(live, people[who], title=f"新标题{number}")
                else:
                    getattr(publishing, deed)(live, None, "因为")
            found[name] = (deeds, {who for who, user in people.items() if permissions.has_written(user, live)})
    assert found == WROTE
