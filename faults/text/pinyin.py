"""Sounds: how text is read, for those who type pinyin, mistype a homophone, or dictate. Pure: no Django.

Syllables are compared in a form that forgives what speakers and recognisers mix up: zh/z, ch/c, sh/s, -ng/-n, ü/v/u after l and n.
pypinyin is imported where it is used: its dictionary takes a quarter of a second to load, and most commands need none.
"""

import re
from functools import lru_cache
from itertools import product
from sys import intern

from faults.text.fold import HAN
from faults.text.remembering import remembers_short

_IS_HAN = re.compile(f"[{HAN}]")
LONGEST = 6  # letters of the longest syllable, such as zhuang
READINGS = 3  # readings of one character that are tried, the usual one first


@lru_cache(maxsize=2_000)  # there are fewer: what is remembered of texts shares them
def plain(syllable: str) -> str:
    """A syllable in its forgiving form: zhuang → zuan, shi → si, lü → lu."""
    return re.sub(r"^([zcs])h", r"\1", syllable).replace("ng", "n").replace("ü", "u").replace("v", "u")


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    """Every syllable of the language without tone, as typed."""
    from pypinyin import Style
    from pypinyin.constants import PINYIN_DICT
    from pypinyin.style import convert

    readings = {reading for readings in PINYIN_DICT.values() for reading in readings.split(",")}
    toneless = {convert(reading, Style.NORMAL, strict=False) for reading in readings}
    # One letter alone is an interjection or a letter, but for a, e and o.
    return frozenset(one.replace("ü", "v") for one in toneless if one.isascii() and one.isalpha() and (len(one) > 1 or one in "aeo"))


@remembers_short
def spelled(word: str) -> tuple[str, ...]:
    """The Latin word cut into pinyin syllables, as few as possible, longer ones first; () if it isn't pinyin: 'jine' → ('jin', 'e')."""
    best: dict[int, tuple[str, ...]] = {len(word): ()}
    for start in range(len(word) - 1, -1, -1):
        for end in range(min(len(word), start + LONGEST), start, -1):
            if end in best and word[start:end] in _syllables():
                found = (word[start:end], *best[end])
                if start not in best or len(found) < len(best[start]):
                    best[start] = found
    return best.get(0, ())


@remembers_short
def readings(text: str) -> tuple[tuple[str, ...], ...]:
    """For each Han character of the text its readings in forgiving form, the one that fits the context first."""
    from pypinyin import Style, pinyin

    toned = pinyin(text, style=Style.TONE, heteronym=True, errors="ignore")  # as its dictionary has them: without tones costs thrice
    return tuple(tuple(dict.fromkeys(map(_toneless, possible)))[:READINGS] for possible in toned)


@lru_cache(maxsize=2_000)
def _toneless(reading: str) -> str:
    """A reading with its tone mark in forgiving form: 'zhuāng' → 'zuan'."""
    from pypinyin import Style
    from pypinyin.style import convert

    return plain(convert(reading, Style.NORMAL, strict=True))


def pair(first: str, second: str) -> str:
    """The index's token for two sounds in a row."""
    return intern(f"y{first}0{second}")


def pairs(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """The tokens for two neighbours, each with all its readings."""
    return tuple(pair(a, b) for a, b in product(first, second))


def initials(phrase: str) -> str:
    """The first letters of a phrase's syllables; Latin words stay whole: 'mac校验错' → 'macjyc'."""
    parts = re.findall(rf"[{HAN}]|[0-9a-z]+", phrase)
    read = iter(readings("".join(part for part in parts if _IS_HAN.match(part))))
    return "".join(next(read, (" ",))[0][0] if _IS_HAN.match(part) else part for part in parts)


def initial_tokens(letters: str) -> list[str]:
    """The index's tokens for a string of initials: every three in a row."""
    return [f"i0{letters[start : start + 3]}" for start in range(len(letters) - 2)]
