"""No spelling of a card number gets into a log: not in a message, an address, an exception or a stack."""

import io
import logging
import re
from urllib.parse import quote, unquote_plus

import pytest
from hypothesis import given

from posdesk.masking import has_card_number
from posdesk.operations.log_masking import MaskCardNumbers
from tests.spellings import ANYTHING, BROKEN_BY_WORDS, EVERY, numerals


def logged(message: str, *arguments, **named) -> str:
    """What a handler with our filter writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(MaskCardNumbers())
    handler.handle(
        logging.LogRecord("django.server", logging.INFO, "", 0, message, arguments, named.get("exc_info"), sinfo=named.get("stack"))
    )
    return stream.getvalue()


def typed_in(line: str) -> str:
    return unquote_plus(unquote_plus(re.search(r"\?q=(\S*) HTTP", line)[1]))


def failure(text: str) -> tuple:
    try:
        raise ValueError(text)
    except ValueError as error:
        return type(error), error, error.__traceback__


@pytest.mark.parametrize("spelled", EVERY.values(), ids=EVERY)
@pytest.mark.parametrize("message", ["typed: %s", "typed: %r", "typed: %a"])
def test_a_log_line_keeps_only_the_last_four(message, spelled):
    assert numerals(logged(message, spelled)) == "7890"


@pytest.mark.parametrize("spelled", EVERY.values(), ids=EVERY)
@pytest.mark.parametrize(
    "escape",
    [quote, lambda text: quote(quote(text)), lambda text: "".join(f"%{byte:02x}" for byte in text.encode())],
    ids=["once", "twice", "every byte"],
)
def test_an_address_in_the_log_keeps_only_the_last_four(escape, spelled):
    line = logged('"GET /search/?q=%s HTTP/1.1" 200 5123', escape(spelled))
    assert numerals(typed_in(line)) in ("7890", "") and line.endswith(' HTTP/1.1" 200 5123\n')


@pytest.mark.parametrize("spelled", ["６２２２０２１２３４５６７８９０", "6222，0212，3456，7890"])
def test_an_address_sent_as_bare_bytes_keeps_only_the_last_four(spelled):
    assert numerals(typed_in(logged('"GET /search/?q=%s HTTP/1.1" 200', spelled.encode().decode("latin-1")))) == "7890"


@pytest.mark.parametrize("spelled", EVERY.values(), ids=EVERY)
def test_an_exception_keeps_only_the_last_four(spelled):
    written = logged("failed", exc_info=failure(spelled), stack=f"Stack: {spelled}")
    said, stack = written.partition("ValueError: ")[2].split("Stack: ")
    assert numerals(said) == numerals(stack) == "7890"
    assert "Traceback" in written and written.startswith("failed\n")


@pytest.mark.parametrize("spelled", BROKEN_BY_WORDS)
def test_in_an_address_what_is_broken_by_words_is_covered(spelled):
    assert numerals(typed_in(logged('"GET /search/?q=%s HTTP/1.1" 200', quote(spelled)))) in ("7890", "")


@pytest.mark.parametrize("spelled", BROKEN_BY_WORDS)
def test_in_a_path_too(spelled):
    line = logged('"GET /%s/ HTTP/1.1" 404 17', quote(spelled))
    assert numerals(unquote_plus(line.partition(" HTTP")[0])) == "" and line.endswith(' HTTP/1.1" 404 17\n')


@pytest.mark.parametrize(
    "line",
    [
        '"GET /search/?q=%E8%BF%94%E5%9B%9E%E7%A0%8197&scheme=cup&page=2 HTTP/1.1" 200 5123',
        '"GET /f/118/ HTTP/1.1" 304 0',
        '"GET /static/app.8c1f0a2b3c4d.css HTTP/1.1" 200 12345678',
        "2 of 1000 entries loaded in 12.345 s, 100% done + 3 to go",
        "Really? Yes.",
    ],
)
def test_an_ordinary_line_is_left(line):
    assert logged("%s", line) == f"{line}\n"


def test_an_address_shows_no_long_figure_but_its_neighbours():
    line = logged('"GET /search/?tel=%s&q=97&page=2 HTTP/1.1" 200 5123456', "%31380013%2538000")
    assert line == '"GET /search/?tel=***********&q=**&page=* HTTP/1.1" 200 5123456\n'


def test_two_addresses_in_a_line_are_both_covered():
    line = logged('"GET /?q=12345678 HTTP/1.1" 200 "http://localhost/?q=87654321" "Mozilla/5.0"')
    assert line == '"GET /?q=******** HTTP/1.1" 200 "http://localhost/?q=********" "Mozilla/5.0"\n'


@given(ANYTHING)
def test_any_text_can_be_logged(text):
    assert not has_card_number(logged("%s?q=%s", text, text))
