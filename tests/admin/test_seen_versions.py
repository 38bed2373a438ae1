"""Nobody decides on words that changed after they were read: each step carries the version that its page showed."""

import pytest
from django.urls import reverse

from faults.editing import publishing
from faults.editing.describe import snapshot
from faults.editing.edits import propose
from faults.models import Action, Change, Fault, Revision
from tests.admin.forms import filled_in, up_to_date

pytestmark = pytest.mark.django_db
READ, MEANWHILE = "读过的标题", "没读过的标题"


@pytest.fixture
def author(person):
    return person("编辑", "小编")


@pytest.fixture
def fault():
    return Fault.objects.get(number=88)


def page(name, *arguments):
    return reverse(f"admin:faults_fault_{name}", args=arguments)


def write(fault, author, title):
    """The author's new title: of what is published a revision, of what isn't at once."""
    propose(Fault.everything.get(pk=fault.pk), snapshot(fault) | {"title": title}, author, Action.CHANGED)


def in_review(fault, author):
    write(fault, author, READ)
    publishing.submit(fault, author)


def returned(fault, author):
    in_review(fault, author)
    publishing.send_back(fault, None, "再想想")


def archived(fault, author):
    publishing.archive(fault, None)


def published(fault, author):
    """As it is."""


STEPS = {  # step → what comes before it, and what history says of it afterwards
    "submit": (returned, Action.SUBMITTED),
    "take_back": (in_review, Action.TAKEN_BACK),
    "send_back": (in_review, Action.RETURNED),
    "publish": (in_review, Action.PUBLISHED),
    "discard": (in_review, Action.DISCARDED),
    "confirm": (published, Action.CONFIRMED),
    "archive": (published, Action.ARCHIVED),
    "reopen": (archived, Action.REOPENED),
    "delete": (archived, Action.DELETED),
}


@pytest.mark.postgresql
@pytest.mark.parametrize("name", STEPS)
def test_a_step_on_an_older_version_is_refused_with_the_difference(signed_in_as, fault, author, name):
    administrator = signed_in_as("管理员")
    prepare, action = STEPS[name]
    prepare(fault, author)
    sent = filled_in(administrator.get(page("review", fault.pk))) | {"why": "因为"}
    write(fault, author, MEANWHILE)
    before = list(Change.objects.of(fault))
    shown = administrator.post(page("step", fault.pk, name), sent, follow=True)
    assert list(Change.objects.of(fault)) == before
    text = shown.content.decode()
    assert "您看过以后，有人改了" in text and "没读" in text and shown.redirect_chain[-1][0].startswith(page("review", fault.pk))
    again = filled_in(shown) | {"why": "因为"}  # it has been read now
    if name in ("confirm", "archive"):  # there is a revision now, which these wait for
        publishing.discard(fault, None)
        again |= up_to_date()
    administrator.post(page("step", fault.pk, name), again)
    assert Change.objects.of(fault)[0].action == action


@pytest.mark.parametrize("action", ["publish", "archive", "confirm"])
def test_several_at_once_leave_out_what_changed_since_the_list_was_shown(signed_in_as, fault, author, action):
    administrator, other = signed_in_as("管理员"), Fault.objects.get(number=40)
    if action == "publish":
        in_review(fault, author)
        in_review(other, author)
    seen = filled_in(administrator.get(page("changelist")))["seen"]
    sent = {"action": action, "_selected_action": [fault.pk, other.pk], "seen": seen}
    if action != "confirm":  # the others ask once
        sent |= filled_in(administrator.post(page("changelist"), sent)) | {"_selected_action": [fault.pk, other.pk]}
    write(fault, author, MEANWHILE)
    before = Change.objects.of(fault).count()
    text = administrator.post(page("changelist"), sent, follow=True).content.decode()
    assert "88号" in text and "您看过以后，有人改了" in text and "1 条已改好" in text
    assert Change.objects.of(fault).count() == before and Change.objects.of(other)[0].made_by_name.startswith("管理员")


def test_an_old_version_is_not_restored_over_words_that_nobody_read(signed_in_as, fault, author):
    administrator = signed_in_as("管理员")
    sent = filled_in(administrator.get(page("history", fault.pk)))
    write(fault, author, MEANWHILE)
    oldest = Change.objects.of(fault).last()
    assert "您看过以后，有人改了" in administrator.post(page("restore", oldest.pk), sent, follow=True).content.decode()
    assert Revision.objects.of(fault).get().row["title"] == MEANWHILE


def test_an_older_list_confirms_and_assigns_nothing_that_changed(signed_in_as, fault, author):
    administrator = signed_in_as("管理员")
    Fault.objects.filter(pk=fault.pk).update(review_due="2020-01-01")
    desk, assigning = filled_in(administrator.get("/admin/")), f"{page('assign')}?ids={fault.pk}"
    form = filled_in(administrator.get(assigning)) | {"review_due": "2027-01-01"}
    write(fault, author, MEANWHILE)
    administrator.post(page("step", fault.pk, "confirm"), desk)
    administrator.post(assigning, form)
    assert str(Fault.objects.get(pk=fault.pk).review_due) == "2020-01-01"


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30, "１２"])
def test_a_page_that_does_not_say_what_it_showed_decides_nothing(signed_in_as, fault, seen):
    signed_in_as("管理员").post(page("step", fault.pk, "archive"), {"seen": seen})
    assert Fault.objects.filter(pk=fault.pk).exists()


def test_who_saves_what_is_submitted_is_told_and_so_is_the_reviewer(signed_in_as, fault, author):
    editor, reviewer = signed_in_as("编辑", "小编二"), signed_in_as("复核")
    in_review(fault, author)
    for address in (page("review", fault.pk), "/admin/"):
        assert "提交以后又改" not in reviewer.get(address).content.decode()
    form = filled_in(editor.get(page("change", fault.pk))) | {"title": MEANWHILE}
    assert "复核的人会看到" in editor.post(page("change", fault.pk), form, follow=True).content.decode()
    review = reviewer.get(page("review", fault.pk)).content.decode()
    assert "提交以后又改了这些" in review and "<ins>没</ins>" in review
    assert "提交以后又改过" in reviewer.get("/admin/").content.decode()


def test_a_merge_waits_until_both_have_been_read_as_they_are(signed_in_as, person):
    administrator, entry, heir = signed_in_as("管理员"), Fault.objects.get(number=88), Fault.objects.get(number=40)
    sent = filled_in(administrator.get(page("merge", entry.pk), {"number": heir.number}))
    publishing.confirm(heir, person("复核"))
    assert "您看过以后，有人改了" in administrator.post(page("merge", entry.pk), sent).content.decode()
    again = filled_in(administrator.get(page("merge", entry.pk), {"number": heir.number}))
    assert administrator.post(page("merge", entry.pk), again).status_code == 302
    assert Fault.everything.get(pk=entry.pk).merged_into == heir


def test_reasons_that_are_not_listed_are_counted(signed_in_as):
    ids = list(Fault.objects.values_list("pk", flat=True)[:22])
    shown = signed_in_as("管理员").post(page("changelist"), {"action": "confirm", "_selected_action": ids}, follow=True).content.decode()
    assert shown.count("您看过以后，有人改了") == 20 and "还有2 条也没改成" in shown
