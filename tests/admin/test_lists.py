"""The admin's lists of knowledge: found by words, the best first; narrowed down to whose work it is, what was changed, what is due."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from faults.editing import publishing
from faults.editing.describe import snapshot
from faults.editing.edits import propose
from faults.editing.history import newest_change
from faults.editing.merging import merge
from faults.models import Action, Change, Fault, ReturnCode, Status, Term
from faults.search import index
from faults.search.find import find

pytestmark = pytest.mark.django_db
LISTS = {model: reverse(f"admin:faults_{model}_changelist") for model in ("fault", "returncode", "term")}


def listed(client, model="fault", **query):
    """The rows of the list, as they stand."""
    return list(client.get(LISTS[model], query).context["cl"].result_list)


def numbers(client, **query):
    return [entry.number for entry in listed(client, **query)]


def offered(client, term, field="merged_into", model="fault"):
    """What a choice offers for what is typed."""
    answer = client.get(reverse("choices"), {"term": term, "app_label": "faults", "model_name": model, "field_name": field})
    return [one["text"] for one in answer.json()["results"]]


@pytest.mark.postgresql
def test_what_is_searched_for_stands_best_first_until_a_column_is_clicked(admin_client):
    found = numbers(admin_client, q="刷卡没反应")
    assert found[0] == 43 and 47 in found and found != sorted(found)
    by_number = numbers(admin_client, q="刷卡没反应", o="1")
    assert by_number == sorted(found) and numbers(admin_client, q="刷卡没反应", o="-1") == sorted(found)[::-1]


def test_a_column_is_shown_as_sorted_only_where_it_is(admin_client):
    asked = ({}, {"q": "开不了机"}, {"q": "开不了机", "o": "1"})
    assert [len(admin_client.get(LISTS["fault"], query).context["cl"].get_ordering_field_columns()) for query in asked] == [1, 0, 1]


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("40", 40),
        ("１１８", 118),
        ("40号", 40),
        ("无拨号音", 118),
        ("NOT READY", 64),
        ("打不出小票", 40),
        ("900", 900),
        ("紫霄殿", 900),
        ("霄殿打不", 900),
    ],
)
def test_an_entry_is_found_by_number_screen_words_and_as_a_draft(admin_client, draft, q, first):
    assert numbers(admin_client, q=q)[0] == first
    assert offered(admin_client, q)[0].startswith(f"{first}号")


def test_an_entry_is_found_by_its_code(admin_client):
    belonging = set(Fault.objects.filter(codes__code="97").values_list("number", flat=True))
    assert belonging & {*numbers(admin_client, q="返回码97")}


@pytest.mark.parametrize(
    ("q", "code"), [("97", "97"), ("a0", "A0"), ("报Ａ０", "A0"), ("余额不足", "51"), ("终端号没登记", "97"), ("返回码97", "97")]
)
def test_a_code_is_found_by_itself_and_by_words_in_all_tables(admin_client, q, code):
    tables = ReturnCode.objects.filter(code=code).in_table_order()
    assert {*listed(admin_client, "returncode", q=q)[: len(tables)]} == {*tables}
    assert {*offered(admin_client, q, "codes")[: len(tables)]} == {str(row) for row in tables}


def test_what_is_only_near_is_listed_where_nothing_else_is(admin_client, admin_user):
    near = [hit.item.number for hit in find(admin_user, "会员卡充值失败").weak if isinstance(hit.item, Fault)]
    assert near and numbers(admin_client, q="会员卡充值失败") == near


def test_a_code_of_the_named_table_stands_first(admin_client):
    row = ReturnCode.objects.get(scheme="gateway", code="97")
    assert listed(admin_client, "returncode", q="外卡网关 97")[0] == row


def test_a_term_is_found_by_its_name_before_those_that_mention_it(admin_client):
    found = listed(admin_client, "term", q="签到")
    assert found[0].name == "签到" and len(found) > 1
    assert {*Term.objects.filter(definition__contains="签到")} <= {*found}


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "q", ["\0", "%'()", "a " * 3000, "卡" * 5000, "6222021234567890123"], ids=["nul", "signs", "many words", "long", "card number"]
)
def test_nothing_that_is_searched_for_stops_a_list(admin_client, q):
    assert admin_client.get(reverse("choices"), {"term": q, **WHERE}).status_code == 200
    assert all(admin_client.get(url, {"q": q}, follow=True).status_code == 200 for url in LISTS.values())


def test_a_card_number_that_is_searched_for_leaves_the_address(admin_client):
    """Of every list of the desk, whatever it is searched by."""
    lists = [reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") for model in admin.site._registry]
    for url in lists:
        if url == reverse("admin:faults_deskrules_changelist"):
            continue  # one row, no list
        assert "622202" not in admin_client.get(url, {"q": "卡6222021234567890"}).headers["Location"]


WHERE = {"app_label": "faults", "model_name": "relatedfault", "field_name": "other"}


def test_a_choice_says_what_readers_do_not_see(admin_client, draft):
    Fault.everything.filter(number=5).update(status=Status.ARCHIVED, merged_into=Fault.objects.get(number=40))
    Fault.everything.filter(number=6).update(status=Status.ARCHIVED)
    said = [offered(admin_client, number)[0].partition("（")[2] for number in ("900", "5", "6", "40")]
    assert said == ["草稿）", "已并入40号）", "已下架）", ""]


def test_an_editors_form_chooses_from_there(admin_client):
    page = admin_client.get(reverse("admin:faults_fault_add")).content.decode()
    assert page.count(f'data-ajax--url="{reverse("choices")}"') >= 3 and reverse("admin:autocomplete") not in page


@pytest.mark.postgresql
def test_a_merged_entry_says_where_it_went_wherever_its_state_stands(admin_client, admin_user):
    entry, heir = Fault.objects.get(number=5), Fault.objects.get(number=40)
    merge(entry, heir, admin_user, newest_change())
    link = f'<a href="{reverse("admin:faults_fault_change", args=[heir.pk])}">已并入40号</a>'
    form = admin_client.get(reverse("admin:faults_fault_change", args=[entry.pk])).content.decode()
    assert f'<p class="desk-state">{link}</p>' in form
    assert link in admin_client.get(LISTS["fault"], {"q": "5号"}).content.decode()
    assert link in admin_client.get(reverse("admin:faults_fault_similar"), {"q": "5号"}).content.decode()
    publishing.reopen(Fault.everything.get(pk=entry.pk), admin_user)
    assert "已并入" not in admin_client.get(LISTS["fault"], {"q": "5号"}).content.decode()


def entry(number):
    return Fault.everything.get(number=number)


def edit(number, user, days_ago=0, action=Action.CHANGED):
    """The entry has a revision of the user's, written so many days ago."""
    propose(entry(number), snapshot(entry(number)) | {"symptom": f"{user}改了。"}, user, action)
    Change.objects.filter(pk=Change.objects.of(entry(number))[0].pk).update(made_at=timezone.now() - timedelta(days=days_ago))


