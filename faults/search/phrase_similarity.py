"""How like a query is to the phrases of documents: written alike, sounding alike, holding the phrase, or its initials."""

from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from faults.search.interpretation import Reading
from faults.search.parsed_document import Held, Phrase
from faults.search.term_matching import Rarity
from faults.search.weights import CLEARLY, CONTAINED, HOMOPHONE, TELLING, WEIGHTS
from faults.text.pinyin import initials

SHORTEST_INITIALS = 3


@dataclass(frozen=True)
class Nearest:
    """The phrase of a document that is most like the query: how much, and how well the query fits its initials; from 0 to 1."""

    likeness: float
    initials: float
    field: str
    text: str
    by_ear: bool  # it sounds like the query and is written otherwise


class Likeness:
    """One reading beside the phrases of some documents."""

    def __init__(self, reading: Reading, rarity: Rarity, documents: list[Held]):
        self.reading, self.rarity = reading, rarity
        self.is_of_letters = len(reading.letters) >= SHORTEST_INITIALS
        # (place of the document, field, phrase); phrases with nothing of the query in them are not looked at.
        self.phrases = [
            (place, name, phrase)
            for place, document in enumerate(documents)
            for name, phrase in document.phrases
            if self._may_be_like(phrase)
        ]
        self.alike, self.by_ear = self._alike(), self._by_ear()
        self.by_initials = self._by_initials()

    def _may_be_like(self, phrase: Phrase) -> bool:
        return self.is_of_letters or not (phrase.exact.isdisjoint(self.reading.said) and phrase.sounds.isdisjoint(self.reading.heard))

    def nearest(self) -> dict[int, Nearest]:
        """For the place of each document with a phrase that is like the reading: its best."""
        as_whole = np.maximum(np.maximum(self.alike, HOMOPHONE * self.by_ear), self.by_initials)
        contained = np.array([self._contained(phrase) for _, _, phrase in self.phrases])
        weights = np.array([WEIGHTS[name] for _, name, _ in self.phrases])
        found: dict[int, Nearest] = {}
        for place, value in enumerate((weights * (CONTAINED * contained + (1 - CONTAINED) * as_whole)).tolist()):
            document, name, phrase = self.phrases[place]
            if document not in found or value > found[document].likeness:
                by_ear = bool(self.by_ear[place] > self.alike[place] + CLEARLY)
                found[document] = Nearest(value, float(self.by_initials[place]), name, phrase.text, by_ear)
        return found

    def _alike(self) -> np.ndarray:
        """How alike each phrase and the query, or another wording of it, are as a whole; from 0 to 1."""
        wholes, trust = zip(*self.reading.wholes, strict=True)
        ratios = process.cdist(wholes, [phrase.text for _, _, phrase in self.phrases], scorer=fuzz.ratio)
        return (ratios * np.array(trust)[:, None]).max(axis=0, initial=0) / 100

    def _by_ear(self) -> np.ndarray:
        """The same for how they sound."""
        if not self.reading.spoken:
            return np.zeros(len(self.phrases))
        return process.cdist([self.reading.spoken], [phrase.spoken for _, _, phrase in self.phrases], scorer=fuzz.ratio)[0] / 100

    def _by_initials(self) -> np.ndarray:
        """The same for their initials."""
        if not self.is_of_letters:
            return np.zeros(len(self.phrases))
        return np.array([initials_fit(self.reading.letters, phrase.text) for _, _, phrase in self.phrases])

    def _contained(self, phrase: Phrase) -> float:
        """How much of the phrase was said, if it says much: a long ramble may hold one short telling phrase."""
        said, heard = self.reading.said, self.reading.heard
        matched = [
            (cell, 1.0 if cell.exact in said else HOMOPHONE)
            for cell in phrase.cells
            if cell.exact in said or heard.intersection(cell.sounds)
        ]
        told = min(1.0, sum(self.rarity.of(cell) for cell, _ in matched) / TELLING)
        return told * sum(trust for _, trust in matched) / len(phrase.cells) if matched else 0.0


def initials_fit(letters: str, phrase: str) -> float:
    """How well the letters fit the initials of the phrase, from 0 to 1."""
    whole = initials(phrase)
    if whole == letters:
        return 1.0
    return 0.9 if whole.startswith(letters) else 0.75 if letters in whole else 0.0
