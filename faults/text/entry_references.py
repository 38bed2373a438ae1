"""Where a text names another entry by its number, as people say it: 照98号办."""

import re
from collections.abc import Collection, Iterator

# Not 第39号, a field of a message; not 每月5号, a day; nor what carries a number of its own. A bare 97 and 返回码97 stay words: a text
# doesn't say whose table is meant, and the wrong one is worse than no link.
_REFERENCE = re.compile(r"(?<![\d.第月])([1-9]\d{0,5})号(?![码机线楼店柜位电键])")


def pieces(text: str, numbers: Collection[int]) -> Iterator[tuple[str, int | None]]:
    """The text cut where it names one of these entries: each piece, and the number that it names or None. Together they are the text."""
    end = 0
    for match in _REFERENCE.finditer(text):
        if (number := int(match[1])) in numbers:
            yield text[end : match.start()], None
            yield match.group(), number
            end = match.end()
    yield text[end:], None


def names_an_entry(text: str) -> bool:
    """Whether the text may name one, whichever there are."""
    return bool(_REFERENCE.search(text))


def named_in(text: str, numbers: Collection[int]) -> set[int]:
    """The numbers of these entries that the text names."""
    return {number for _piece, number in pieces(text, numbers) if number is not None}
