"""What comes is cut before it is looked at: 2.4 MB cost no more than nothing does, at every address that strangers reach."""

import time

import pytest
from django.test import Client

from faults.models import Fault
from posdesk.request_sizes import MOST
from tests.people import PASSWORD
from tests.security.addresses import GIVEN, addresses
from tests.security.sign_in import LOGIN, sign_in

pytestmark = pytest.mark.django_db
MUCH = "1-a" * 800_000
LINE = "1-a" * 1_300  # what gunicorn lets through of a request's line; of a header it is twice as much
SIGNING_IN = ("admin:login", "second_step", "second_factor_set_up", "admin:password_change", "sessions", "admin:logout")
TIMES = 5  # as dear as nothing
FLOOR = 0.02  # seconds of the processor's time: what is faster is taken for that, or one garbage collection would make a difference
TRIES = 3  # of what seems dear; the best of them counts


def _paths() -> list[str]:
    cause = str(Fault.objects.get(number=40).causes.first().pk)
    found = [one for one in addresses() if one.name in SIGNING_IN or not one.route.startswith("admin/")]
    paths = ["/" + one.route.replace("<row:pk>", cause) for one in found]
    for pattern, value in GIVEN.items():
        paths = [path.replace(pattern, value) for path in paths]
    return [path for path in paths if "<" not in path]


def _seconds(ask, client, path) -> float:
    """This thread's processor time."""
    started = time.thread_time()
    assert ask(client, path).status_code < 500
    return time.thread_time() - started


def _is_dear(ask, client, path) -> bool:
    """Whether it takes more than TIMES as long as the dearer of an empty GET and POST, each time that it is tried."""
    if _seconds(ask, client, path) <= TIMES * FLOOR:
        return False
    usual = max(_seconds(empty, client, path) for empty in (Client.get, Client.post))
    return min(_seconds(ask, client, path) for _ in range(TRIES)) > TIMES * max(usual, FLOOR)


def _dear(kinds) -> list:
    client = Client(raise_request_exception=False)
    return [(path, name) for path in _paths() for name, ask in kinds.items() if _is_dear(ask, client, path)]


def test_much_in_a_body_costs_no_more_than_nothing():
    form = "application/x-www-form-urlencoded"
    field, body = f"username={MUCH}&words={MUCH}", MUCH.encode()
    kinds = {
        "field": lambda client, path: client.post(path, field, content_type=form),
        "body": lambda client, path: client.post(path, body, content_type="text/plain"),
        "multipart": lambda client, path: client.post(path, {"words": MUCH}),
    }
    assert _dear(kinds) == []


def test_much_in_an_address_a_cookie_or_a_header_costs_no_more_than_nothing():
    said = {"user-agent": LINE * 2, "x-forwarded-for": LINE * 2, "accept-language": LINE * 2, "cookie": f"sessionid={LINE}; visitor={LINE}"}
    assert _dear({"all": lambda client, path: client.get(path, {"q": LINE}, headers=said)}) == []


def test_what_is_let_in_costs_little_too():
    """As much as is let in, in several fields."""
    words = "1-a" * (MOST // 3 // 3 - 400)
    kinds = {"fields": lambda client, path: client.post(path, {"username": words, "words": words, "q": words, "password": "x"})}
    assert _dear(kinds) == []


@pytest.mark.parametrize("path", ["/f/40/flag/", "/say/helpful/40/", LOGIN, "/admin/login/code/", "/i18n/setlang/", "/nothing/"])
def test_more_is_refused_in_words_before_it_is_read(client, path):
    answer = client.post(path, {"words": "x" * MOST})
    assert answer.status_code == 413 and "这份表单太大了" in answer.content.decode()


@pytest.mark.parametrize("length", ["", "x", "-1", "²", "+20000", "9" * 40])
def test_a_length_that_is_none_is_never_believed(client, length):
    answer = client.generic("POST", "/f/40/flag/", b"words=" + b"x" * MOST * 2, "application/x-www-form-urlencoded", CONTENT_LENGTH=length)
    assert answer.status_code in (200, 400, 413) and "xxx" not in answer.content.decode()


def test_a_body_in_pieces_without_a_length_is_not_read(client):
    answer = client.generic(
        "POST",
        "/f/40/flag/",
        b"words=" + b"x" * MOST,
        "application/x-www-form-urlencoded",
        CONTENT_LENGTH="",
        HTTP_TRANSFER_ENCODING="chunked",
    )
    assert answer.status_code == 200 and "xxx" not in answer.content.decode()


def test_the_desks_forms_take_more_from_who_is_signed_in_and_lead_others_to_sign_in(client, signed_in_as):
    path, much = "/admin/faults/fault/add/", {"symptom": "长" * MOST}
    assert signed_in_as("编辑").post(path, much).status_code == 200
    assert client.post(path, much).url.startswith(LOGIN)


def test_a_name_that_is_too_long_is_refused_without_being_tried(person):
    person("编辑", "li")
    assert sign_in("li" * 200, PASSWORD)[1].status_code == 200
