"""Logging: a filter that covers card numbers in whatever is logged, and every long figure in the address of a request."""

import logging
import re
from urllib.parse import quote_plus, unquote_plus

from posdesk.masking import MIN_DIGITS, count_digits, has_card_number, mask_card_numbers, mask_digits

_PATH = re.compile(r"(?<![^\s\"'])/[^\s\"'?]+")
_QUERY = re.compile(r"(?<=\?)[^\s\"']+")
# What `repr` makes of blanks and invisible characters. Halves of a pair (d8… to df…) aren't characters and can't be written out.
_HEX = "[0-9a-fA-F]"
_ESCAPE = re.compile(rf"\\(?:[nrt]|x({_HEX}{{2}})|u((?![dD][89a-fA-F]){_HEX}{{4}})|U000({_HEX}{{5}}))")


def _unescaped(match: re.Match) -> str:
    return chr(int(match[match.lastindex], 16)) if match.lastindex else " "


def _from_bytes(text: str) -> str:
    """An address sent unescaped comes from the server byte by byte, each as a Latin letter."""
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text


def _readable(text: str) -> str:
    """In an address the digits may be escaped, even twice, or joined by + or %20; in a quoted text by \\u3000."""
    return _ESCAPE.sub(_unescaped, unquote_plus(unquote_plus(_from_bytes(text))))


def _mask_query(match: re.Match) -> str:
    readable = _readable(match.group())
    covered = mask_digits(mask_card_numbers(readable))  # of a card number the last four may be seen, of nothing else
    return match.group() if covered == readable else quote_plus(covered, safe="=&*/?:,.", errors="replace")


def _mask_path(match: re.Match) -> str:
    """A path is left as it is, but for one with so many digits that they may be a number with words in between."""
    readable = _readable(match.group())
    return match.group() if count_digits(readable) < MIN_DIGITS else quote_plus(mask_digits(readable), safe="/*", errors="replace")


def _masked(text: str) -> str:
    text = _PATH.sub(_mask_path, _QUERY.sub(_mask_query, text))
    readable = _readable(text)
    return mask_card_numbers(readable if has_card_number(readable) else text)


def _one_line(text: str) -> str:
    """An unescaped line break would let a visitor write log lines of their own."""
    return "".join(character if character.isprintable() else "?" for character in text)


def mask_address(address: str) -> str:
    """The path and query of a request as they may stand in a log, on one line."""
    return _one_line(_masked(address))


class MaskCardNumbers(logging.Filter):
    """Covers card numbers in a record's finished message, its exception and its stack. Lets every record pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if (shown := _masked(message)) != message:
            record.msg, record.args = _one_line(shown), ()
        if record.exc_info:  # a formatter takes the text that is there and makes none of its own
            record.exc_text = _masked(record.exc_text or logging.Formatter().formatException(record.exc_info))
        if record.stack_info:
            record.stack_info = _masked(record.stack_info)
        return True
