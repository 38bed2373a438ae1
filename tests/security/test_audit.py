"""What is done with accounts, rights, rules, exports and publications is written down, and never changed."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from faults.editing import publishing
from faults.editing.describe import snapshot
from faults.editing.edits import propose
from faults.editing.history import newest_change
from faults.editing.merging import merge
from faults.models import Action, Audited, AuditEvent, Category, Change, DeskRules, Fault, Term
from faults.usage.upkeep import forget
from tests.admin.forms import filled_in, up_to_date
from tests.security.sign_in import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
LIST = "/admin/faults/audited/"


@pytest.fixture
def li(person):
    """An editor; what making the account wrote down is gone."""
    made = person("编辑", "li")
    Audited.objects.all().delete()
    return made


def said() -> list[tuple[str, str, str]]:
    return list(Audited.objects.order_by("pk").values_list("what", "who_name", "about"))


def test_signing_in_out_and_in_vain(li):
    client, _ = sign_in("li", address="192.0.2.9")
    client.post("/admin/logout/")
    sign_in("li", "wrong"), sign_in("geheimes-passwort", "wrong")
    assert said() == [
        ("signed-in", "li", ""),
        ("signed-out", "li", ""),
        ("sign-in-failed", "", "账号：li"),
        ("sign-in-failed", "", "没有这个账号"),
    ]
    assert Audited.objects.earliest("pk").address == "192.0.2.9" and Audited.objects.earliest("pk").who == li


def test_each_deed_is_a_line_in_the_log_too(li, caplog):
    with caplog.at_level("INFO", "posdesk.audit"):
        sign_in("li"), sign_in("li", "wrong")
    lines = [record.getMessage() for record in caplog.records if record.name == "posdesk.audit"]
    assert lines == ["signed-in li ", "sign-in-failed - 账号：li"]


def test_a_pause_is_written_once(li):
    for _ in range(9):
        sign_in("li", "wrong")
    assert [what for what, _, _ in said()] == ["sign-in-failed"] * 4 + ["locked-out", "sign-in-failed"]


def test_an_account_is_made_changed_given_a_role_and_deleted(admin_client, li):
    url = reverse("admin:auth_user_change", args=[li.pk])
    role = Group.objects.get(name="复核")
    admin_client.post(url, filled_in(admin_client.get(url)) | {"email": "li@example.cn", "role": str(role.pk)})
    admin_client.post(reverse("admin:auth_user_delete", args=[li.pk]), {"post": "yes"})
    changes = [row for row in said() if row[0].startswith("account")]
    name = f"{User._meta.verbose_name} li"
    assert [(what, who) for what, who, _ in changes] == [("account-changed", "admin")] * 3 + [("account-deleted", "admin")]
    assert "→ li@example.cn" in changes[0][2] and {changes[1][2], changes[2][2]} == {f"{name}：去掉 编辑", f"{name}：加上 复核"}


def test_an_account_that_is_closed_is_said_before_and_after(admin_client, li):
    url = reverse("admin:auth_user_change", args=[li.pk])
    data = filled_in(admin_client.get(url))
    del data["is_active"]
    admin_client.post(url, data)
    assert any("是 → 否" in about for _, _, about in said())


def test_a_roles_permissions(admin_client, li):
    role = Group.objects.get(name="编辑")
    url = reverse("admin:auth_group_change", args=[role.pk])
    data = filled_in(admin_client.get(url))
    data["may"].remove("export")
    admin_client.post(url, data)
    what, who, about = said()[-1]
    assert (what, who) == ("account-changed", "admin") and "编辑：去掉 导出知识" in about
    assert not role.permissions.filter(codename="export_knowledge").exists()


def test_passwords_by_whatever_door_and_never_the_password(admin_client, li):
    new = "another long phrase"
    client, _ = sign_in("li")
    client.post("/admin/password_change/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    admin_client.post(f"/admin/auth/user/{li.pk}/password/", {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"})
    li.refresh_from_db()
    li.set_password(new)
    li.save()
    changed = [row for row in said() if row[0] == "password-changed"]
    assert [who for _, who, _ in changed] == ["li", "admin", ""]
    assert not any(word in about for _, _, about in said() for word in (new, PASSWORD, "argon2"))


def test_an_account_made_at_the_command_line(db):
    call_command("createsuperuser", "--noinput", username="boss", email="boss@example.cn", verbosity=0)
    assert said() == [("account-created", "", f"{User._meta.verbose_name} boss")]


def test_rules(admin_client, li):
    url = reverse("admin:faults_deskrules_change", args=[1])
    admin_client.post(url, filled_in(admin_client.get(url)) | {"second_factor": "staff"})
    assert DeskRules.current().second_factor == "staff"
    what, who, about = said()[-1]
    assert (what, who) == ("rules-changed", "admin") and about.startswith("谁必须两步登录 ") and about.endswith("→ 能进后台的每个人")


@pytest.mark.postgresql
def test_publication_refers_to_the_history_and_archiving_too(signed_in_as, li):
    client = signed_in_as("管理员", "guan")
    fault = Fault.objects.get(number=40)
    url = reverse("admin:faults_fault_change", args=[fault.pk])
    client.post(url, filled_in(client.get(url)) | {"title": "换了标题", "_publish": ""})
    client.post("/admin/faults/fault/", up_to_date(confirmed="yes", action="archive", _selected_action=[fault.pk]))
    published, archived = said()[-2:]
    assert (published[0], published[1], archived[0]) == ("published", "guan", "archived")
    assert "换了标题" in published[2] and "历史第" in published[2]


def test_whatever_changes_what_readers_see_and_nothing_else(signed_in_as, li):
    client = signed_in_as("管理员", "guan")
    boss = User.objects.get(username="guan")
    entry, heir, plain, gone = (Fault.objects.get(number=number) for number in (5, 40, 7, 8))
    Audited.objects.all().delete()
    merge(entry, heir, boss, newest_change())
    merged = said()
    assert {what for what, _, _ in merged} == {"merged"} and [about[:3] for _, _, about in merged[-2:]] == ["5号 ", "40号"]
    publishing.confirm(plain, boss)
    propose(plain, snapshot(plain) | {"title": "等复核"}, boss, Action.CHANGED)
    publishing.submit(plain, boss)
    publishing.send_back(plain, boss, "再想想")
    publishing.archive(gone, boss)
    publishing.delete(gone, boss)
    for _again in range(2):  # the second time the draft only gets an old version
        deleted = Change.objects.filter(action=Action.DELETED).get()
        client.post(reverse("admin:faults_fault_restore", args=[deleted.pk]), up_to_date())
    DeskRules.objects.update(review_terms=False)
    term = Term.objects.get(name="签到")
    propose(term, snapshot(term) | {"definition": "不等复核。"}, boss, Action.CHANGED)
    assert [what for what, _, _ in said()[len(merged) :]] == ["confirmed", "archived", "deleted", "restored", "published"]
    assert all(who == "guan" for _, who, _ in said()) and said()[-1][2].startswith("签到")


def test_an_import_that_was_carried_out(signed_in_as, li):
    client = signed_in_as("编辑", "wang")
    plan = client.post(reverse("transfer"), {"file": SimpleUploadedFile("t.csv", "编号,标题\n118,换了标题\n".encode())}).url
    b"".join(client.post(plan, filled_in(client.get(plan))).streaming_content)
    assert said()[-1] == ("imported", "wang", "t.csv，共1条")


def test_card_numbers_are_covered(li):
    User.objects.create_user("6222021234567890123")
    assert "622202" not in said()[-1][2] and "0123" in said()[-1][2]


@pytest.mark.postgresql
def test_a_row_is_never_changed(li):
    sign_in("li")
    row = Audited.objects.get()
    row.about = "anders"
    with pytest.raises(TypeError):
        row.save()
    assert Audited.objects.get().about == ""


def test_only_administrators_read_it_and_nobody_changes_it(signed_in_as, admin_client, li):
    sign_in("li", "wrong")
    row = Audited.objects.get()
    for role, status in (("", 403), ("编辑", 403), ("复核", 403), ("管理员", 200)):
        assert signed_in_as(role, f"who-{role}").get(LIST).status_code == status
    one = reverse("admin:faults_audited_change", args=[row.pk])
    assert admin_client.get(one).status_code == 200 and admin_client.post(one, {"about": "x"}).status_code == 403
    assert admin_client.post(reverse("admin:faults_audited_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    assert admin_client.get(reverse("admin:faults_audited_add")).status_code == 403
    admin_client.post(LIST, {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    assert Audited.objects.filter(pk=row.pk, about=row.about).exists()


@pytest.mark.postgresql
def test_it_is_filtered_and_searched(admin_client, li):
    sign_in("li", "wrong"), sign_in("li")
    shown = admin_client.get(LIST, {"what__exact": "sign-in-failed"}).content.decode()
    assert "账号：li" in shown and admin_client.get(LIST, {"q": "没有这样的"}).context["cl"].result_count == 0
    assert admin_client.get(LIST, {"who__id__exact": li.pk}).context["cl"].result_count == 1


def test_it_is_kept_for_the_days_of_the_rules(li):
    DeskRules.objects.filter(pk=1).update(keep_audit_days=365)
    for days in (364, 366):
        row = Audited.objects.create(what=AuditEvent.EXPORTED, about=str(days))
        Audited.objects.filter(pk=row.pk).update(at=timezone.now() - timedelta(days=days))
    forget()
    assert [about for _, _, about in said()] == ["364"]


def test_less_than_a_year_is_refused(admin_client):
    url = reverse("admin:faults_deskrules_change", args=[1])
    admin_client.post(url, filled_in(admin_client.get(url)) | {"keep_audit_days": "364"})
    assert DeskRules.current().keep_audit_days == 400


def test_what_is_done_to_a_list_is_no_matter_of_accounts(admin_client, li):
    one = Category.objects.first()
    url = reverse("admin:faults_category_change", args=[one.pk])
    admin_client.post(url, filled_in(admin_client.get(url)) | {"name": "改了名"})
    assert said() == []


def test_all_roles_taken_at_once(li):
    li.groups.clear()
    assert [what for what, _, _ in said()] == ["account-changed"] and "li：去掉所有" in said()[0][2]
