"""Where a text stands in rows of the knowledge, and the same rows with another in its place. No Django but its gettext.

What items are called by (numbers, codes, names), choices and links are no texts: a copy of them in another row would lead nowhere.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from faults.editing.knowledge_files import KEYS
from faults.editing.labels import LABELS, PARTS

Path = tuple[str | int, ...]
_CHOICES = {"kind", "class", "retry", "generation", "confidence", "likelihood", "pinyin"}
_LINKS = {"category", "environments", "codes", "sources", "confused_with", "actor", "actors"}
_STATE = {"status", "reviewed", "review_due", "owner", "merged_into"}
_ALNUM = "[0-9A-Za-z]"


@dataclass(frozen=True)
class Place:
    """One text of a row in which something was found. `path`: the keys and positions that lead to it."""

    path: Path
    before: str
    after: str
    count: int

    @property
    def name(self) -> str:
        """The path as a word, such as causes.0.check."""
        return ".".join(map(str, self.path))


def pattern_of(find: str, whole_words: bool = False) -> re.Pattern:
    """What finds the text to the letter; with `whole_words` only where no Latin letter or digit goes on: 97 in “码97”, not in “197”."""
    exact = re.escape(find)
    if not whole_words:
        return re.compile(exact)
    start, end = (f"(?<!{_ALNUM})" if find[0].isalnum() else "", f"(?!{_ALNUM})" if find[-1].isalnum() else "")
    return re.compile(f"{start}{exact}{end}")


def places_in(kind: str, row: dict, pattern: re.Pattern, by: str) -> Iterator[Place]:
    """The texts of the row in which the pattern is found, each with what it would say."""
    for path, text in _texts(row, {*KEYS[kind], *_CHOICES, *_LINKS, *_STATE}):
        after, count = pattern.subn(lambda _match: by, text)
        if after != text:
            yield Place(path, text, after, count)


def _texts(value, no_texts: Collection[str], path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for position, one in enumerate(value):
            yield from _texts(one, no_texts, (*path, position))
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in no_texts:
                yield from _texts(one, no_texts, (*path, key))


def with_places(row: dict, places: Collection[Place]) -> dict:
    """The row as it says it afterwards; a line or text of a list that becomes empty is taken out."""
    return _replaced(row, {place.path: place.after for place in places}, ())


def _replaced(value, texts: dict[Path, str], path: Path):
    if isinstance(value, dict):
        return {key: _replaced(one, texts, (*path, key)) for key, one in value.items()}
    if isinstance(value, list):
        replaced = [_replaced(one, texts, (*path, position)) for position, one in enumerate(value)]
        return [one for one in replaced if one != ""]
    return texts.get(path, value)


def where(kind: str, path: Path) -> tuple[str, ...]:
    """The path in words: 原因 2, 处理方法 1, 步骤 3."""
    labels, words = LABELS[kind], []
    for key in path:
        if isinstance(key, int):
            words[-1] += f" {key + 1}"
        else:
            words.append(gettext(labels[key]))
            labels = LABELS[PARTS[key]] if key in PARTS else labels
    return tuple(words)
