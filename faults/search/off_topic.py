"""Signs that a query is about something else: words of everyday language that no entry uses, and words that editors gave to others."""

import re
from collections.abc import Set
from functools import lru_cache
from typing import TYPE_CHECKING

from faults.models import Elsewhere
from faults.search.ngrams import ngrams
from faults.text.fold import HAN, fold
from faults.text.pinyin import spelled

if TYPE_CHECKING:
    import rjieba

CONTENT = frozenset("nvaijlz")  # first letters of the tags of words that say what it is about: nouns, verbs, set phrases
_PART = re.compile(rf"[{HAN}]+|[0-9a-z]+")
LATIN_WORD = 2  # a Latin word counts as much as a Chinese one of so many characters
SHORTEST_LATIN = 3


@lru_cache(maxsize=1)
def _segmenter() -> "rjieba.Jieba":
    """The dictionary of everyday words; loaded and read at the first search of a process."""
    import rjieba

    return rjieba.Jieba()


def unfamiliar_share(subject: str, known: Set[str]) -> float:
    """How much of what the query is about is said in whole everyday words that stand in no document, from 0 to 1.

    A slip or a homophone is no word of the dictionary, or sounds like one of ours, and is not counted.
    `known`: tokens of documents and synonyms.
    """
    said = foreign = 0
    for part in _PART.findall(subject):
        for length, is_ours in _latin(part, known) if part.isascii() else _han(part, known):
            said += length
            foreign += 0 if is_ours else length
    return foreign / said if said else 0.0


def _latin(word: str, known: Set[str]) -> list[tuple[int, bool]]:
    is_short = len(word) < SHORTEST_LATIN or not word.isalpha()
    return [(LATIN_WORD, is_short or word in known or bool(spelled(word)))]


def _han(run: str, known: Set[str]) -> list[tuple[int, bool]]:
    words = [word for word, tag in _segmenter().tag(run, hmm=False) if tag[0] in CONTENT]
    pairs = {word: ngrams(word) if len(word) > 1 else [] for word in words}
    return [(len(word), all(known & {pair.exact, *pair.sounds} for pair in pairs[word])) for word in words]


# What is ours: who names it may speak of others' things only to say where, when or what beside.
_OUR_THINGS = re.compile(
    r"(?<!笔记本)(?<!自助)(?:机器|机子)|(?<![a-z])pos(?![a-z])|刷|插卡|挥卡|收款机|收银机|打印|打.{0,3}票|小票|签购单|签到|读卡|蓝牙|密码键盘|扣.{0,4}款|返回码"
)


def names_our_things(folded: str) -> bool:
    """Whether a folded text names the machine or what is done with it."""
    return bool(_OUR_THINGS.search(folded))


class OffTopicWords:
    """The words that editors gave to others, each with whom to refer to."""

    def __init__(self, groups):
        self._refer_to = {fold(word): group.refer_to for group in groups for word in group.word_list}

    @classmethod
    def active(cls) -> "OffTopicWords":
        """What editors keep; one query."""
        return cls(Elsewhere.objects.all())

    def found_in(self, folded: str) -> dict[str, str]:
        """The words that stand in the query, the longest of those within each other, each with whom to refer to."""
        found = [word for word in self._refer_to if word in folded and _stands_alone(word, folded)]
        longest = [word for word in found if not any(word in other and word != other for other in found)]
        return {word: self._refer_to[word] for word in longest}


def _stands_alone(word: str, folded: str) -> bool:
    """Whether a Latin word is not part of another."""
    return not word.isascii() or re.search(rf"(?<![0-9a-z]){re.escape(word)}(?![0-9a-z])", folded) is not None
