"""The admin's first page: what waits for whoever signed in, in the same number of queries however much it is."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faults.editing import publishing
from faults.editing.describe import snapshot
from faults.editing.edits import propose
from faults.models import Action, Fault, Flag
from tests.admin.forms import up_to_date

pytestmark = pytest.mark.django_db


def parts(client):
    """The page's lists: the heading of each with its text."""
    text = client.get("/admin/").content.decode()
    return {piece.split("<")[0].strip(): piece for piece in text.split("<h2>")[1:]}


@pytest.mark.postgresql
def test_each_sees_what_waits_for_them(person, signed_in_as, client):
    author = person("编辑", "作者")
    for number in (5, 12, 40):
        item = Fault.objects.get(number=number)
        propose(item, snapshot(item) | {"symptom": "改了。"}, author, Action.CHANGED)
        if number != 12:
            publishing.submit(item, author)
    publishing.send_back(Fault.objects.get(number=5), None, "再想想")
    client.force_login(author)
    mine = parts(client)
    assert (
        "5号" in mine["退回给我的"] and "再想想" in mine["退回给我的"] and "12号" in mine["我的草稿"] and "40号" in mine["我提交了，等复核"]
    )
    assert "等我复核" not in mine
    theirs = parts(signed_in_as("复核"))
    assert "40号" in theirs["等我复核"] and "5号" not in theirs["等我复核"] and "没有写到一半的" in theirs["我的草稿"]
    assert "退回" in theirs["最近的变动"]


def test_overdue_reviews_stand_there_until_somebody_says_still_correct(signed_in_as):
    Fault.objects.filter(number__in=[5, 40]).update(review_due=date(2020, 1, 1))
    reviewer = signed_in_as("复核")
    assert "5号" in parts(reviewer)["该复核了"]
    fault = Fault.objects.get(number=5)
    answer = reviewer.post(f"/admin/faults/fault/{fault.pk}/step/confirm/", up_to_date(next="desk"))
    assert answer.url == "/admin/"
    assert "5号" not in parts(reviewer)["该复核了"] and "40号" in parts(reviewer)["该复核了"]
    assert "仍然正确" not in parts(signed_in_as("编辑"))["该复核了"]


def test_one_row_takes_as_many_queries_as_twenty(signed_in_as, person):
    reviewer, author = signed_in_as("复核"), person("编辑", "作者")

    def queries(numbers):
        for item in Fault.objects.filter(number__in=numbers):
            propose(item, snapshot(item) | {"symptom": "改了。"}, author, Action.CHANGED)
            publishing.submit(item, author)
            Flag.objects.create(fault=item, version=1, words="有误")
        Fault.objects.filter(number__in=numbers).update(review_due=date(2020, 1, 1))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert reviewer.get("/admin/").status_code == 200
        return len(seen)

    assert queries([5]) == queries(range(6, 30))
