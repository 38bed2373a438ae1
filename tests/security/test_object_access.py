"""Whose is it: drafts and other people's things by number, accounts by name, fields that no form offers, rights that nobody gave."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from faults.models import Category, Cause, Change, Fault, Flag, Judgment, ReturnCode, Status, Upload, Vote
from faults.search import index
from tests.admin.forms import filled_in

pytestmark = pytest.mark.django_db
PHRASE = "a long enough phrase"
FEEDS = [
    "/feed.atom",
    "/sitemap.xml",
    "/offline.json",
    "/offline/",
    "/opensearch.xml",
    "/search/suggestions/?q=紫霄",
    "/f/",
    "/terms/",
    "/",
]


def answered(client, path, number="", *, post=None) -> tuple[int, str]:
    """Status and body of the path with the number in it, without that number and what is drawn by lot (tokens, ids of requests)."""
    path = path.format(number)
    answer = client.get(path) if post is None else client.post(path, post)
    body = answer.content.decode().replace(str(number or "\0"), "").replace(answer.get("X-Request-ID", "\0"), "")
    return answer.status_code, re.sub(r'value="\w{64}"|nonce="[^"]*"|\b[0-9a-f-]{8,40}\b', "", body)


@pytest.fixture(params=[Status.DRAFT, Status.REVIEW, Status.ARCHIVED])
def hidden(request, draft):
    Fault.everything.filter(pk=draft.pk).update(status=request.param)
    Cause.objects.create(fault=draft, title="紫霄殿", check_text="紫霄殿")
    index.refresh([Fault.everything.get(pk=draft.pk)])
    return draft


@pytest.mark.parametrize("path", ["/f/{}/", "/f/{}/flag/", "/say/helpful/{}/", "/{}", "/search/?q={}", "/search/suggestions/?q={}"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_hidden_answers_as_what_never_was(client, hidden, path, method):
    """Otherwise counting up numbers would say what is being written."""
    post = {"words": "有误有误", "answer": "yes"} if method == "post" else None
    was, never = (answered(client, path, number, post=post) for number in (900, 901))
    assert was == never


def test_a_hidden_entrys_cause_answers_as_none(client, hidden):
    cause = Cause.objects.get(fault=hidden).pk
    was, never = (answered(client, "/say/solved/{}/", pk, post={}) for pk in (cause, 10**9))
    assert was == never and was[0] == 404


@pytest.mark.parametrize("path", FEEDS)
def test_nothing_of_it_is_in_what_machines_read(client, hidden, path):
    shown = client.get(path).content.decode()
    assert "紫霄殿" not in shown and "/f/900/" not in shown


def test_what_was_merged_into_something_hidden_does_not_lead_there(client, hidden):
    Fault.everything.create(number=902, title="并入的", category=Category.objects.first(), status=Status.ARCHIVED, merged_into=hidden)
    assert client.get("/f/902/").status_code == 404


def test_an_account_without_a_role_reads_what_the_public_reads(signed_in_as, hidden):
    nobody = signed_in_as("")
    assert nobody.get("/f/900/").status_code == 404 and nobody.get("/f/900/flag/").status_code == 404
    for path in ("/admin/", "/admin/search/?s=紫霄", "/search/?q=紫霄", "/search/suggestions/?q=紫霄"):
        assert "紫霄殿" not in nobody.get(path).content.decode()


def test_the_work_list_tells_nobody_of_anything(signed_in_as, person, hidden):
    """A list of what happened is read by who may read what it happened to, and by nobody else (the class of CVE-2026-28506)."""
    Flag.objects.create(fault=Fault.objects.get(number=40), version=1, words="紫霄殿有误")
    Change.objects.filter(item_id=hidden.pk, kind="fault").update(name="紫霄殿")
    shown = signed_in_as("").get("/admin/").content.decode()
    assert "紫霄殿" not in shown and "40号" not in shown


def test_anothers_table_answers_as_none(signed_in_as, person):
    upload = Upload.objects.create(pk=987_654, name="紫霄殿.csv", data="编号,标题\n118,换了标题\n".encode(), made_by=person("编辑", "别人"))
    for role in ("编辑", "复核", "管理员"):
        client = signed_in_as(role, f"{role}二")
        for post in (None, {"fingerprint": "x"}):
            was, never = (answered(client, "/admin/desk/transfer/{}/", pk, post=post) for pk in (upload.pk, 10**9))
            assert was == never and was[0] == 404


def test_a_version_of_one_item_is_not_shown_or_restored_as_anothers(signed_in_as):
    editor, one, other = signed_in_as("编辑"), Fault.objects.get(number=40), Fault.objects.get(number=118)
    change = Change.objects.of(other).first().pk
    assert editor.get(f"{reverse('admin:faults_fault_compare', args=[one.pk])}?from={change}").status_code == 404
    code = Change.objects.of(ReturnCode.objects.first()).first().pk
    assert editor.post(reverse("admin:faults_fault_restore", args=[code])).status_code == 404


def test_a_list_can_not_be_restored_by_anybody(admin_client):
    """It answered with an error once, before it asked who asks."""
    change = Change.objects.create(kind="category", item_id=Category.objects.first().pk, name="x", action="changed", row={})
    assert admin_client.post(reverse("admin:faults_category_restore", args=[change.pk])).status_code == 403


def test_signing_in_does_not_say_which_names_there_are(person):
    """A wrong password, no such name, an account without staff, one that is closed: one answer."""
    person("编辑", "在的")
    User.objects.create_user("无职", password=PHRASE)
    User.objects.create_user("停用", password=PHRASE, is_staff=True, is_active=False)
    tried = [("在的", "wrong"), ("没有的", "wrong"), ("无职", PHRASE), ("停用", PHRASE), ("停用", "wrong")]
    answers = set()
    for place, (name, password) in enumerate(tried):
        sent = {"username": name, "password": password}
        status, body = answered(Client(REMOTE_ADDR=f"192.0.2.{place + 1}"), "/admin/login/", post=sent)
        answers.add((status, body.replace(name, "")))
    assert len(answers) == 1


def test_fields_that_a_readers_form_does_not_have_are_nobodys(client):
    more = {
        "closed_at": "2026-01-01",
        "fault": "5",
        "version": "999999",
        "made_at": "2000-01-01",
        "id": "77",
        "visitor": "f" * 32,
        "status": "x",
    }
    client.post("/f/40/flag/", more | {"words": "有误有误"})
    client.post("/say/helpful/40/", more | {"answer": "no", "words": "不行"})
    flag, vote = Flag.objects.get(words="有误有误"), Vote.objects.get()
    assert (flag.fault.number, flag.closed_at) == (40, None) and flag.version != 999999 and flag.made_at.year > 2000
    assert vote.fault.number == 40 and vote.visitor != "f" * 32 and vote.made_at.year > 2000 and vote.version != 999999


def test_fields_that_an_editors_form_does_not_have_are_not_taken(signed_in_as, person):
    editor, other = signed_in_as("编辑"), person("复核", "复核人")
    more = {"status": "published", "owner": other.pk, "reviewed_by": other.pk, "reviewed_on": "2026-01-01", "merged_into": "1"}
    more |= {"review_due": "2099-01-01", "made_by": other.pk, "is_superuser": "on", "category": "1", "environments": ["1"]}
    url = reverse("admin:faults_fault_add")
    editor.post(url, filled_in(editor.get(url)) | more | {"title": "紫霄殿", "_publish": ""})
    made = Fault.everything.get(title="紫霄殿")
    assert (made.status, made.owner, made.reviewed_by, made.merged_into) == (Status.DRAFT, None, None, None)
    assert str(made.review_due) != "2099-01-01" and Change.objects.of(made).first().made_by.username == "编辑一"


def test_a_judgment_and_a_table_are_of_whoever_sent_them(signed_in_as, person):
    editor, other = signed_in_as("编辑"), person("复核", "复核人")
    editor.post(
        reverse("admin:faults_judgment_add"), {"query": "不出票", "code": "97", "made_by": other.pk, "rank": "1", "held_at": "2000-01-01"}
    )
    one = Judgment.objects.get()
    assert one.made_by.username == "编辑一" and (one.held_at is None or one.held_at.year > 2000)
    file = SimpleUploadedFile("t.csv", "编号,标题\n118,换了标题\n".encode())
    editor.post(reverse("transfer"), {"file": file, "made_by": other.pk, "name": "evil", "data": "x"})
    assert (Upload.objects.get().made_by.username, Upload.objects.get().name) == ("编辑一", "t.csv")


def test_nobody_makes_themselves_more_than_they_are(signed_in_as):
    for role in ("", "编辑", "复核", "管理员"):
        client = signed_in_as(role)
        own = User.objects.get(username=f"{role or '无'}一")
        client.post(reverse("admin:password_change"), {"is_superuser": "on", "old_password": "x", "groups": [1]})
        url = reverse("admin:auth_user_change", args=[own.pk])
        page = client.get(url)
        data = filled_in(page) if page.status_code == 200 else {"username": own.username, "is_staff": "on", "is_active": "on"}
        client.post(url, data | {"is_superuser": "on", "role": "superuser", "first_name": "换了"})
        client.post(
            reverse("admin:auth_user_add"),
            {"username": "x", "password1": PHRASE, "password2": PHRASE, "is_superuser": "on", "role": "superuser"},
        )
        own.refresh_from_db()
        assert not own.is_superuser and (own.first_name == "换了") == (role == "管理员")
        assert list(own.groups.values_list("name", flat=True)) == ([role] if role else [])
    assert not User.objects.filter(is_superuser=True).exists()


def test_an_administrator_does_not_take_over_a_superuser(signed_in_as, editor):
    administrator, before = signed_in_as("管理员"), editor.password
    pages = [reverse(f"admin:auth_user_{page}", args=[editor.pk]) for page in ("change", "password_change", "delete")]
    data = {
        "password1": "another long phrase",
        "password2": "another long phrase",
        "usable_password": "true",
        "post": "yes",
        "username": "mine",
    }
    assert [administrator.post(page, data).status_code for page in pages] == [403, 403, 403]
    chosen = {"action": "delete_selected", "_selected_action": [editor.pk], "post": "yes"}
    administrator.post(reverse("admin:auth_user_changelist"), chosen)
    editor.refresh_from_db()
    assert (editor.password, editor.username, editor.is_active) == (before, "editor", True)


def test_a_superuser_still_makes_superusers(admin_client, person):
    colleague = person("编辑")
    url = reverse("admin:auth_user_change", args=[colleague.pk])
    admin_client.post(url, filled_in(admin_client.get(url)) | {"role": "superuser"})
    colleague.refresh_from_db()
    assert colleague.is_superuser
