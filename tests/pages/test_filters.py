"""Filtered lists: counts that hold, choices that combine, paging that keeps them."""

import re

import pytest

from faults.models import Fault, Kind, ReturnCode

pytestmark = pytest.mark.django_db


def shown(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response


def test_each_choice_says_how_many_it_leaves(client):
    for facet in shown(client, "/f/").context["facets"]:
        for choice in facet["choices"]:
            left = shown(client, f"/f/?{facet['name']}={choice['value']}").context["page"].paginator.count
            assert left == choice["count"], (facet["name"], choice)


def test_filters_combine_and_the_counts_follow(client):
    context = shown(client, "/f/?kind=procedure&category=operation").context
    rows = Fault.objects.filter(kind=Kind.PROCEDURE, category__slug="operation")
    assert context["page"].paginator.count == rows.count() > 0
    kinds = next(facet for facet in context["facets"] if facet["name"] == "kind")
    fault = next(choice for choice in kinds["choices"] if choice["value"] == "fault")
    assert fault["count"] == Fault.objects.filter(kind=Kind.FAULT, category__slug="operation").count()


def test_an_actor_finds_what_that_actor_has_to_do(client):
    numbers = {fault.number for fault in shown(client, "/f/?actor=cardholder").context["page"]}
    assert numbers == set(Fault.objects.filter(causes__fixes__actor__slug="cardholder").values_list("number", flat=True))


@pytest.mark.parametrize(
    ("query", "lookup"),
    [
        ("scheme=cup", {"scheme": "cup"}),
        ("letter=D", {"response_class": "D"}),
        ("retry=after-check", {"retry": "after-check"}),
        ("actor=issuer", {"actors__slug": "issuer"}),
    ],
)
def test_codes_are_filtered(client, query, lookup):
    assert shown(client, f"/codes/?{query}").context["page"].paginator.count == ReturnCode.objects.filter(**lookup).distinct().count() > 0


def test_pages_keep_the_filter(client):
    ReturnCode.everything.bulk_create(
        ReturnCode(scheme="terminal", code=f"{n:03}", meaning="x", retry="no", status="published") for n in range(150)
    )
    page = shown(client, "/codes/?retry=no").content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', page).group(1)
    assert following == "?retry=no&amp;page=2"
    assert shown(client, "/codes/" + following.replace("&amp;", "&")).context["page"].number == 2


def test_no_row_left_says_what_to_do(client):
    assert "去掉一个条件" in shown(client, "/f/?kind=notice&category=printing").content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/f/?kind=zzz",
        "/f/?category=%00",
        "/f/?category=' OR 1=1",
        "/codes/?scheme=<script>",
        "/codes/?actor=99",
        "/f/?environment=" + "x" * 5000,
    ],
)
def test_a_filter_that_makes_no_sense_is_said_and_everything_is_shown(client, path):
    response = shown(client, path, 400)
    assert "筛选条件不认识" in response.content.decode() and "<script>" not in response.content.decode()
    assert response.context["page"].paginator.count > 30


@pytest.mark.parametrize("page", ["-1", "0", "1000000000", "x", "99999999999999999999", "%00"])
@pytest.mark.parametrize("path", ["/f/", "/codes/"])
def test_a_page_that_is_not_there(client, path, page):
    assert "没有这一页" in shown(client, f"{path}?page={page}", 404).content.decode()
