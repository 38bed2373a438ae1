"""Saved views of a list: one's own or shared, one click, renamed and deleted by whom they belong to; and counts that are true."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import RequestFactory
from django.urls import reverse

from faults.editing import publishing
from faults.editing.describe import snapshot
from faults.editing.edits import propose
from faults.models import Action, Fault, ReturnCode, SavedView, Status
from tests.admin.forms import body

pytestmark = pytest.mark.django_db
LIST, VIEWS = reverse("admin:faults_fault_changelist"), reverse("admin:faults_fault_views")
OVERDUE = "due=past&o=-7"


def save(client, name="过期的", query=OVERDUE, **more):
    return client.post(VIEWS, {"name": name, "query": query} | more, follow=True)


@pytest.mark.postgresql
def test_a_view_is_saved_and_one_click_away(signed_in_as):
    client = signed_in_as("编辑")
    page = save(client, query=f"{OVERDUE}&p=3&status=&q=%E6%89%93%E5%8D%B0")
    link = "?due=past&amp;o=-7&amp;q=%E6%89%93%E5%8D%B0"
    assert "已存下筛选“过期的”" in body(page) and f'<a href="{link}" aria-current="page">过期的</a>' in body(page)
    assert page.redirect_chain == [(f"{LIST}{link.replace('&amp;', '&')}", 302)] and "存下现在的筛选" not in body(page)
    listed = body(client.get(LIST))
    assert (
        f'<a href="{link}">过期的</a>' in listed
        and "存下现在的筛选" not in listed
        and "存下现在的筛选" in body(client.get(LIST, {"o": "1"}))
    )
    assert "过期的" not in body(client.get(reverse("admin:faults_returncode_changelist")))


def test_others_see_what_is_shared_and_change_nothing_of_it(signed_in_as):
    mine, other, reviewer = signed_in_as("编辑", "甲"), signed_in_as("编辑", "乙"), signed_in_as("复核", "丙")
    save(mine), save(mine, "大家用的", "kind=notice", is_shared="on")
    seen = body(other.get(LIST))
    assert "大家用的" in seen and "过期的" not in seen and "改名、删除" not in seen
    own, shared = SavedView.objects.order_by("pk")
    assert other.post(VIEWS, {"view": shared.pk, "delete": "yes"}).status_code == 403
    assert "已经不在了" in save(other, "抢来的", view=own.pk).content.decode() and SavedView.objects.get(pk=own.pk).name == "过期的"
    save(reviewer, "大家的", view=shared.pk, is_shared="on")
    User.objects.get(username="甲").delete()
    assert SavedView.objects.get(pk=shared.pk).name == "大家的" and "大家的" in body(other.get(LIST))


def test_it_is_renamed_unshared_and_deleted(signed_in_as):
    client = signed_in_as("编辑")
    save(client, is_shared="on")
    view = SavedView.objects.get()
    save(client, "逾期", "status=draft", view=view.pk)
    view.refresh_from_db()
    assert (view.name, view.is_shared, view.query) == ("逾期", False, "due=past&o=-7")
    assert "已删除筛选“逾期”" in body(save(client, view=view.pk, delete="yes")) and not SavedView.objects.exists()
    assert "已经不在了" in body(save(client, view=view.pk, delete="yes")) and "已经不在了" in body(save(client, view=view.pk))


WRONG = [
    ({"name": " "}, "请起个名字"),
    ({"name": "长" * 41}, "40个字以内"),
    ({"query": "p=2&status="}, "现在没有筛选"),
    ({"query": "q=" + "a" * 1_100}, "筛选太长了"),
    ({"query": "q=6222020200112233445"}, "像卡号的数字"),
    ({"name": "6222020200112233445"}, "像卡号的数字"),
    ({"name": "有了"}, "已经有叫“有了”的筛选"),
    ({"view": "x"}, "已经不在了"),
]


@pytest.mark.parametrize(("sent", "said"), WRONG)
def test_what_cannot_be_saved_is_said(signed_in_as, sent, said):
    client = signed_in_as("编辑")
    save(client, "有了", "status=draft")
    assert said in body(save(client, **sent)) and SavedView.objects.count() == 1


def chosen(model, user, query: dict):
    """The list as it is with these filters."""
    request = RequestFactory().get("/", query)
    request.user = user
    return admin.site._registry[model].get_changelist_instance(request)


@pytest.mark.postgresql
@pytest.mark.parametrize("model", [Fault, ReturnCode])
def test_the_count_beside_each_filter_is_that_of_its_list(person, draft, model):
    """What a filter says with its counts shown, and what the list has once it is chosen."""
    user, author = person("复核"), person("编辑", "作者")
    for item in model.objects.all()[:3]:
        propose(item, snapshot(item) | {"warning": "改了。"}, author, Action.CHANGED)
    publishing.submit(item, author)
    draft.environments.set([1])
    wrong, counted = [], 0
    for spec in chosen(model, user, {"_facets": "True"}).filter_specs:
        for choice in spec.choices(chosen(model, user, {"_facets": "True"})):
            said = str(choice["display"]).rpartition("(")[2].rstrip(")")
            if said.isdigit():
                query = dict(pair.split("=") for pair in choice["query_string"].lstrip("?").split("&") if "_facets" not in pair)
                found = chosen(model, user, query).result_count
                counted += 1
                wrong += [] if found == int(said) else [(spec.title, str(choice["display"]), found)]
    assert counted > 25 and not wrong


@pytest.mark.postgresql
def test_the_sidebar_says_as_many_as_the_list_of_what_waits(signed_in_as, person, draft):
    client, author = signed_in_as("复核"), person("编辑", "作者")
    items = [*Fault.objects.all()[:2], ReturnCode.objects.first()]
    for item in items:
        propose(item, snapshot(item) | {"warning": "改了。"}, author, Action.CHANGED)
        publishing.submit(item, author)
    publishing.submit(draft, author)
    page = client.get(LIST, {"status": Status.REVIEW})
    badges = [part.split("<")[0].strip() for part in body(page).split("待复核 ")[1:]]
    assert page.context["cl"].result_count == 3 and badges == ["3", "1"]
    assert "待复核 " not in body(signed_in_as("").get("/admin/"))
