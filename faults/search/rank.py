"""Orders candidates: how much of what was asked stands in a document, and how like the query is to one of its phrases."""

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from rapidfuzz import fuzz

from faults.models.documents import CODE, SearchDocument
from faults.search.cells import Cell, cells, sound_tokens, spoken
from faults.search.fold import tokens
from faults.search.pinyin import initials
from faults.search.reading import Reading
from faults.search.weights import (
    CLEARLY,
    CLOSE_LOOK,
    CONTAINED,
    HOMOPHONE,
    IN_TITLE,
    KIND_WEIGHTS,
    PHRASE,
    PHRASES,
    SHORT_QUERY,
    STRANGE,
    STRANGE_LENGTH,
    TELLING,
    TYPED_SOUND,
    UNKNOWN,
    WEIGHTS,
)


@dataclass(frozen=True)
class Scored:
    """A document with its score (1 is: all that was asked for, in the best field) and the phrase that matched best.

    `by_ear`: the phrase sounds like the query and is written otherwise.
    """

    document: SearchDocument
    score: float
    field: str
    phrase: str
    by_ear: bool = False


@lru_cache(maxsize=20_000)
def _tokens_of(text: str) -> frozenset[str]:
    return frozenset(tokens(text))


@lru_cache(maxsize=20_000)
def _sounds_of(text: str) -> frozenset[str]:
    return frozenset(token for phrase in text.split("\n") for token in sound_tokens(phrase))


@lru_cache(maxsize=20_000)
def _initials_of(phrase: str) -> str:
    return initials(phrase)


class Ranking:
    """Scores documents for the readings of one query. `frequencies`: in how many of `total` documents each token stands."""

    def __init__(self, readings: list[Reading], frequencies: dict[str, int], total: int):
        self.readings, self.frequencies, self.total = readings, frequencies, max(total, 1)

    def order(self, documents: list[SearchDocument], codes: tuple[str, ...] = ()) -> list[Scored]:
        """Each document by its best reading; the named codes whatever they say."""
        best: dict[int, Scored] = {}
        for reading in self.readings:
            for one in OneReading(reading, self.frequencies, self.total).order(documents, codes):
                if one.document.pk not in best or one.score > best[one.document.pk].score:
                    best[one.document.pk] = one
        return list(best.values())


