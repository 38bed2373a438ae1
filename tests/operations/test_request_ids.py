"""Every request has an id: the proxy's if it can be trusted to be one, otherwise a short one of ours."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posdesk.masking import has_card_number
from posdesk.operations import request_ids

pytestmark = pytest.mark.django_db

GIVEN = "3f2c9d1e7a-proxy"


@pytest.mark.parametrize("path", ["/", "/f/40/", "/nothing/", "/healthz", "/robots.txt", "/40"])
def test_the_proxys_id_is_on_every_answer(client, path):
    assert client.get(path, headers={"X-Request-ID": GIVEN}).headers["X-Request-ID"] == GIVEN


def test_a_page_asked_again_has_the_new_id(client):
    answers = [client.get("/f/40/", headers={"X-Request-ID": f"{GIVEN}-{turn}"}) for turn in range(3)]
    assert [answer.headers["X-Request-ID"] for answer in answers] == [f"{GIVEN}-{turn}" for turn in range(3)]
    assert not any(GIVEN in answer.content.decode() for answer in answers)


@pytest.mark.parametrize(
    "hostile",
    ["", "short77", "x" * 65, "a b c d e f", 'id"><script>', "id-\r\nSet-Cookie: a=b", "编号编号编号编号", "../../../etc", "-" * 8]
    + ["6222021234567890", "6222-0212-3456-7890", "abc62220212345678-90def"],
)
def test_a_hostile_id_is_replaced(client, hostile):
    said = client.get("/nothing/", headers={"X-Request-ID": hostile})
    assert len(said.headers["X-Request-ID"]) == request_ids.LENGTH and "Set-Cookie" not in said.headers
    assert not hostile or hostile not in said.content.decode().split('<main id="main"')[1].split("</main>")[0]


@pytest.mark.parametrize("plain", ["8letters", "x" * 64, "550e8400-e29b-41d4-a716-4466554b000f", "9f86d081884c7d659a2feaa0c55ad015"])
def test_what_proxies_make_is_taken(plain):
    assert request_ids.is_acceptable(plain)


@given(st.from_regex("[0-9A-Za-z-]{8,64}", fullmatch=True) | st.from_regex("[0-9-]{12,30}a?", fullmatch=True))
def test_no_accepted_id_could_be_a_card_number(said):
    assert not (request_ids.is_acceptable(said) and has_card_number(said))


def test_our_own_can_be_read_aloud_and_are_all_different():
    made = {request_ids.new_id() for _ in range(1000)}
    assert len(made) == 1000 and all(map(request_ids.is_acceptable, made))
    assert not set("".join(made)) & set("0oO1iIlL") and {len(one) for one in made} == {10}


def test_what_is_logged_between_requests_belongs_to_none(client, logged):
    client.get("/", headers={"X-Request-ID": GIVEN})
    logging.getLogger("posdesk.test").info("later")
    assert [line["request_id"] for line in logged() if line["message"] == "later"] == ["-"]
