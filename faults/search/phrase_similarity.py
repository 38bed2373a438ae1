"""How like a query is to the phrases of documents: written alike, sounding alike, holding the phrase, or its initials."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from rapidfuzz import fuzz, process

from faults.search.interpretation import Interpretation
from faults.search.parsed_document import ParsedDocument, Phrase
from faults.search.term_matching import TermWeights
from faults.search.weights import CLEARLY, CONTAINED, HOMOPHONE, TELLING, WEIGHTS

SHORTEST_INITIALS = 3


@dataclass(frozen=True)
class Nearest:
    """The phrase of a document that is most like the query: how much, and how well the query fits its initials; from 0 to 1."""

    similarity: float
    initials: float
    field: str
    text: str
    by_sound: bool  # it sounds like the query and is written otherwise


NOTHING = (0.0, 0.0, 0.0, 0.0)  # the profile of a document that is like nothing that was said


class PhraseSimilarity:
    """One reading beside the phrases of some documents, their own and, as far as they are alike as a whole, what callers say for them."""

    def __init__(self, interpretation: Interpretation, term_weights: TermWeights, documents: list[ParsedDocument]):
        self.interpretation, self.term_weights, self.documents = interpretation, term_weights, documents
        self.is_of_letters = len(interpretation.letters) >= SHORTEST_INITIALS
        # (place of the document, field, phrase); phrases with nothing of the query in them are not looked at.
        self.phrases = [
            (place, name, phrase)
            for place, document in enumerate(documents)
            for name, phrase in document.phrases
            if self._may_be_like(phrase)
        ]
        self.places = np.array([place for place, _, _ in self.phrases], dtype=int)
        self.alike = self._alike([phrase.text for _, _, phrase in self.phrases])
        # Figures are not heard wrong: 报错1a is no 报错06.
        has_own_figures = np.array([phrase.figures <= interpretation.figures for _, _, phrase in self.phrases], dtype=float)
        self.by_sound = self._by_ear([phrase.spoken for _, _, phrase in self.phrases]) * has_own_figures
        self.by_initials = self._by_initials()
        # The same of wordings, all of them: there are too many to look into each.
        self.said = [text for document in documents for text in document.wordings]
        self.said_places = np.repeat(np.arange(len(documents)), [len(document.wordings) for document in documents])
        self.said_alike = self._alike(self.said)
        self.said_by_sound = self._by_ear([spoken for document in documents for spoken in document.spoken_wordings])

    def _may_be_like(self, phrase: Phrase) -> bool:
        return self.is_of_letters or not (
            phrase.exact.isdisjoint(self.interpretation.written) and phrase.sounds.isdisjoint(self.interpretation.sounds)
        )

    def profile(self) -> np.ndarray:
        """For each document: likeness to its own phrases, to wordings, by sound, by initials; a row each, from 0 to 1."""
        found = np.zeros((len(self.documents), len(NOTHING)))
        np.maximum.at(found[:, 0], self.places, self.alike)
        np.maximum.at(found[:, 1], self.said_places, self.said_alike)
        np.maximum.at(found[:, 2], self.places, self.by_sound)
        np.maximum.at(found[:, 2], self.said_places, self.said_by_sound)
        np.maximum.at(found[:, 3], self.places, self.by_initials)
        return found

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
        return self._with_wordings(found)

    def _with_wordings(self, found: dict[int, Nearest]) -> dict[int, Nearest]:
        values = WEIGHTS["wordings"] * np.maximum(self.said_alike, HOMOPHONE * self.said_by_sound)
        starts = np.flatnonzero(np.diff(self.said_places, prepend=-1))  # those of one document stand together
        for start, end in pairwise([*starts.tolist(), len(values)]):
            best, document = start + int(values[start:end].argmax()), int(self.said_places[start])
            if document not in found or values[best] > found[document].similarity:
                initials = found[document].initials if document in found else 0.0
                # What a caller says is nothing to be read as.
                found[document] = Nearest(float(values[best]), initials, "wordings", self.said[best], by_sound=False)
        return found

    def _alike(self, texts: list[str]) -> np.ndarray:
        """How alike each text and the query, or another wording of it, are as a whole; from 0 to 1."""
        wholes, trust = zip(*self.interpretation.wholes, strict=True)
        ratios = process.cdist(wholes, texts, scorer=fuzz.ratio)
        return (ratios * np.array(trust)[:, None]).max(axis=0, initial=0) / 100

    def _by_ear(self, spoken: list[str]) -> np.ndarray:
        """The same for how they sound."""
        if not self.interpretation.spoken:
            return np.zeros(len(spoken))
        return process.cdist([self.interpretation.spoken], spoken, scorer=fuzz.ratio)[0] / 100

    def _by_initials(self) -> np.ndarray:
        """The same for the initials of their own phrases."""
        if not self.is_of_letters:
            return np.zeros(len(self.phrases))
        return np.array([initials_fit(self.interpretation.letters, phrase.initials) for _, _, phrase in self.phrases])

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


def initials_fit(letters: str, whole: str) -> float:
    """How well the letters fit the initials of a phrase, from 0 to 1."""
    if whole == letters:
        return 1.0
    return 0.9 if whole.startswith(letters) else 0.75 if letters in whole else 0.0