@pytest.mark.postgresql
def test_entries_are_narrowed_down_to_who_works_on_them(person, client, draft):
    own, other = person("编辑", "我"), person("编辑", "她")
    client.force_login(own)
    edit(5, own)
    edit(6, other)
    found = {who: numbers(client, author=who) for who in ("me", other.pk, "nobody")}
    waiting = sorted(Fault.everything.filter(status=Status.DRAFT).values_list("number", flat=True))
    assert found == {"me": [5], other.pk: [6], "nobody": waiting} and 900 in waiting


@pytest.mark.postgresql
def test_entries_are_narrowed_down_to_who_answers_for_them(person, client):
    own, other = person("编辑", "我"), person("编辑", "她")
    client.force_login(own)
    Fault.objects.filter(number=5).update(owner=own)
    Fault.objects.filter(number=6).update(owner=other)
    assert numbers(client, owner="me") == [5] and numbers(client, owner=other.pk) == [6]
    nobodys = client.get(LISTS["fault"], {"owner": "nobody"}).context["cl"].result_count
    assert nobodys == Fault.everything.count() - 2
    page = client.get(LISTS["fault"]).content.decode()
    assert page.index("我负责的") < page.index('title="她"') < page.index("没有负责人")


@pytest.mark.postgresql
def test_entries_are_narrowed_down_to_what_was_changed_when_and_by_whom(person, client):
    own, other = person("编辑", "我"), person("复核", "她")
    client.force_login(own)
    edit(5, own)
    edit(6, own, 3)
    edit(7, other, 20)
    edit(8, other, 40)
    edit(8, own, 40)
    publishing.confirm(entry(10), other)
    found = {days: numbers(client, changed=days) for days in ("1", "7", "30")}
    assert found == {"1": [5], "7": [5, 6], "30": [5, 6, 7]}
    by = [numbers(client, changed_by="me"), numbers(client, changed_by=other.pk), numbers(client, changed_by="me", changed="7")]
    assert by == [[5, 6, 8], [7, 8], [5, 6]] and numbers(client, changed_by=other.pk, changed="7") == []


