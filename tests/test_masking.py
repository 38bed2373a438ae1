"""Card numbers are found however they are written."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posdesk.masking import has_card_number, mask_card_numbers
from posdesk.operations.log_masking import MaskCardNumbers

DIGITS = "6222021234567890123"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("6222021234567890", "************7890"),
        ("6222 0212 3456 7890", "**** **** **** 7890"),
        ("6222-0212-3456-7890", "****-****-****-7890"),
        ("卡号６２２２０２１２３４５６７８９０刷不了", "卡号************７８９０刷不了"),
        ("我的卡6222021234567890刷不了，密码错", "我的卡************7890刷不了，密码错"),
        ("6222.0212.3456.7890", "****.****.****.7890"),
        ("返回码97，终端号12345678", "返回码97，终端号12345678"),
        ("95516", "95516"),
        ("6222,0212,3456%3A7890", "6222,0212,3456%3A7890"),  # before 3.11.5 Python's possessive repeats took the 3 for the number's
    ],
)
def test_masks(text, masked):
    assert mask_card_numbers(text) == masked


@given(st.lists(st.sampled_from(["", " ", "-", "  ", "－"]), min_size=18, max_size=18), st.text(max_size=20), st.text(max_size=20))
def test_no_spelling_gets_through(gaps, before, after):
    """However a number of 19 digits is broken up, at most its last four digits are left in a row."""
    spelled = "".join(digit + gap for digit, gap in zip(DIGITS, [*gaps, ""], strict=True))
    masked = mask_card_numbers(f"{before}x{spelled}x{after}")
    assert DIGITS[:15] not in masked.replace(" ", "").replace("-", "").replace("－", "")
    assert not has_card_number(mask_card_numbers(spelled))


def test_the_log_never_shows_a_card_number():
    record = logging.LogRecord("django.server", logging.INFO, "", 0, '"GET /search/?q=%s HTTP/1.1" 200', ("6222%200212+3456%207890",), None)
    assert MaskCardNumbers().filter(record)
    assert "3456" not in record.getMessage() and "7890" in record.getMessage()


def test_an_address_can_not_write_log_lines():
    record = logging.LogRecord("x", logging.INFO, "", 0, "GET /?q=6222021234567890%0AERROR all is lost", None, None)
    MaskCardNumbers().filter(record)
    assert "\n" not in record.getMessage()
