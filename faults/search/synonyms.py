"""Synonym groups applied to a query: each word that a group knows may stand for the group's other words."""

from collections.abc import Iterable
from functools import lru_cache

from django.db.models.functions import Length

from faults.models import CodeTable, ReturnCode, Status, SynonymGroup
from faults.search.query import Vocabulary
from faults.text.fold import fold, tokens, without_particles


class Synonyms:
    """What is known of words that mean the same. `tokens`: of all of them; `latin`: the Latin words among these."""

    def __init__(self, groups: Iterable[Iterable[str]] = ()):
        known: dict[str, set[str]] = {}
        for group in groups:
            folded = [without_particles(fold(word)) for word in group]
            for word in folded:
                known.setdefault(word, set()).update(folded)
        # Longer words are taken before shorter ones, so that 打印不出 is not read as 打印.
        self.others = {word: sorted(known[word] - {word}) for word in sorted(known, key=len, reverse=True)}
        self.tokens = frozenset(token for word in known for token in tokens(word))
        self.latin = frozenset(token for token in self.tokens if token.isascii())

    @classmethod
    def active(cls) -> "Synonyms":
        """The groups that search uses; one query. Taken apart once for as long as they say the same, whatever else changes."""
        return _of_groups(tuple(tuple(group.word_list) for group in SynonymGroup.objects.filter(are_brands=False)))

    def whole(self, folded: str) -> str:
        """The folded query if a group has all of it as one word; empty otherwise. Then nothing in it is mere talk around the matter."""
        word = without_particles(folded)
        return word if word in self.others else ""

    def slots(self, subject: str) -> list[list[str]]:
        """The query cut into parts, each with its alternatives, the caller's own word first. What no group knows stays as it is."""
        parts = [(subject, False)]
        for word in [word for word in self.others if word in subject]:
            parts = [piece for text, taken in parts for piece in ([(text, True)] if taken else _cut(text, word))]
        return [[text, *self.others[text]] if taken else [text] for text, taken in parts if text.strip()]


def active_vocabulary() -> Vocabulary:
    """What editors call brands, how callers name the code tables, and the codes that don't look like codes; three queries."""
    brands = [word for group in SynonymGroup.objects.filter(are_brands=True) for word in group.word_list]
    used = CodeTable.objects.filter(codes__status=Status.PUBLISHED).order_by("position").distinct()
    tables = {table.slug: table.word_list for table in used}
    codes = ReturnCode.objects.annotate(length=Length("code")).filter(length__gt=2).values_list("code", flat=True)
    return Vocabulary(brands, tables, codes)


@lru_cache(maxsize=1)
def _of_groups(groups: tuple[tuple[str, ...], ...]) -> Synonyms:
    return Synonyms(groups)


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
