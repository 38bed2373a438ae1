"""Merging entries in the admin: one into another, never into itself, and nothing else of the entry changes by it."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.urls import reverse

from faults.editing.describe import snapshot
from faults.editing.edits import propose
from faults.editing.history import newest_change
from faults.editing.merging import merge
from faults.editing.publishing import Refused
from faults.models import Action, Category, Change, Fault, RelatedFault, Status, Wording
from faults.search import index
from tests.admin.forms import filled_in, up_to_date

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    """Three entries; the third went into the second and that into the first."""
    category, entries = Category.objects.first(), [None]
    for number in (900, 901, 902):
        entries.append(Fault.everything.create(number=number, title="x", category=category, merged_into=entries[-1]))
    return entries[1:]


@pytest.fixture
def twin():
    """An entry that says what 40 says, in words of its own."""
    twin = Fault.everything.create(number=903, title="单子打不出", category=Category.objects.first(), status=Status.PUBLISHED)
    twin.aliases.create(text="紫霄殿不出纸")
    RelatedFault.objects.create(fault=Fault.objects.get(number=118), other=twin)
    index.refresh([twin])
    return twin


@pytest.mark.postgresql
def test_merging_keeps_numbers_links_and_callers_words(admin_client, client, twin):
    heir = Fault.objects.get(number=40)
    causes = [cause.pk for cause in heir.causes.all()]
    url = reverse("admin:faults_fault_merge", args=[twin.pk])
    assert "紫霄殿不出纸" in admin_client.get(url, {"number": "40"}).content.decode()
    assert admin_client.post(url, up_to_date(number="40")).status_code == 302
    assert client.get("/903", follow=True).redirect_chain[-1] == ("/f/40/", 301)
    assert "/f/40/" in client.get("/search/?q=903号").content.decode()
    assert {"紫霄殿不出纸", "单子打不出"} <= {alias.text for alias in heir.aliases.all()}
    assert [cause.pk for cause in heir.causes.all()] == causes
    assert Fault.objects.get(number=118).links.filter(other=heir).exists()
    assert "/f/40/" in client.get("/search/?q=紫霄殿不出纸").content.decode()
    assert [change.action for change in Change.objects.of(heir)][0] == Action.MERGED


@pytest.mark.postgresql
@pytest.mark.parametrize("has_list", [True, False], ids=["the heir has some", "the heir has none"])
def test_merging_takes_the_wordings_along(admin_client, client, twin, has_list):
    Wording.everything.create(name="fault:903", words="紫霄单子不走\n不打单", status=Status.PUBLISHED)
    own = ["不打单", "紫霄没纸"] if has_list else []
    Wording.everything.filter(name="fault:40").delete()
    if has_list:
        Wording.everything.create(name="fault:40", words="\n".join(own), status=Status.PUBLISHED)
    url = reverse("admin:faults_fault_merge", args=[twin.pk])
    assert "<ins>紫霄单子不走</ins>" in admin_client.get(url, {"number": "40"}).content.decode()
    admin_client.post(url, up_to_date(number="40"))
    old, heirs = (Wording.everything.get(name=name) for name in ("fault:903", "fault:40"))
    assert heirs.word_list == [*own, *(word for word in old.word_list if word not in own)] and heirs.status == Status.PUBLISHED
    assert old.status == Status.ARCHIVED
    assert {Change.objects.of(one).first().action for one in (old, heirs)} == {Action.MERGED}
    assert "/f/40/" in client.get("/search/?q=紫霄单子不走").content.decode()


def test_wordings_that_are_not_published_yet_stop_a_merge(admin_client, twin):
    Wording.everything.create(name="fault:903", words="紫霄单子不走", status=Status.DRAFT)
    page = admin_client.post(reverse("admin:faults_fault_merge", args=[twin.pk]), up_to_date(number="40"), follow=True).content.decode()
    assert "903号的说法还没有发布" in page and Fault.objects.filter(pk=twin.pk).exists()


@pytest.mark.parametrize(
    ("number", "sentence"), [("903", "不能并入它自己"), ("900", "只能并入已发布的"), ("555", "没有这个编号"), ("x", "整数")]
)
def test_a_merge_that_can_not_be_is_refused_with_a_sentence(admin_client, chain, twin, number, sentence):
    response = admin_client.post(reverse("admin:faults_fault_merge", args=[twin.pk]), up_to_date(number=number), follow=True)
    assert sentence in response.content.decode()
    twin.refresh_from_db()
    assert twin.status == Status.PUBLISHED and twin.merged_into is None


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ("", "还没有选条目"),
        ("x", "没有这个选项"),
        ("9" * 30, "没有这个选项"),
        ("-1", "没有这个选项"),
    ],
    ids=["nothing", "a word", "too large", "negative"],
)
def test_what_is_chosen_and_is_no_entry_is_refused_with_a_sentence(admin_client, twin, chosen, sentence):
    for answer in (
        getattr(admin_client, how)(reverse("admin:faults_fault_merge", args=[twin.pk]), {"entry": chosen}) for how in ("get", "post")
    ):
        assert answer.status_code == 200 and sentence in answer.content.decode().split('role="alert"')[1].split("</div>")[0]


def test_an_entry_is_merged_into_the_one_that_was_chosen(admin_client, twin):
    url, heir = reverse("admin:faults_fault_merge", args=[twin.pk]), Fault.objects.get(number=40)
    form = filled_in(admin_client.get(url, {"entry": heir.pk}))
    assert form["entry"] == str(heir.pk)
    assert admin_client.post(url, form).status_code == 302
    twin.refresh_from_db()
    assert twin.merged_into == heir


def test_a_pending_revision_stops_a_merge(admin_user, twin):
    propose(twin, snapshot(twin) | {"title": "改了"}, admin_user, Action.CHANGED)
    with pytest.raises(Refused, match="没发布的修改"):
        merge(twin, Fault.objects.get(number=40), admin_user, newest_change())


@pytest.mark.parametrize("target", [0, 1, 2], ids=["itself", "what came into it", "what came into that"])
def test_a_circle_is_refused_with_a_sentence(chain, target):
    chain[0].merged_into = chain[target]
    with pytest.raises(ValidationError, match="绕一圈"):
        chain[0].clean()


def test_another_entry_is_let_pass(chain):
    chain[0].merged_into = Fault.objects.get(number=40)
    chain[0].clean()


def test_an_entry_that_others_went_into_cannot_be_deleted(chain):
    with pytest.raises(ProtectedError):
        chain[0].delete()
