"""The rest of the admin: every page opens, in Chinese, for those who may."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from faults.models import Category, Change, Elsewhere, ReturnCode, SynonymGroup, Term, Wording
from tests.admin.forms import filled_in
from tests.incidents import incident
from tests.notes import noted
from tests.usage.rows import judged

pytestmark = pytest.mark.django_db
HIDDEN = {
    "Audited",
    "ContentVersion",
    "SearchDocument",
    "SearchToken",
    "SearchWord",
    "LoadedItem",
    "Change",
    "Flag",
    "Revision",
    "SavedView",
    "ScheduledStep",
    "Upload",
    "DeskRules",
    "ScreenText",
    "Alias",
    "Answer",
    "Cause",
    "Fix",
    "Myth",
    "RelatedFault",
    "CodeActor",
    "CauseStanding",
    "DealtWith",
    "Evidence",
    "Search",
    "SearchDay",
    "Solved",
    "Standing",
    "Upkeep",
    "UseDay",
    "VariableValue",
    "Vote",
}
REGISTERED = [
    model for model in apps.get_app_config("faults").get_models() if model.__name__ not in HIDDEN and not model._meta.auto_created
]


@pytest.mark.postgresql
@pytest.mark.parametrize("model", REGISTERED)
def test_every_model_has_its_list_its_form_and_its_search(admin_client, model):
    assert model in admin.site._registry
    judged("银行卡", 40)  # of judgments and notes the knowledge brings none
    noted("银行卡")
    incident("银行卡")
    name = f"admin:faults_{model._meta.model_name}"
    assert admin_client.get(reverse(f"{name}_changelist"), {"q": "银"}).status_code == 200
    item = getattr(model, "everything", model._default_manager).first()
    shown = admin_client.get(reverse(f"{name}_change", args=[item.pk])).content.decode()
    assert str(model._meta.verbose_name) in shown
    assert admin_client.get(reverse(f"{name}_add")).status_code == 200


@pytest.mark.parametrize("model", REGISTERED)
def test_a_stranger_is_sent_to_the_login(client, model):
    response = client.get(reverse(f"admin:faults_{model._meta.model_name}_changelist"))
    assert response.status_code == 302 and "/admin/login/" in response.headers["Location"]


def save(client, item, **changes):
    url = reverse(f"admin:faults_{item._meta.model_name}_change", args=[item.pk])
    return client.post(url, filled_in(client.get(url)) | changes)


def test_a_code_is_changed_and_found(admin_client, client):
    row = ReturnCode.objects.get(scheme="cup", code="97")
    assert save(admin_client, row, meaning="紫霄殿没登记", _publish="").status_code == 302
    assert "紫霄殿没登记" in client.get("/codes/97/").content.decode()
    assert "/codes/97/" in client.get("/search/?q=紫霄殿没登记").content.decode()


def test_whether_a_card_is_kept_is_said_in_words(admin_client):
    """A tick and a cross would put the danger on the wrong side."""
    row = ReturnCode.objects.get(scheme="cup", code="04")
    url = reverse("admin:faults_returncode_changelist")
    page = admin_client.get(url).content.decode()
    assert "按规定留卡" in page and "不留卡" in page and "check_circle" not in page and 'alt="True"' not in page
    found = {answer: admin_client.get(url, {"keep_card": answer}).context["cl"].queryset for answer in ("yes", "no", "nonsense")}
    assert row in found["yes"] and row not in found["no"] and row in found["nonsense"]
    form = admin_client.get(reverse("admin:faults_returncode_change", args=[row.pk])).content.decode()
    assert '<option value="True" selected>按规定留卡</option>' in form
    save(admin_client, row, keep_card="False", _publish="")
    assert not ReturnCode.objects.get(pk=row.pk).keep_card


@pytest.mark.parametrize("code", ["9 7", "a0", "<b>"])
def test_a_code_must_look_like_one(admin_client, code):
    row = ReturnCode.objects.get(scheme="cup", code="97")
    assert "返回码只用数字和大写字母" in save(admin_client, row, code=code).content.decode()


def test_a_term_is_changed(admin_client, client):
    assert save(admin_client, Term.objects.first(), definition="紫霄殿。", _publish="").status_code == 302
    assert "紫霄殿。" in client.get("/terms/").content.decode()


@pytest.mark.parametrize("model", [SynonymGroup, Wording, Elsewhere])
def test_a_word_that_is_in_a_list_twice_is_one(admin_client, model):
    group = model.objects.first()
    save(admin_client, group, words="没电\n不开机\n 没电 \n\n不开机", **({"_publish": ""} if model is Elsewhere else {}))
    assert model.objects.get(pk=group.pk).words == "没电\n不开机"


def test_a_synonym_group_needs_two_words(admin_client):
    group = SynonymGroup.objects.first()
    assert "至少写两个不同的词" in save(admin_client, group, words="一个").content.decode()
    assert save(admin_client, group, words="一个\n两个").status_code == 302


def test_after_login_the_editor_stands_in_the_admin(client, editor):
    response = client.post("/admin/login/", {"username": "editor", "password": "a long enough phrase"})
    assert response.headers["Location"] == "/admin/"


@pytest.mark.postgresql
def test_a_list_keeps_its_history(admin_client, admin_user):
    one = Category.objects.first()
    before = one.name
    assert save(admin_client, one, name="改了名").status_code == 302
    newest, oldest = Change.objects.of(one)
    assert (newest.made_by, newest.row["name"], oldest.row["name"]) == (admin_user, "改了名", before)
    compared = admin_client.get(reverse("admin:faults_category_compare", args=[one.pk]), {"from": oldest.pk, "to": newest.pk})
    assert "<ins>改了名</ins>" in compared.content.decode()
    assert "恢复这一版" not in admin_client.get(reverse("admin:faults_category_history", args=[one.pk])).content.decode()
    assert "改了名" in admin_client.get("/admin/").content.decode()
