"""What the desk says, it says in Chinese: no sentence of Django, its admin or the theme is left in English, or says something else."""

import json
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.db.models import CharField, TextField
from django.urls import reverse

from faults.models import Category, Fault, Upload
from tests.budget import IS_LONG
from tests.security.addresses import FAMILIES, Address, Examples, addresses
from tests.security.crawling import ask

pytestmark = pytest.mark.django_db
ENGLISH = re.compile(r"[A-Za-z’']{2,}(?:[,.;:]? [A-Za-z’']{2,})+")  # two words of Latin letters in a row
ALLOWED = {"Microsoft Authenticator", "do not honor", "Alt Shift"}  # a product; what one may write into a field; keys
# What Django's own translation says wrongly, or in words that nobody at the desk uses.
WRONG = (
    "取消选中",
    "工作人员",
    "该变量",
    "认证和授权",
    "这个字段",
    "你的",
    "用户名",
    "的 组",
    "可用 ",
    "Relationship object",
    "_user",
    "_fault",
)
READ_OUT = ("title", "aria-label", "aria-description", "placeholder", "alt", "label")
# A model of each family: the others' pages are the same templates and the same fields. All of them with LONG=1.
LIKE_OTHERS = {"term", "synonymgroup", "elsewhere", "category", "actor", "source"}
# Readers' pages, and secrets that are Latin letters by nature.
NOT_LOOKED_AT = ("preview", "preview_form", "second_factor_set_up", "transfer_template", "transfer_export", "usage_csv")


class _Texts(HTMLParser):
    """Collects what a page shows or reads out."""

    def __init__(self):
        super().__init__()
        self.texts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag, attributes):
        given = {name: value for name, value in attributes if value}
        self._unseen += tag in ("script", "style")
        self.texts += [value for name, value in given.items() if name in READ_OUT or (name.startswith("data-") and " " in value)]
        if given.get("type") in ("submit", "button", "text"):
            self.texts.append(given.get("value", ""))

    def handle_endtag(self, tag):
        self._unseen -= tag in ("script", "style")

    def handle_data(self, data):
        if not self._unseen:
            self.texts.append(data)


@cache
def knowledge() -> str:
    """All text of the knowledge, which quotes screens and callers in their own words."""
    models = [model for model in apps.get_app_config("faults").get_models() if model._meta.managed and not model._meta.proxy]
    fields = {model: [field.name for field in model._meta.fields if isinstance(field, (CharField, TextField))] for model in models}
    rows = [row for model, names in fields.items() if names for row in model._base_manager.values_list(*names)]
    return " ".join(" ".join(str(text).split()) for row in rows for text in row)


def wrong_on(response) -> list[str]:
    """What a page of the desk says in English, or wrongly."""
    if response.streaming or "html" not in response.get("Content-Type", ""):
        return []
    parser = _Texts()
    parser.feed(response.content.decode())
    texts = [" ".join(text.split()) for text in parser.texts]
    english = {run for text in texts for run in ENGLISH.findall(text)} - ALLOWED
    return sorted({run for run in english if run not in knowledge()} | {word for word in WRONG for text in texts if word in text})


def desk() -> Iterator[Address]:
    """The addresses of the desk."""
    models = {name for family in FAMILIES.values() for name in family} & LIKE_OTHERS
    for address in addresses():
        is_like_another = not IS_LONG and address.model.removeprefix("faults.") in models
        is_of_the_desk = address.route.startswith("admin/") and not address.name.endswith(NOT_LOOKED_AT)
        if is_of_the_desk and not is_like_another:
            yield address


def test_no_page_and_no_refusal_of_a_form_says_anything_in_english(admin_client, admin_user, person):
    """Opens every page of the desk, and sends every form back empty: a few seconds."""
    person("编辑", "li")
    upload = Upload.objects.create(name="t.csv", data="编号\n1".encode(), made_by=admin_user)
    examples, said = Examples(upload.pk), {}
    for address in desk():
        page, _ = ask(admin_client, "GET", examples.url(address))
        said[address.name or address.route] = wrong_on(page)
        if address.name.endswith(("_add", "_change", "password", "password_change", "login", "transfer", "usage_alias", "sessions")):
            said[f"{address.name}, sent back empty"] = wrong_on(ask(admin_client, "POST", examples.url(address), {})[0])
    assert len(said) > 60 and {name: found for name, found in said.items() if found} == {}


