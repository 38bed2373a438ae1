"""Folding: the many spellings of one thing to one. Width, case, Traditional, control characters, tone marks. Pure: no Django."""

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

from faults.text.remembering import remembers_short

HAN = "\u3400-\u9fff\uf900-\ufaff"
# Pages converted by machine carry a reading behind a character: 機(jī). Only readings with a tone mark are dropped,
# so that (MAC) or (POS) stays.
_READING = re.compile(rf"(?<=[{HAN}])\((?=[a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ])[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]+\)")
# Particles between or behind words: 过期的卡 is 过期卡, 多刷了一次 is 多刷一次.
_PARTICLE = re.compile(rf"(?<=[{HAN}])(?:的(?=[{HAN}])|了(?=[{HAN}]|$))")
# Words that advertising filters of copying sites put in place of others; texts with them are still about.
_FILTERED = {"ka卡": "卡", "非常低": "最低", "非常多": "最多", "非常近": "最近", "号吗": "号码", "扔显示": "仍显示", "防盗动能": "防盗功能"}
_PUNCTUATION = re.compile(rf"[^0-9a-z{HAN}]+")


@lru_cache(maxsize=1)
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """The text with Simplified characters in place of Traditional ones, by OpenCC's t2s; nothing else changes."""
    return _to_simplified().convert(text)


@remembers_short
def fold(text: str) -> str:
    """The text in lower case, half width, Simplified, one blank between words, without control characters.

    NFKC (Unicode Annex 15) gives the width; OpenCC's t2s gives the Simplified form.
    """
    text = unicodedata.normalize("NFKC", text).lower()
    text = _READING.sub("", text)
    text = "".join(" " if unicodedata.category(character)[0] in "CZ" else character for character in text)
    text = " ".join(_to_simplified().convert(text).split())
    for filtered, meant in _FILTERED.items():
        text = text.replace(filtered, meant)
    return text


def without_particles(folded: str) -> str:
    """Folded text without 的 and 了 behind Han characters: callers put them in and leave them out."""
    return _PARTICLE.sub("", folded)


def figures(folded: str) -> frozenset[str]:
    """The numbers in a folded text."""
    return frozenset(re.findall("[0-9]+", folded))


def words(folded: str) -> list[str]:
    """Folded text cut at punctuation, and between Han characters and Latin: 'sim卡没信号' → ['sim', '卡没信号']."""
    return re.findall(rf"[{HAN}]+|[0-9a-z]+", _PUNCTUATION.sub(" ", without_particles(folded)))


def tokens(folded: str) -> list[str]:
    """What is indexed and searched: Latin words and numbers whole, Han characters in overlapping pairs.

    A run of one Han character stands for itself. Repeats are kept, in order.
    """
    found = []
    for word in words(folded):
        if word.isascii() or len(word) == 1:
            found.append(word)
        else:
            found.extend(word[i : i + 2] for i in range(len(word) - 1))
    return found


def sort_key(text: str) -> str:
    """What a term is sorted by: its reading in plain Latin letters, 60 at the most."""
    from pypinyin import Style, lazy_pinyin  # here and not above: its dictionary takes a quarter of a second to load

    plain = unicodedata.normalize("NFD", "".join(lazy_pinyin(text, style=Style.NORMAL)).lower())
    return "".join(character for character in plain if character.isascii() and character.isalnum())[:60]
