"""An error that comes again and again is one line a second, its traceback is shown once, and no id is lost."""

import io
import logging
import time

import psycopg
import pytest
from django.db import OperationalError

from posdesk.operations import log_repeats, request_ids
from posdesk.operations.log_repeats import LimitRepeats


@pytest.fixture
def said(monkeypatch):
    """A logger as django.request, and what its handler has written."""
    monkeypatch.setattr(log_repeats, "LINE", 0.1)
    stream, logger = io.StringIO(), logging.getLogger("django.repeated")
    handler = logging.StreamHandler(stream)
    handler.addFilter(LimitRepeats())
    logger.addHandler(handler)
    logger.propagate = False
    yield logger, lambda: stream.getvalue().splitlines()
    logger.removeHandler(handler)


def fail(logger, path: str, error: Exception, request_id: str = "-") -> None:
    token = request_ids._current.set(request_id)
    try:
        raise error
    except type(error):
        logger.error("Service Unavailable: %s", path, exc_info=True)
    request_ids._current.reset(token)


def test_an_outage_is_a_line_a_second_and_one_traceback(said):
    logger, lines = said
    began, errors = time.monotonic(), [OperationalError("no answer at port 5432"), psycopg.OperationalError("the connection is closed")]
    for number in range(300):
        fail(logger, f"/f/{number}/", errors[number % 2], f"id{number}")
        time.sleep(0.001)
    time.sleep(0.2)
    beats = (time.monotonic() - began) / log_repeats.LINE
    told = [line for line in lines() if line.startswith("Service Unavailable")]
    assert 2 <= len(told) <= beats + 2
    assert sum(line.startswith("Traceback") for line in lines()) == 1
    assert (
        sum(int(line.split(": ")[2].split()[0]) for line in told if "left out" in line) + sum("left out" not in line for line in told)
        == 300
    )
    assert "id1" in told[1].split() and len(told[1].split("Their ids: ")[1].split()) <= log_repeats.MOST_IDS


def test_what_differs_passes(said):
    logger, lines = said
    fail(logger, "/a/", ValueError("one"))
    fail(logger, "/a/", ValueError("two"))
    fail(logger, "/a/", KeyError("one"))
    logger.error("Static file %s", "x")
    assert len([line for line in lines() if line.startswith(("Service", "Static"))]) == 4
    assert sum(line.startswith("Traceback") for line in lines()) == 3


def test_what_is_no_error_of_ours_always_passes(said):
    logger, lines = said
    for _ in range(20):
        logger.warning("Not Found: /x/")
        logger.info("said")
    assert len(lines()) == 40


def test_after_the_outage_its_traceback_is_shown_again(said, monkeypatch):
    logger, lines = said
    monkeypatch.setattr(log_repeats, "TRACEBACK", 0.15)
    fail(logger, "/a/", OperationalError("away"))
    time.sleep(0.2)
    fail(logger, "/a/", OperationalError("away"))
    assert sum(line.startswith("Traceback") for line in lines()) == 2


def test_kinds_are_forgotten(said, monkeypatch):
    logger, lines = said
    monkeypatch.setattr(log_repeats, "MOST", 10)
    for number in range(26):
        logger.error("kind %s", chr(97 + number))
    (limit,) = (one for handler in logger.handlers for one in handler.filters)
    assert len(limit._kinds) == 10 and len(lines()) == 26
