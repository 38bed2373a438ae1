"""Whatever is typed or put into the address: a clear page with the right status, never a 500."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.budget import either

pytestmark = pytest.mark.django_db

QUERIES = [
    "x" * 10_000,
    "无拨号音" * 2500,
    "\x00\x01\x1b[31m",
    "' OR '1'='1' --",
    "<script>alert(1)</script>",
    "\u202e\ufeff",
    "%",
    "_",
    "🙂🙂",
    "\ud7ff",
]


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_any_query_gets_a_page(client, query):
    response = client.get("/search/", {"q": query})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_a_long_query_says_that_it_was_cut(client):
    assert "太长了" in client.get("/search/", {"q": "无拨号音" * 2500}).content.decode()


def test_an_empty_query_says_what_to_write(client):
    assert "还没有写要查的话" in client.get("/search/").content.decode()


@pytest.mark.parametrize(
    "path", ["/f/999/", "/f/0/", "/f/99999999999999999999/", "/f/-1/", "/f/abc/", "/codes/QQ/", "/codes/toolong/", "/nothing/", "/f/9%00/"]
)
def test_what_is_not_there_is_a_404_that_offers_search(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert 'action="/search/"' in response.content.decode()


def test_an_unknown_number_and_code_are_named(client):
    assert "没有999号条目" in client.get("/f/999/").content.decode()
    assert "QQ 不在任何一张码表里" in client.get("/codes/QQ/").content.decode()


def test_an_unknown_code_in_a_query_gets_the_honest_page(client):
    shown = client.get("/search/", {"q": "返回码E1"}).content.decode()
    assert "E1不在任何一张码表里" in shown and "不猜" in shown and "报给收单机构" in shown


def test_nothing_reliable_is_said(client):
    shown = client.get("/search/", {"q": "孔乙己欠十九文钱"}).content.decode()
    assert "没有可靠的答案" in shown and "先问这四样" in shown


def test_a_card_number_leaves_the_address_at_once(client):
    response = client.get("/search/", {"q": "卡6222021234567890刷不了"})
    assert response.status_code == 302
    assert "622202" not in response.headers["Location"] and "7890" in response.headers["Location"]
    shown = client.get(response.headers["Location"]).content.decode()
    assert "622202" not in shown


@settings(max_examples=either(15, 80), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["/search/", "/f/", "/codes/", "/f/40/", "/codes/97/"]),
    st.dictionaries(
        st.sampled_from(["q", "page", "kind", "category", "environment", "actor", "scheme", "letter", "retry", "sort"]),
        st.text(max_size=40),
        max_size=4,
    ),
)
def test_no_address_makes_a_500(path, parameters):
    assert Client().get(path, parameters).status_code in (200, 302, 400, 404)
