"""Each page for an error says what to do and gives the id under which the log has it."""

import re

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from faults.views.errors import too_many_requests
from posdesk.masking import has_card_number
from tests.test_settings import manage

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.operations.urls")]

TOLD = re.compile("编号 <samp>([^<]*)</samp>，打电话找管理员时念给他听。")


def told(answer) -> str:
    """The one id that the page gives."""
    (found,) = TOLD.findall(answer.content.decode())
    return found


def main_of(answer) -> str:
    return re.sub("<[^>]*>", "", answer.content.decode().split("<main", 1)[1])


@pytest.mark.parametrize(
    ("path", "status", "advice"), [("/nothing/", 404, "再查一次"), ("/refuses/", 403, "请找管理员"), ("/fails/", 500, "刷新再试")]
)
def test_the_page_gives_the_id_of_its_answer(visitor, path, status, advice):
    answer = visitor.get(path)
    assert answer.status_code == status and told(answer) == answer.headers["X-Request-ID"]
    assert advice in main_of(answer) and not answer.cookies


def test_a_refused_host_gets_the_id(visitor):
    answer = visitor.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400 and told(answer) == answer.headers["X-Request-ID"]


def test_a_form_without_its_token_says_to_send_it_again():
    answer = Client(enforce_csrf_checks=True).post(reverse("admin:login"), {"username": "x", "password": "y"})
    assert answer.status_code == 403 and "再提交一次" in main_of(answer) and told(answer) == answer.headers["X-Request-ID"]


def test_too_many_says_when_to_go_on():
    request = RequestFactory().get("/search/")
    request.request_id = "abcdefgh23"
    answer = too_many_requests(request, seconds=40)
    assert (answer.status_code, answer.headers["Retry-After"], told(answer)) == (429, "40", "abcdefgh23")
    assert "请等40秒" in main_of(answer) and "no-store" in answer.headers["Cache-Control"]


def test_the_id_on_the_page_finds_the_error_in_the_log(visitor, logged):
    answer = visitor.get("/fails/")
    (line,) = [line for line in logged() if line["level"] == "ERROR"]
    assert line["request_id"] == told(answer) == answer.headers["X-Request-ID"]
    assert "ValueError" in line["exception"] and not has_card_number(answer.content.decode())


@pytest.mark.parametrize("path", ["/nothing/", "/refuses/"])
def test_so_do_the_others(visitor, logged, path):
    answer = visitor.get(path)
    assert told(answer) in {line["request_id"] for line in logged() if path in line["message"]}


def test_whose_account_was_refused_is_in_the_log_by_number(visitor, logged, editor):
    visitor.force_login(editor)
    answer = visitor.get("/refuses/")
    said = [line["message"] for line in logged() if line["request_id"] == told(answer)]
    assert f"refused to account {editor.pk}" in said and any("/refuses/" in message for message in said)
    assert not any(editor.username in message for message in said)


def test_the_page_speaks_the_readers_language(visitor):
    visitor.cookies["language"] = "zh-hant"
    answer = visitor.get("/fails/")
    assert 'lang="zh-Hant"' in answer.content.decode() and "出錯了" in main_of(answer) and answer.headers["X-Request-ID"] in main_of(answer)


def test_a_message_outlives_an_error_in_the_admin(visitor, editor):
    visitor.force_login(editor)
    answer = visitor.get("/admin/says-then-fails/")
    assert answer.status_code == 500 and told(answer)
    visitor.get("/admin/nothing/")
    visitor.get("/refuses/")
    assert visitor.get("/admin/shows-messages/").content.decode() == "存好了"


ASK = """
from django.test import Client
for name, more in (("without-a-session", {}), ("with-a-session", {"Cookie": "sessionid=0123456789abcdef0123456789abcdef"})):
    answer = Client(raise_request_exception=False).get("/f/40/", headers={"X-Request-ID": name, **more})
    print(answer.status_code, len(answer.cookies), answer.content.decode(), end="\\0")
"""


def test_the_page_needs_no_database():
    """A process of its own, whose database is a port at which nobody listens; it is asked without a session, then with one."""
    ran = manage("shell", "-v0", "-c", ASK, DATABASE_URL="postgres://posdesk:hush@127.0.0.1:9/posdesk", ALLOWED_HOSTS="testserver")
    without, with_one, rest = ran.stdout.split("\0")
    assert not rest.strip(), ran.stderr
    for name, shown in (("without-a-session", without), ("with-a-session", with_one)):
        assert shown.startswith("503 0 <!doctype html>"), (name, ran.stderr)
        assert TOLD.findall(shown) == [name] and "127.0.0.1" not in shown
        assert f" {name}" in ran.stderr
    assert ran.stderr.count("direct cause") == 1  # of the second the id alone, or the error in its line
    assert "OperationalError" in ran.stderr and "hush" not in ran.stderr
