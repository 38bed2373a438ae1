"""Filtered lists: counts that hold, choices that combine, paging that keeps them."""

import re

import pytest

from faults.models import Category, Fault, Kind, ReturnCode

pytestmark = pytest.mark.django_db


def shown(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response


@pytest.mark.postgresql
def test_each_choice_says_how_many_it_leaves(client):
    for facet in shown(client, "/f/").context["facets"]:
        for choice in facet["choices"]:
            left = shown(client, f"/f/?{facet['name']}={choice['value']}").context["page"].paginator.count
            assert left == choice["count"], (facet["name"], choice)


@pytest.mark.postgresql
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
        ("", {"scheme": "cup"}),
        ("scheme=", {}),
        ("scheme=visa", {"scheme": "visa"}),
        ("letter=D", {"scheme": "cup", "response_class": "D"}),
        ("scheme=&retry=after-check", {"retry": "after-check"}),
        ("scheme=&actor=issuer", {"actors__slug": "issuer"}),
    ],
)
def test_codes_are_filtered(client, query, lookup):
    """All on one page; UnionPay's unless the address names another table."""
    assert len(shown(client, f"/codes/?{query}").context["rows"]) == ReturnCode.objects.filter(**lookup).distinct().count() > 0


def codes(client, query):
    """The codes that the table shows, in its order."""
    return [row.code for row in shown(client, f"/codes/?{query}").context["rows"] if row.is_left]


@pytest.mark.postgresql
@pytest.mark.parametrize("said", ["97", "９７", "终端号没登记", "终端号未登记", "終端號未登記", "a0", " A0 "])
def test_codes_are_found_by_code_meaning_and_screen_text(client, said):
    found = codes(client, f"q={said}")
    assert ("A0" if "0" in said else "97") in found and len(found) < 5


def test_rows_that_do_not_say_it_are_hidden_and_counted_out(client):
    page = shown(client, "/codes/?q=97").content.decode()
    assert page.count('<tr role="row" data-code') == page.count(" hidden><th") + 1 and '<b id="left" class="num">1</b>' in page
    assert 'class="none" hidden' in page


def test_no_code_left_is_said(client):
    page = shown(client, "/codes/?q=紫霄殿").content.decode()
    assert 'class="none"><td' in page and "表里没有的码不要猜" in page and '<b id="left" class="num">0</b>' in page


def test_a_card_number_typed_over_the_table_leaves_the_address(client):
    address = shown(client, "/codes/?scheme=&q=6222021234567890", 302).headers["Location"]
    assert "622202" not in address and address.startswith("/codes/?q=") and address.endswith("&scheme=")


@pytest.mark.postgresql
@pytest.mark.parametrize("name", ["code", "letter", "retry"])
def test_codes_are_sorted_both_ways(client, name):
    up, down = codes(client, f"sort={name}"), codes(client, f"sort=-{name}")
    assert up == down[::-1] and sorted(up) == sorted(codes(client, ""))


def test_codes_without_a_class_come_last(client):
    letters = [row.response_class_id or "" for row in shown(client, "/codes/?sort=letter").context["rows"]]
    assert [letter or "~" for letter in letters] == sorted(letter or "~" for letter in letters) and "" in letters


def test_a_head_says_how_it_is_sorted_and_leads_the_other_way(client):
    page = shown(client, "/codes/?scheme=visa&sort=retry").content.decode()
    assert 'aria-sort="ascending"><a href="?scheme=visa&amp;sort=-retry"' in page
    assert 'aria-sort="none"><a href="?scheme=visa&amp;sort=code"' in page


def test_pages_keep_the_filter(client):
    category = Category.objects.first()
    Fault.everything.bulk_create(
        Fault(number=1000 + n, title=f"试 {n}", symptom="x", kind=Kind.NOTICE, category=category, status="published") for n in range(150)
    )
    page = shown(client, "/f/?kind=notice").content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', page).group(1)
    assert following == "?kind=notice&amp;page=2"
    assert shown(client, "/f/" + following.replace("&amp;", "&")).context["page"].number == 2


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
        "/codes/?sort=price",
        "/f/?environment=" + "x" * 5000,
    ],
)
def test_a_filter_that_makes_no_sense_is_said_and_everything_is_shown(client, path):
    response = shown(client, path, 400)
    assert "筛选条件不认识" in response.content.decode() and "<script>" not in response.content.decode()
    rows = response.context["rows"] if path.startswith("/codes/") else response.context["page"].paginator.object_list
    assert len(rows) > 30


@pytest.mark.parametrize("page", ["-1", "0", "1000000000", "x", "99999999999999999999", "%00"])
def test_a_page_that_is_not_there(client, page):
    assert "没有这一页" in shown(client, f"/f/?page={page}", 404).content.decode()
