"""What is stored doesn't depend on the language that its writer reads: rows, history, search documents, the audit log."""

import re
from functools import partial

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from faults.editing import publishing
from faults.editing.describe import snapshot
from faults.editing.edits import save_edit
from faults.models import (
    KINDS,
    WITH_HISTORY,
    Action,
    Audited,
    Change,
    DeskRules,
    Fault,
    ReturnCode,
    Revision,
    SearchDocument,
)
from tests import people
from tests.admin.forms import filled_in, up_to_date
from tests.incidents import incident
from tests.notes import noted

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
LANGUAGES = [code for code, _name in settings.LANGUAGES]
OF_THE_MOMENT = {"id", "pk", "at", "made_at", "updated_at", "created_at", "action_time", "request_id", "item_id", "object_id", "row_id"}
STORED = (Change, Revision, SearchDocument, Audited, LogEntry)


def new_rows(do) -> dict[str, list]:
    """What the deed leaves in the tables, but for times and ids; then everything is undone."""
    with transaction.atomic():
        before = {model: set(model.objects.values_list("pk", flat=True)) for model in STORED}
        do()
        said = {model.__name__: _rows(model, before[model]) for model in STORED}
        transaction.set_rollback(True)
    return said


def _rows(model, known: set) -> list:
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in OF_THE_MOMENT]
    said = [str([_fixed(getattr(row, name)) for name in names]) for row in model.objects.all() if row.pk not in known]
    return sorted(re.sub(r"第\d+号", "第…号", one) for one in said)  # of history, which PostgreSQL goes on counting


def _fixed(value):
    return {key: said for key, said in value.items() if key != "pk"} if isinstance(value, dict) else value


@pytest.fixture
def reading(db):
    """Clients of one administrator, by the language that the desk is read in."""
    user = people.superuser("主管")

    def sign_in(language: str) -> Client:
        client = Client(headers={"Accept-Language": language})
        client.force_login(user)
        return client

    return sign_in


def a_round_of_forms(client: Client, item) -> None:
    """Opened, changed, submitted, published, confirmed, withdrawn, drafted again, restored: each as the desk's pages do it."""
    name = f"admin:faults_{item._meta.model_name}"
    address = reverse(f"{name}_change", args=[item.pk])
    words = {"title": "紫霄殿", "meaning": "紫霄殿", "definition": "紫霄殿。", "words": "紫霄殿\n签到"}
    form = filled_in(client.get(address))
    changed = {field: words[field] for field in words.keys() & form.keys()}
    assert client.post(address, form | changed | {"why": "试", "_submit": ""}).status_code == 302
    for step in ("publish", "confirm", "archive", "reopen"):
        assert client.post(reverse(f"{name}_step", args=[item.pk, step]), up_to_date(confirmed="yes")).status_code == 302
    old = Change.objects.of(item).last()
    assert client.post(reverse(f"{name}_restore", args=[old.pk]), up_to_date()).status_code == 302
    assert Change.objects.of(item).exclude(action=Action.LOADED).count() > 4, item


@pytest.mark.parametrize("kind", KINDS)
def test_an_items_life_by_forms(reading, kind):
    noted("本台先打这个电话。", "code:cup:97", audience="sayable")
    item = ReturnCode.objects.get(scheme="cup", code="97") if kind == "code" else KINDS[kind].objects.last()
    first, *others = [new_rows(partial(a_round_of_forms, reading(language), item)) for language in LANGUAGES]
    assert others == [first, first]


def post(client: Client, address: str, **changes) -> None:
    assert client.post(address, filled_in(client.get(address)) | changes).status_code == 302, address


def the_rest_of_the_desk(client: Client) -> None:
    """What else leaves sentences: lists, rules, accounts, roles, words from a search, merging, failed sign-ins."""
    for kind in WITH_HISTORY.keys() - KINDS.keys():
        one = WITH_HISTORY[kind].objects.first()
        name = {"source": "title", "incident": "text", "question": "text"}.get(kind, "name")
        post(client, reverse(f"admin:faults_{one._meta.model_name}_change", args=[one.pk]), **{name: "紫霄殿"})
    post(client, reverse("admin:faults_deskrules_change", args=[DeskRules.objects.get().pk]), keep_searches_days="7", second_factor="staff")
    post(client, reverse("admin:auth_user_change", args=[people.account("小王", is_staff=True).pk]), first_name="紫霄殿")
    Group.objects.get(name="编辑").permissions.remove(*Group.objects.get(name="编辑").permissions.all()[:3])
    client.post(reverse("usage_alias"), {"text": "紫霄殿", "offered": "40", "entry": "40"})
    seen = Change.objects.order_by("-pk").first().pk
    client.post(
        reverse("admin:faults_fault_merge", args=[Fault.objects.get(number=5).pk]), {"entry": "40", "merged_into": "40", "seen": seen}
    )
    Client(headers=dict(client.headers or {})).post("/admin/login/", {"username": "nobody", "password": "wrong"})


def test_the_rest_of_the_desk(reading):
    incident()  # one for all languages: they take a while, and it holds the time of day
    first, *others = [new_rows(partial(the_rest_of_the_desk, reading(language))) for language in LANGUAGES]
    assert others == [first, first]


def test_by_the_gate(editor):
    """As the command line and imports do it, while some language is active."""

    def do(language):
        with translation.override(language):
            row = ReturnCode.objects.filter(code="97").first()
            new = save_edit("code", snapshot(row) | {"code": "Q9"}, editor, Action.CREATED)
            publishing.submit(new, editor)
            publishing.publish(new, editor)

    first, *others = [new_rows(partial(do, language)) for language in LANGUAGES]
    assert others == [first, first]
