"""The version of a row in an export: which words it was taken out with. An import sees by it what was changed since, and on which side.

A word of small letters, so that no program takes it for a number and nothing takes it for a card's: a digest of all that the item said,
one of what each cell held, and one of all these and the item's name. By the last one a version is told from any other word, and from
the version of another row.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

from faults.editing.knowledge_files import KEYS, key_of
from faults.editing.transfer.columns import COLUMNS, Column
from faults.editing.transfer.formulas import from_cell

_NO_WORDS = {"status", "reviewed"}  # what an item's state is doesn't change what it says
_WORDS, _CELL, _SEAL = 8, 3, 4  # bytes of the digests; each byte is two letters
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


@dataclass(frozen=True)
class Version:
    """What an export said. `words`: digest of the item's words; `cells`: header → digest of its cell."""

    words: str
    cells: Mapping[str, str]

    def holds(self, header: str, text: str) -> bool:
        """Whether the cell still says what was exported."""
        return self.cells.get(header) == _digest(text, _CELL)


def version_of(kind: str, row: dict, texts: list[str]) -> str:
    """The version of an item with these words, in the cells of its columns."""
    cells = [_digest(from_cell(text), _CELL) for column, text in zip(COLUMNS[kind], texts, strict=True) if not _names(kind, column)]
    word = words_of(kind, row) + "".join(cells)
    return word + _digest(key_of(kind, row) + word, _SEAL)


def words_of(kind: str, row: dict) -> str:
    """A digest of what the item says: another one when any of its words is."""
    said = [row.get(column.key) for column in COLUMNS[kind] if column.key not in _NO_WORDS]
    return _digest(json.dumps(said, ensure_ascii=False, sort_keys=True), _WORDS)


def looks_like_version(kind: str, word: str) -> bool:
    """Whether it could be the version of some item of that kind."""
    return bool(_form(kind).fullmatch(word))


def read_version(kind: str, row: dict, word: str) -> Version | None:
    """The version that the word is for the item that the row names; None if it is none, or that of another item."""
    body, seal = word[: -2 * _SEAL], word[-2 * _SEAL :]
    if not looks_like_version(kind, word) or _digest(key_of(kind, row) + body, _SEAL) != seal:
        return None
    headers = [column.header for column in COLUMNS[kind] if not _names(kind, column)]
    cells = (body[start : start + 2 * _CELL] for start in range(2 * _WORDS, len(body), 2 * _CELL))
    return Version(body[: 2 * _WORDS], dict(zip(headers, cells, strict=True)))


@cache
def _form(kind: str) -> re.Pattern:
    length = 2 * (_WORDS + _SEAL + _CELL * sum(not _names(kind, column) for column in COLUMNS[kind]))
    return re.compile(f"[a-p]{{{length}}}")


def _names(kind: str, column: Column) -> bool:
    return column.key in KEYS[kind]


def _digest(text: str, size: int) -> str:
    return blake2b(text.encode(errors="surrogatepass"), digest_size=size).hexdigest().translate(_LETTERS)
