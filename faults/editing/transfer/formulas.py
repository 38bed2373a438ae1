"""Text that a spreadsheet would take for a formula, and characters that it can't hold.

A cell that begins like a formula could run one on the computer of whoever opens our export (CSV injection), so it gets an
apostrophe in front, which comes off again on reading. Text that itself begins with an apostrophe gets one more: so every
text that was written is read back as it was, and a text that somebody typed with a single apostrophe stays as typed.
"""

import re

_MARKED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
# What XML 1.0 can't say: most control characters, halves of surrogate pairs, the two non-characters at the end of the plane.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("\r\n?")
# In a workbook _x000D_ is a carriage return, and _x005F_ the underscore of a text that only looks like that. openpyxl reads it so
# when it is asked to, but doesn't write it.
_LIKE_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def guarded(text: str) -> str:
    """The text as it may stand in a cell: with an apostrophe in front if a program could take it for a formula."""
    return f"'{text}" if text.startswith(_MARKED) else text


def unguarded(text: str) -> str:
    """The inverse of guarded."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_MARKED) else text


def printable(text: str) -> str:
    """The text with \\n as its only line break and without characters that a workbook can't hold."""
    return _UNPRINTABLE.sub("", _BREAKS.sub("\n", text))


def to_cell(text: str) -> str:
    """A value's text as it is written into a cell of any file."""
    return guarded(printable(text))


def from_cell(text: str) -> str:
    """A cell's text as a value's: the inverse of to_cell, without blanks at the ends."""
    return unguarded(printable(text).strip())


def escaped(text: str) -> str:
    """The text as it stands in a workbook's XML, where _x000D_ would mean a carriage return. openpyxl's unescape is the inverse."""
    return _LIKE_ESCAPED.sub("_x005F_", text)