def refused(admin_client, li) -> dict:
    """What forms answer to what is wrong in ways that each have a sentence of Django's own. Name → response."""
    add, password = reverse("admin:auth_user_add"), reverse("admin:auth_user_password_change", args=[li.pk])
    own, fault = reverse("admin:password_change"), reverse("admin:faults_fault_add")
    lists = reverse("admin:faults_category_changelist")
    sent = {
        "short": (add, {"username": "wang", "password1": "short", "password2": "short"}),
        "common": (add, {"username": "wang", "password1": "passwordpassword", "password2": "passwordpassword"}),
        "like the name": (add, {"username": "wangxiaoming88", "password1": "wangxiaoming88", "password2": "wangxiaoming88"}),
        "not the same": (add, {"username": "wang!", "password1": "a long phrase", "password2": "b long phrase", "role": "999"}),
        "taken": (add, {"username": "li", "password1": "another long phrase", "password2": "another long phrase", "email": "nonsense"}),
        "too long": (add, {"username": "x" * 200, "email": "x" * 300}),
        "a colleague's": (password, {"password1": "short", "password2": "other"}),
        "own": (own, {"old_password": "wrong", "new_password1": "short", "new_password2": "other"}),
        "role": (reverse("admin:auth_group_add"), {"name": "编辑", "may": ["nonsense"]}),
        "category": (reverse("admin:faults_category_add"), {"slug": "a b", "name": "x" * 200, "position": "-1"}),
        "taken category": (reverse("admin:faults_category_add"), {"slug": Category.objects.first().slug, "name": "名", "position": "x"}),
        "code": (reverse("admin:faults_returncode_add"), {"scheme": "nonsense", "code": "?", "retry": "x", "review_due": "never"}),
        "entry": (fault, {"number": "x", "category": "999", "environments": ["999"], "kind": "nonsense", "title": "x" * 500}),
        "judgment": (reverse("admin:faults_judgment_add"), {"query": "无拨号音", "fault": "999"}),
        "rules": (
            reverse("admin:faults_deskrules_change", args=[1]),
            {"keep_searches_days": "-1", "keep_audit_days": "3", "second_factor": "x"},
        ),
        "no file": (reverse("transfer"), {}),
        "nothing chosen": (lists, {"action": "delete_selected"}),
        "delete several": (lists, {"action": "delete_selected", "_selected_action": [Category.objects.first().pk]}),
        "no action": (lists, {"action": "", "_selected_action": [1]}),
        "list": (lists, {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": "1", "form-0-position": "x", "_save": "1"}),
    }
    return {name: admin_client.post(url, data, follow=True) for name, (url, data) in sent.items()}


def test_no_reason_why_something_is_refused_is_in_english(admin_client, person):
    answers = refused(admin_client, person("编辑", "li"))
    assert {name: found for name, answer in answers.items() if (found := wrong_on(answer))} == {}
    said = {name: answer.content.decode() for name, answer in answers.items()}
    expected = {
        "short": "密码太短，至少要12个字符。",
        "not the same": "两遍密码不一样",
        "taken": "已经有这个登录名了",
        "own": "现在的密码不对",
    }
    assert {name for name, sentence in expected.items() if sentence not in said[name]} == set()


def test_signing_in_in_vain_and_out_are_in_chinese(client, admin_client, person):
    person("编辑", "li")
    answers = [client.get("/admin/login/"), client.post("/admin/login/", {"username": "li", "password": "wrong"})]
    answers += [client.post("/admin/login/", {}), admin_client.post("/admin/logout/", follow=True)]
    assert [found for answer in answers if (found := wrong_on(answer))] == []


def test_filters_are_headed_by_what_they_filter_by(admin_client):
    pages = [admin_client.get(f"{reverse(f'admin:faults_{name}_changelist')}?status__exact=draft") for name in ("fault", "returncode")]
    for page in pages:
        assert "按状态" in re.sub(r"\s", "", page.content.decode()) and not wrong_on(page)


def test_what_deletes_a_category_says_so(admin_client):
    entry = Fault.everything.get(number=88)
    assert "从清单里删除这个类别" in admin_client.get(reverse("admin:faults_fault_change", args=[entry.pk])).content.decode()


def test_deleting_what_entries_name_says_how_many(admin_client):
    terminal = Fault.everything.get(number=88).environments.first()
    page = admin_client.get(reverse("admin:faults_environment_delete", args=[terminal.pk]))
    assert (
        f"条目：{Fault.everything.filter(environments=terminal).count()}条写着“{terminal}”，请先从那里拿掉" in page.content.decode()
        and not wrong_on(page)
    )
    admin_client.post(reverse("admin:faults_environment_delete", args=[terminal.pk]), {"post": "yes"})
    terminal.refresh_from_db()


def test_scripts_find_a_chinese_text_for_each_of_theirs(client, admin_client):
    catalogue = json.loads(re.search(r"const newcatalog = (\{.*?\});\n", admin_client.get("/admin/jsi18n/").content.decode(), re.DOTALL)[1])
    folder = Path(django.__file__).parent / "contrib/admin/static/admin/js"
    called = re.compile(r"""(?:pgettext\(\s*'[^']*',\s*|n?gettext\(\s*)(['"])((?:(?!\1).)+)\1""")
    texts = {found[1] for file in folder.rglob("*.js") if "vendor" not in file.parts for found in called.findall(file.read_text("utf-8"))}
    known = {key.rpartition("\x04")[2] for key, value in catalogue.items() if not re.fullmatch(r"[\x00-\x7f]*", "".join(value))}
    assert len(texts) > 40 and texts - known == set()