class OneReading:
    """Scores documents for one reading."""

    def __init__(self, reading: Reading, frequencies: dict[str, int], total: int):
        self.reading, self.frequencies, self.total = reading, frequencies, total
        self.weights: dict[Cell, float] = {}
        self.whole = self._weighed(reading.whole)
        self.slots = [[(self._weighed(found), trust) for found, trust in slot] for slot in reading.slots]
        self.importance = [slot[0][0][1] for slot in self.slots]
        self.trust = reading.trust * (STRANGE if self._is_strange() else 1.0)

    def _weighed(self, found: tuple[Cell, ...]) -> tuple[list[tuple[Cell, float]], float]:
        """Cells with their weights, and the sum of these."""
        weighed = [(cell, self._weight(cell)) for cell in found]
        return weighed, sum(weight for _, weight in weighed)

    def order(self, documents: list[SearchDocument], codes: tuple[str, ...]) -> list[Scored]:
        """Scores all documents by their words, then looks closely at the best, and at the named codes."""
        said = sorted(((self._said(document), document) for document in documents), key=lambda pair: -pair[0])
        named = [pair for pair in said[CLOSE_LOOK:] if pair[1].kind == CODE and pair[1].code in codes]
        return [self._scored(document, share) for share, document in said[:CLOSE_LOOK] + named]

    def _scored(self, document: SearchDocument, said: float) -> Scored:
        likeness, field, phrase = self._nearest_phrase(document)
        if not self.reading.has_likeness:
            return Scored(document, said * KIND_WEIGHTS.get(document.kind, 1.0), field, phrase)
        score = max((said + PHRASE * likeness) / (1 + PHRASE), self._by_initials(phrase)) * self.trust
        by_ear = self._by_ear(phrase) > self._alike(phrase) + CLEARLY
        return Scored(document, score * KIND_WEIGHTS.get(document.kind, 1.0), field, phrase, by_ear)

    def _is_strange(self) -> bool:
        """Whether a short query holds a word that stands in no document and in no other spelling of it."""
        pairs = [cell.exact for cell in self.reading.whole if len(cell.exact) == 2 and not cell.exact.isascii()]
        known = [pair in self.frequencies for pair in pairs]
        unknown_in_a_row = max((len(list(run)) for is_known, run in groupby(known) if not is_known), default=0)
        # n characters that nothing covers stand in n + 1 unknown pairs
        return len(pairs) <= SHORT_QUERY and unknown_in_a_row > STRANGE_LENGTH

    # ---------- how much of what was said stands in the document ----------

    def _weight(self, cell: Cell) -> float:
        if cell not in self.weights:
            self.weights[cell] = self._rarity(cell)
        return self.weights[cell]

    def _rarity(self, cell: Cell) -> float:
        """Inverse document frequency as in BM25 (Robertson and Spärck Jones 1976, smoothed), of the commonest way the cell is known."""
        counts = [self.frequencies[token] for token in (cell.exact, *cell.sounds) if token in self.frequencies]
        if not counts:
            return UNKNOWN
        count = self.frequencies.get(cell.exact) or max(counts)
        return math.log(1 + (self.total - count + 0.5) / (count + 0.5))

    def _said(self, document: SearchDocument) -> float:
        held = _Held(document)
        asked = sum(self.importance) or 1.0
        by_parts = sum(
            weight * max(trust * held.share_of(*alternative) for alternative, trust in slot)
            for slot, weight in zip(self.slots, self.importance, strict=True)
        )
        return max(by_parts / asked, held.share_of(*self.whole))

    # ---------- how like the query is to one of the document's phrases ----------

    def _nearest_phrase(self, document: SearchDocument) -> tuple[float, str, str]:
        best = (0.0, "title", document.title)
        for name in PHRASES:
            for phrase in getattr(document, name).split("\n"):
                if phrase:
                    best = max(best, (WEIGHTS[name] * self._likeness(phrase), name, phrase))
        return best

    def _likeness(self, phrase: str) -> float:
        as_whole = max(self._alike(phrase), HOMOPHONE * self._by_ear(phrase), self._by_initials(phrase))
        return CONTAINED * self._contained(phrase) + (1 - CONTAINED) * as_whole

    def _alike(self, phrase: str) -> float:
        return max(trust * fuzz.ratio(whole, phrase) / 100 for whole, trust in self.reading.wholes)

    def _by_ear(self, phrase: str) -> float:
        return fuzz.ratio(self.reading.spoken, spoken(phrase, _tokens_of(phrase))) / 100 if self.reading.spoken else 0.0

    def _contained(self, phrase: str) -> float:
        """How much of the phrase was said, if it says much: a long ramble may hold one short telling phrase."""
        found = cells(phrase, _tokens_of(phrase))
        matched = [
            (cell, 1.0 if cell.exact in self.reading.said else HOMOPHONE)
            for cell in found
            if cell.exact in self.reading.said or self.reading.heard.intersection(cell.sounds)
        ]
        told = min(1.0, sum(self._weight(cell) for cell, _ in matched) / TELLING)
        return told * sum(trust for _, trust in matched) / len(found) if found else 0.0

    def _by_initials(self, phrase: str) -> float:
        if len(self.reading.letters) < 3:
            return 0.0
        letters = _initials_of(phrase)
        if letters == self.reading.letters:
            return 1.0
        return 0.9 if letters.startswith(self.reading.letters) else 0.75 if self.reading.letters in letters else 0.0


class _Held:
    """What a document holds: how much each written token counts there, and what may be heard."""

    def __init__(self, document: SearchDocument):
        self.worth = _worth_of(document.title, document.screens, document.aliases, document.body)
        self.sounds = _sounds_of("\n".join(getattr(document, name) for name in PHRASES))

    def share_of(self, weighed: list[tuple[Cell, float]], total: float) -> float:
        """How much of the weighed cells the document holds, by weight."""
        return sum(weight * self._match(cell) for cell, weight in weighed) / total if total else 0.0

    def _match(self, cell: Cell) -> float:
        exact = self.worth.get(cell.exact, 0.0)
        if exact < TYPED_SOUND and cell.sounds and not self.sounds.isdisjoint(cell.sounds):
            return max(exact, HOMOPHONE if cell.exact else TYPED_SOUND)
        return exact


@lru_cache(maxsize=5_000)
def _worth_of(*texts: str) -> dict[str, float]:
    """For each token of a document's fields (in the order of WEIGHTS) what it counts: its best field, a little more in the title."""
    worth: dict[str, float] = {}
    for (name, weight), text in zip(WEIGHTS.items(), texts, strict=True):
        for token in _tokens_of(text):
            worth[token] = max(worth.get(token, 0.0), weight + (IN_TITLE if name == "title" else 0.0))
    return worth
