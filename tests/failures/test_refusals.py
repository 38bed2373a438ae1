"""The page for when the database refuses: what to do, what was typed, and a button that sends it again."""

import psycopg
import pytest
from django.db import Error, IntegrityError, InterfaceError, OperationalError
from django.db.transaction import TransactionManagementError
from django.test import RequestFactory

from faults.views.errors import server_error
from posdesk.database_errors import AWAY, BUSY, FULL, message_for
from posdesk.masking import has_card_number
from tests.admin.forms import filled_in


def answered(error: Error, sent: dict | None = None):
    """What a request gets that ends in this error."""
    request = RequestFactory().post("/admin/x/?next=desk", sent) if sent else RequestFactory().get("/f/1/")
    try:
        raise error
    except (Error, psycopg.Error):
        return server_error(request)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("database or disk is full", FULL),
        ("disk I/O error", FULL),
        ("database is locked", BUSY),
        ("connection refused", AWAY),
    ],
)
def test_the_sentence_says_what_is_the_matter(said, sentence):
    answer = answered(OperationalError(said))
    assert message_for(OperationalError(said)) == sentence and str(sentence)[:6] in answer.content.decode()
    assert answer.status_code == 503 and answer.headers["Retry-After"] and "no-store" in answer.headers["Cache-Control"]


def test_what_was_typed_can_be_sent_again():
    sent = {"symptom": "\n第一行\n<b>第二行", "causes": ["1", "2"], "_publish": "1", "csrfmiddlewaretoken": "t"}
    answer = answered(InterfaceError("closed"), sent)
    kept = filled_in(answer)
    assert kept["symptom"] == sent["symptom"] and kept["_publish"] == "1" and kept["csrfmiddlewaretoken"] == "t"
    assert 'action="/admin/x/?next=desk"' in answer.content.decode() and "&lt;b&gt;" in answer.content.decode()


def test_no_secret_and_no_card_number_is_sent_back():
    assert "<form method" not in answered(OperationalError("x"), {"username": "bian", "password": "abc"}).content.decode()
    shown = answered(OperationalError("x"), {"symptom": "卡6222021234567890刷不了"}).content.decode()
    assert "刷不了" in shown and not has_card_number(shown)


def test_what_comes_of_a_refusal_is_one():
    try:
        raise OperationalError("server closed the connection")
    except OperationalError:
        assert answered(TransactionManagementError("no query before the end of the block")).status_code == 503


def test_what_the_driver_says_when_a_cursor_is_closed_is_one():
    """Django lets it through as it is: seen while PostgreSQL went away in the middle of a list."""
    assert answered(psycopg.OperationalError("server closed the connection unexpectedly")).status_code == 503


def test_a_mistake_of_ours_is_no_refusal():
    assert answered(IntegrityError("x")).status_code == 500