@pytest.mark.postgresql
def test_what_readers_read_is_narrowed_down_to_what_is_due(admin_client, draft):
    Fault.everything.update(review_due=timezone.localdate() + timedelta(days=31))
    for number, days in ((5, -1), (6, 0), (7, 30)):
        Fault.objects.filter(number=number).update(review_due=timezone.localdate() + timedelta(days=days))
    Fault.everything.filter(number__in=[8, 900]).update(review_due=None)
    assert {due: numbers(admin_client, due=due) for due in ("past", "soon", "never")} == {"past": [5], "soon": [6, 7], "never": [8]}


@pytest.mark.postgresql
@pytest.mark.parametrize("model", LISTS)
def test_what_is_in_review_is_listed_and_says_so_whether_readers_have_an_older_text_or_none(admin_client, admin_user, model):
    changed, submitted, drafted, plain = listed(admin_client, model, status="published")[:4]
    type(drafted).objects.filter(pk=drafted.pk).update(status=Status.REVIEW)
    for item in (changed, submitted):
        words = {"symptom": "改了。", "meaning": "改了", "definition": "改了。"}
        propose(item, snapshot(item) | words, admin_user, Action.CHANGED)
    publishing.submit(submitted, admin_user)
    found = {state: {*listed(admin_client, model, status=state)} for state in ("review", "unsubmitted", "published", "archived", "x")}
    assert found["review"] == {submitted, drafted} and found["unsubmitted"] == {changed}
    assert {changed, submitted, plain} <= found["published"] and drafted not in found["published"] and not found["archived"]
    shown = admin_client.get(LISTS[model], {"status": "review"}).content.decode(), admin_client.get(LISTS[model]).content.decode()
    assert "已发布，有修改待复核" in shown[0] and "已发布，有修改没提交" not in shown[0] and "已发布，有修改没提交" in shown[1]


@pytest.mark.parametrize("model", ["returncode", "term"])
def test_codes_and_terms_are_narrowed_down_too(admin_client, admin_user, model):
    item = listed(admin_client, model)[0]
    propose(item, snapshot(item) | {"meaning": "改了", "definition": "改了。"}, admin_user, Action.CHANGED)
    for query in ({"author": "me"}, {"changed": "1"}, {"changed_by": "me"}):
        assert listed(admin_client, model, **query) == [item]
    type(item).objects.filter(pk=item.pk).update(review_due=timezone.localdate() - timedelta(days=1))
    assert listed(admin_client, model, due="past") == [item]


@pytest.mark.parametrize("value", ["x", "-1", "9" * 30, "1,2", "", "²"])
def test_a_filter_of_nonsense_filters_nothing(admin_client, value):
    query = dict.fromkeys(("author", "owner", "changed", "changed_by", "due", "status"), value)
    answer = admin_client.get(LISTS["fault"], query)
    assert answer.status_code == 200 and answer.context["cl"].result_count == Fault.everything.count()


def test_filters_are_counted_on_request(admin_client, admin_user):
    edit(5, admin_user)
    page = admin_client.get(LISTS["fault"], {"_facets": "True"}).content.decode()
    assert "我在改的 (1)" in page and "今天 (1)" in page


def test_a_list_takes_as_many_queries_for_fifty_rows_as_for_two(admin_client, admin_user, person):
    def queries(look=listed, **query):
        with CaptureQueriesContext(connection) as seen:
            rows = look(admin_client, **query)
        return len(seen), len(rows)

    edit(5, admin_user)
    merge(entry(6), entry(40), admin_user, newest_change())
    few, many = queries(author="me"), queries()
    assert (few[1], many[1]) == (1, 50) and few[0] == many[0]
    found, choices = [], []
    for most in (52, 200):
        merged = Fault.everything.filter(number__gt=50, number__lte=most)
        merged.update(status=Status.ARCHIVED, merged_into=entry(40), title="紫霄殿")
        index.refresh(merged)
        found.append(queries(q="紫霄殿"))
        choices.append(queries(offered, term="紫霄殿"))
    assert found[0][1] < found[1][1] == 50 and found[0][0] == found[1][0]
    assert choices[0][1] < choices[1][1] == 20 and choices[0][0] == choices[1][0]
