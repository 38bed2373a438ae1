"""How like a query is to the phrases of documents: written alike, sounding alike, holding the phrase, or its initials."""

from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from faults.search.interpretation import Interpretation
from faults.search.parsed_document import ParsedDocument, Phrase
from faults.search.term_matching import TermWeights
from faults.search.weights import CLEARLY, CONTAINED, HOMOPHONE, TELLING, WEIGHTS
from faults.text.pinyin import initials

SHORTEST_INITIALS = 3


@dataclass(frozen=True)
class Nearest:
    """The phrase of a document that is most like the query: how much, and how well the query fits its initials; from 0 to 1."""

    similarity: float
    initials: float
    field: str
    text: str
    by_sound: bool  # it sounds like the query and is written otherwise


class PhraseSimilarity:
    """One reading beside the phrases of some documents."""

    def __init__(self, interpretation: Interpretation, term_weights: TermWeights, documents: list[ParsedDocument]):
        self.interpretation, self.term_weights = interpretation, term_weights
        self.is_of_letters = len(interpretation.letters) >= SHORTEST_INITIALS
        # (place of the document, field, phrase); phrases with nothing of the query in them are not looked at.
        self.phrases = [
            (place, name, phrase)
            for place, document in enumerate(documents)
            for name, phrase in document.phrases
            if self._may_be_like(phrase)
        ]
        self.alike, self.by_sound = self._alike(), self._by_ear()
        self.by_initials = self._by_initials()

    def _may_be_like(self, phrase: Phrase) -> bool:
        return self.is_of_letters or not (
            phrase.exact.isdisjoint(self.interpretation.written) and phrase.sounds.isdisjoint(self.interpretation.sounds)
        )

    def nearest(self) -> dict[int, Nearest]:
        """For the place of each document with a phrase that is like the reading: its best."""
        as_whole = np.maximum(np.maximum(self.alike, HOMOPHONE * self.by_sound), self.by_initials)
        contained = np.array([self._contained(phrase) for _, _, phrase in self.phrases])
        weights = np.array([WEIGHTS[name] for _, name, _ in self.phrases])
        found: dict[int, Nearest] = {}
        for place, value in enumerate((weights * (CONTAINED * contained + (1 - CONTAINED) * as_whole)).tolist()):
            document, name, phrase = self.phrases[place]
            if document not in found or value > found[document].similarity:
                by_sound = bool(self.by_sound[place] > self.alike[place] + CLEARLY)
                found[document] = Nearest(value, float(self.by_initials[place]), name, phrase.text, by_sound)
        return found

    def _alike(self) -> np.ndarray:
        """How alike each phrase and the query, or another wording of it, are as a whole; from 0 to 1."""
        wholes, trust = zip(*self.interpretation.wholes, strict=True)
        ratios = process.cdist(wholes, [phrase.text for _, _, phrase in self.phrases], scorer=fuzz.ratio)
        return (ratios * np.array(trust)[:, None]).max(axis=0, initial=0) / 100

    def _by_ear(self) -> np.ndarray:
        """The same for how they sound."""
        if not self.interpretation.spoken:
            return np.zeros(len(self.phrases))
        return process.cdist([self.interpretation.spoken], [phrase.spoken for _, _, phrase in self.phrases], scorer=fuzz.ratio)[0] / 100

    def _by_initials(self) -> np.ndarray:
        """The same for their initials."""
        if not self.is_of_letters:
            return np.zeros(len(self.phrases))
        return np.array([initials_fit(self.interpretation.letters, phrase.text) for _, _, phrase in self.phrases])

    def _contained(self, phrase: Phrase) -> float:
        """How much of the phrase was said, if it says much: a long ramble may hold one short telling phrase."""
        written, sounds = self.interpretation.written, self.interpretation.sounds
        matched = [
            (ngram, 1.0 if ngram.exact in written else HOMOPHONE)
            for ngram in phrase.ngrams
            if ngram.exact in written or sounds.intersection(ngram.sounds)
        ]
        told = min(1.0, sum(self.term_weights.of(ngram) for ngram, _ in matched) / TELLING)
        return told * sum(trust for _, trust in matched) / len(phrase.ngrams) if matched else 0.0


def initials_fit(letters: str, phrase: str) -> float:
    """How well the letters fit the initials of the phrase, from 0 to 1."""
    whole = initials(phrase)
    if whole == letters:
        return 1.0
    return 0.9 if whole.startswith(letters) else 0.75 if letters in whole else 0.0
