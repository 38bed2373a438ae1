"""Archiving and deleting ask once, and say what leads to what goes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faults.models import Category, Change, Fault, RelatedFault, ReturnCode, Status, Term
from tests.admin.forms import up_to_date
from tests.usage.rows import judged

pytestmark = pytest.mark.django_db
LIST = "/admin/faults/fault/"


def ask(client, item, decision, **sent):
    return client.post(reverse(f"admin:faults_{item._meta.model_name}_ask", args=[item.pk, decision]), sent)


@pytest.fixture
def reviewer(signed_in_as):
    return signed_in_as("复核")


def test_it_names_what_leads_to_an_entry_and_how_it_comes_back(reviewer):
    fault = Fault.objects.get(number=40)
    judged("银行卡", 40)
    Fault.everything.create(number=901, title="并进来的", category=Category.objects.first(), status=Status.ARCHIVED, merged_into=fault)
    response = ask(reviewer, fault, "archive", why="重复了", seen="77", next="desk")
    shown = response.content.decode()
    sources = {str(one.source) for one in response.context["references"]}
    assert {str(link.fault) for link in fault.links_back.all()} <= sources
    assert {"901号 并进来的", "银行卡"} | {str(code) for code in fault.codes.all()} <= sources
    assert "重新起草" in shown and 'value="重复了"' in shown
    assert '<input type="hidden" name="seen" value="77">' in shown and '<input type="hidden" name="next" value="desk">' in shown
    assert f'action="{reverse("admin:faults_fault_step", args=[fault.pk, "archive"])}"' in shown
    assert Fault.objects.filter(pk=fault.pk).exists()


def test_of_a_code_it_names_the_entries_and_the_codes(reviewer):
    row = ReturnCode.objects.get(scheme="cup", code="68")
    sources = {one.source for one in ask(reviewer, row, "archive").context["references"]}
    assert sources >= set(row.faults.all()) and sources


def test_of_what_is_deleted_it_says_where_it_is_found_again(signed_in_as, draft):
    shown = ask(signed_in_as("管理员"), draft, "delete").content.decode()
    assert reverse("admin:faults_fault_deleted") in shown and "没有别的内容通到它" in shown
    assert Fault.everything.filter(pk=draft.pk).exists()


def test_what_can_not_be_done_is_not_asked(signed_in_as, reviewer, draft):
    live, term = Fault.objects.get(number=40), Term.objects.first()
    administrator = signed_in_as("管理员")
    asked = [
        (administrator, live, "delete"),
        (reviewer, draft, "delete"),
        (signed_in_as("编辑"), live, "archive"),
        (reviewer, term, "publish"),
    ]
    assert [ask(client, item, decision).status_code for client, item, decision in asked] == [403] * 4


def test_the_buttons_lead_there(signed_in_as):
    live = Fault.objects.get(number=40)
    shown = signed_in_as("管理员").get(reverse("admin:faults_fault_change", args=[live.pk])).content.decode()
    assert reverse("admin:faults_fault_ask", args=[live.pk, "archive"]) in shown
    assert reverse("admin:faults_fault_step", args=[live.pk, "archive"]) not in shown


def test_many_at_once_are_asked_about_once_and_in_as_few_queries(reviewer):
    def asked(*numbers):
        chosen = [fault.pk for fault in Fault.objects.filter(number__in=numbers)]
        with CaptureQueriesContext(connection) as queries:
            response = reviewer.post(LIST, {"action": "archive", "_selected_action": chosen})
        return response, len(queries)

    (_, few), (response, many) = asked(33, 34), asked(33, 34, 40, 41, 88)
    assert few == many and Fault.objects.filter(number=40).exists()
    sources = {one.source.number for one in response.context["references"] if isinstance(one.source, Fault)}
    assert sources and not sources & {33, 34, 40, 41, 88}  # these go too
    changes = Change.objects.count()
    chosen = [value for name, value in response.context["sent"] if name == "_selected_action"]
    reviewer.post(LIST, up_to_date(action="archive", confirmed="yes", _selected_action=chosen))
    assert Fault.everything.filter(number__in=(33, 34, 40, 41, 88), status=Status.ARCHIVED).count() == 5 == Change.objects.count() - changes
    assert RelatedFault.objects.filter(other__number=40).exists()
