"""The admin's lists of knowledge: found by words, the best first."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faults.editing import publishing
from faults.editing.merging import merge
from faults.models import Fault, ReturnCode, Status, Term
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
    found = numbers(admin_client, q="开不了机")
    assert found[0] == 23 and 22 in found and found != sorted(found)
    by_number = numbers(admin_client, q="开不了机", o="1")
    assert by_number == sorted(found) and numbers(admin_client, q="开不了机", o="-1") == sorted(found)[::-1]


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
    near = [hit.item.number for hit in find(admin_user, "语音播报不响").weak if isinstance(hit.item, Fault)]
    assert near and numbers(admin_client, q="语音播报不响") == near


def test_a_code_of_the_named_table_stands_first(admin_client):
    row = ReturnCode.objects.get(scheme="visa", code="97")
    assert listed(admin_client, "returncode", q="visa 97")[0] == row


def test_a_term_is_found_by_its_name_before_those_that_mention_it(admin_client):
    found = listed(admin_client, "term", q="签到")
    assert found[0].name == "签到" and len(found) > 1
    assert {*Term.objects.filter(definition__contains="签到")} <= {*found}


@pytest.mark.parametrize(
    "q", ["\0", "%'()", "a " * 3000, "卡" * 5000, "6222021234567890123"], ids=["nul", "signs", "many words", "long", "card number"]
)
def test_nothing_that_is_searched_for_stops_a_list(admin_client, q):
    assert admin_client.get(reverse("choices"), {"term": q, **WHERE}).status_code == 200
    assert all(admin_client.get(url, {"q": q}).status_code == 200 for url in LISTS.values())


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
    merge(entry, heir, admin_user)
    link = f'<a href="{reverse("admin:faults_fault_change", args=[heir.pk])}">已并入40号</a>'
    form = admin_client.get(reverse("admin:faults_fault_change", args=[entry.pk])).content.decode()
    assert f'<p class="desk-state">{link}</p>' in form
    assert link in admin_client.get(LISTS["fault"], {"q": "5号"}).content.decode()
    assert link in admin_client.get(reverse("admin:faults_fault_similar"), {"q": "5号"}).content.decode()
    publishing.reopen(Fault.everything.get(pk=entry.pk), admin_user)
    assert "已并入" not in admin_client.get(LISTS["fault"], {"q": "5号"}).content.decode()


def entry(number):
    return Fault.everything.get(number=number)


def test_a_list_takes_as_many_queries_for_fifty_rows_as_for_two(admin_client, admin_user, person):
    def queries(look=listed, **query):
        with CaptureQueriesContext(connection) as seen:
            rows = look(admin_client, **query)
        return len(seen), len(rows)

    merge(entry(6), entry(40), admin_user)
    few, many = queries(q="40号"), queries()
    assert (few[1], many[1]) == (1, 50)
    found, choices = [], []
    for most in (52, 200):
        merged = Fault.everything.filter(number__gt=50, number__lte=most)
        merged.update(status=Status.ARCHIVED, merged_into=entry(40), title="紫霄殿")
        index.refresh(merged)
        found.append(queries(q="紫霄殿"))
        choices.append(queries(offered, term="紫霄殿"))
    assert found[0][1] < 3 and found[1][1] == 50 and found[0][0] == found[1][0]
    assert choices[0][1] < 3 and choices[1][1] == 20 and choices[0][0] == choices[1][0]
