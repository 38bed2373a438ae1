"""The log as JSON: every line can be read by a machine, has the request's id, and no card number in any field."""

import json
import logging

import pytest

from posdesk.masking import has_card_number
from tests.operations.urls import CARD
from tests.test_settings import manage

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.operations.urls")]

ASKED = f"?q={CARD}"


def test_every_line_has_the_same_five_fields_first(visitor, logged):
    visitor.get(f"/fails/{ASKED}")
    visitor.get(f"/nothing/{ASKED}")
    lines = logged()
    assert len(lines) >= 2 and all([*line][:5] == ["time", "level", "logger", "request_id", "message"] for line in lines)


def test_no_card_number_is_in_any_field(visitor, logged):
    visitor.get(f"/fails/{ASKED}")
    visitor.get(f"/{CARD}/{ASKED}")
    logging.getLogger("posdesk.test").info({"typed": CARD})
    logging.getLogger("posdesk.test").warning("typed %s", CARD, extra={"request": CARD, "path": None}, stack_info=True)
    text = json.dumps(logged(), ensure_ascii=False)
    assert CARD[:12] not in text and not has_card_number(text.replace("T", "x")) and "7890" in text


def test_an_error_is_one_line_with_its_traceback(visitor, logged):
    visitor.get("/fails/")
    (line,) = [line for line in logged() if "exception" in line]
    assert (line["level"], line["logger"]) == ("ERROR", "django.request")
    assert line["exception"].startswith("Traceback") and line["exception"].endswith("************7890 读不出来")


def test_a_line_break_in_a_message_makes_no_second_line(logged):
    logging.getLogger("posdesk.test").info("typed: %s", 'x\n{"level": "forged"}\u2028')
    (line,) = logged()
    assert line["level"] == "INFO" and "forged" in line["message"]


ASK = """
from django.test import Client
Client().get("/nothing/?q=6222021234567890", headers={"X-Request-ID": "from-the-proxy"})
"""


def test_the_setting_chooses_the_format(tmp_path):
    """In a process of its own, with an address that needs no database."""
    asked = {"ACCESS_LOG": "1", "DATABASE_URL": f"sqlite:///{tmp_path}/none", "ALLOWED_HOSTS": "testserver"}
    lines = manage("shell", "-v0", "-c", ASK, LOG_FORMAT="json", **asked).stderr.splitlines()
    said = [json.loads(line) for line in lines]
    assert {line["request_id"] for line in said} == {"from-the-proxy"} and "posdesk.access" in {line["logger"] for line in said}
    plain = manage("shell", "-v0", "-c", ASK, **asked).stderr
    assert " INFO posdesk.access from-the-proxy GET /nothing/?q=************7890 404 " in plain and "622202" not in plain + str(lines)
