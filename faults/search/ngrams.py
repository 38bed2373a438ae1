"""A text as cells: neighbouring pairs of characters, each with what it may be matched by. Pure: no Django.

A cell is the unit that is counted when a query is compared with a document: matched exactly, or by its sound.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from sys import intern

from faults.text import pinyin
from faults.text.fold import HAN, without_particles
from faults.text.remembering import remembers_short

INDEXED = 2  # readings of a character that the index holds
UNREAD = "?"  # in place of the sound of a character that no dictionary reads
_RUN = re.compile(rf"[{HAN}0-9a-z ]+")
_UNIT = re.compile(rf"[{HAN}]|[0-9a-z]+")


@dataclass(frozen=True, slots=True)
class NGram:
    """`exact`: the token as written, or ""; `sounds`: tokens for how it may be read."""

    exact: str
    sounds: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Unit:
    written: str  # a Han character or a Latin word; "" for a typed syllable
    readings: tuple[str, ...]

    @property
    def is_han(self) -> bool:
        return bool(self.written) and not self.written.isascii()


def _units(run: str, latin: frozenset[str]) -> list[_Unit]:
    parts = _UNIT.findall(run)
    read = iter(pinyin.readings("".join(part for part in parts if not part.isascii())))
    units = []
    for part in parts:
        if not part.isascii():
            units.append(_Unit(part, next(read, ())))
        elif part not in latin and (syllables := pinyin.spelled(part)):
            units += [_Unit("", (pinyin.plain(syllable),)) for syllable in syllables if syllable != "de" or len(parts) == 1]
        else:
            units.append(_Unit(part, (part,)))
    return units


@remembers_short
def ngrams(text: str, latin: frozenset[str] = frozenset()) -> tuple[NGram, ...]:
    """The cells of a folded text. `latin`: Latin words that are words, and so are not read as pinyin."""
    return tuple(ngram for run in _RUN.findall(without_particles(text)) for ngram in _of_run(_units(run, latin)))


def _of_run(units: list[_Unit]) -> list[NGram]:
    found = [NGram(unit.written) for unit in units if unit.written.isascii() and unit.written]
    for first, second in zip(units, units[1:], strict=False):
        if first.is_han and second.is_han:
            found.append(NGram(first.written + second.written, pinyin.pairs(first.readings, second.readings)))
        elif not first.written or not second.written:
            found.append(NGram("", pinyin.pairs(first.readings, second.readings)))
    if len(units) == 1 and units[0].is_han:
        found.append(NGram(units[0].written))
    return found


def sound_tokens(phrase: str) -> list[str]:
    """What the index holds of a phrase's sound: neighbours in their usual readings, Latin words as they are."""
    units = [unit for run in _RUN.findall(without_particles(phrase)) for unit in _units(run, frozenset(re.findall("[0-9a-z]+", phrase)))]
    neighbours = zip(units, units[1:], strict=False)
    return [token for a, b in neighbours for token in pinyin.pairs(a.readings[:INDEXED], b.readings[:INDEXED])]


@remembers_short
def spoken(text: str, latin: frozenset[str] = frozenset()) -> str:
    """How the text sounds, in one string, for comparing whole phrases by ear."""
    units = (unit for run in _RUN.findall(without_particles(text)) for unit in _units(run, latin))
    return " ".join(unit.readings[0] if unit.readings else UNREAD for unit in units)


def spoken_ngrams(text: str, sound: str) -> tuple[NGram, ...]:
    """The cells of a text whose sound is known (`spoken` of it, Latin words as words), each in its usual reading only."""
    read = iter(sound.split())
    return tuple(ngram for run in _RUN.findall(without_particles(text)) for ngram in _usual(_UNIT.findall(run), read))


def _usual(parts: list[str], read: Iterator[str]) -> Iterator[NGram]:
    """The cells of one run, its characters and words, which sound as `read` goes on to say."""
    sounds = [next(read, UNREAD) for _ in parts]
    yield from (_shared(part) for part in parts if part.isascii())
    for place in range(len(parts) - 1):
        first, second = parts[place], parts[place + 1]
        if not first.isascii() and not second.isascii():
            yield _shared(first + second, pinyin.pair(sounds[place], sounds[place + 1]))
    if len(parts) == 1 and not parts[0].isascii():
        yield _shared(parts[0])


@lru_cache(maxsize=50_000)
def _shared(written: str, *sounds: str) -> NGram:
    """One cell for all documents that hold it: they are kept by the thousand."""
    return NGram(intern(written), tuple(map(intern, sounds)))
