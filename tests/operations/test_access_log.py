"""One record a request, if it is asked for: what was answered and how fast; nothing of who the reader is, and no figures."""

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.test import Client, override_settings

from posdesk.operations.access_log import AccessLogMiddleware

pytestmark = pytest.mark.django_db


@pytest.fixture
def access(logged):
    with override_settings(ACCESS_LOG=True):
        yield lambda: [line for line in logged() if line["logger"] == "posdesk.access"]


def test_a_record_says_what_was_answered(access):
    client = Client()  # made here: a client takes the middleware that the settings name when it first asks
    answer = client.get("/f/40/")
    client.post("/nothing/")
    found, missing = access()
    assert (found["method"], found["path"], found["status"]) == ("GET", "/f/40/", 200) and "user" not in found
    assert found["request_id"] == answer.headers["X-Request-ID"] and 0 < found["ms"] < 60_000
    assert (missing["method"], missing["status"]) == ("POST", 404) and missing["message"].startswith("POST /nothing/ 404 ")


def test_who_is_signed_in_is_there_by_number_alone(access, editor):
    client = Client()
    client.force_login(editor)
    client.get("/f/40/")
    (line,) = access()
    assert line["user"] == editor.pk and editor.username not in str(line["message"]) and "127.0.0.1" not in str(line)


@pytest.mark.parametrize("query", ["q=6222021234567890", "q=138%310013800", "kind=13800138000&q=97"])
def test_figures_in_the_address_are_covered(access, query):
    Client().get(f"/search/?{query}")
    for line in access():
        assert "13800" not in str(line) and "622202" not in str(line) and "*****" in line["path"]


def test_it_is_off_unless_asked_for():
    with pytest.raises(MiddlewareNotUsed):
        AccessLogMiddleware(lambda request: HttpResponse())
