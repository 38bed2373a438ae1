"""Synonym groups applied to a query: each word that a group knows may stand for the group's other words."""

from faults.models import SynonymGroup
from faults.search.fold import fold, without_particles


def active_groups() -> list[list[str]]:
    """The folded words of every active group, in one query, so that a saved group works at once."""
    return [[without_particles(fold(word)) for word in group.word_list] for group in SynonymGroup.objects.active()]


def slots(subject: str, groups: list[list[str]]) -> list[list[str]]:
    """The query cut into parts, each with its alternatives, the caller's own word first.

    Longer words are taken before shorter ones, so that 打印不出 is not read as 打印. What no group knows stays as it is.
    """
    known: dict[str, set[str]] = {}
    for group in groups:
        for word in group:
            known.setdefault(word, set()).update(group)
    parts = [(subject, False)]
    for word in sorted((word for word in known if word in subject), key=len, reverse=True):
        parts = [piece for text, taken in parts for piece in ([(text, True)] if taken else _cut(text, word))]
    return [[text, *sorted(known[text] - {text})] if taken else [text] for text, taken in parts if text.strip()]


def _cut(text: str, word: str) -> list[tuple[str, bool]]:
    """Cuts every whole occurrence of the word out of the text. A Latin word counts only where it stands alone."""
    pieces, rest = [], text
    while (at := _place(rest, word)) >= 0:
        pieces += [(rest[:at], False), (word, True)]
        rest = rest[at + len(word) :]
    return [*pieces, (rest, False)]


def _place(text: str, word: str) -> int:
    at = text.find(word)
    while at >= 0 and word.isascii() and (_latin(text[:at][-1:]) or _latin(text[at + len(word) :][:1])):
        at = text.find(word, at + 1)
    return at


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
