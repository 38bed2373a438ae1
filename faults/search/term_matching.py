"""How much of what was asked stands in each document, by the rarity of the words: one table of numbers for all readings of a query."""

import math
from itertools import groupby

import numpy as np

from faults.search.frequencies import TOTAL
from faults.search.interpretation import Interpretation
from faults.search.ngrams import NGram
from faults.search.parsed_document import ParsedDocument
from faults.search.weights import HOMOPHONE, SHORT_QUERY, STRANGE_LENGTH, TYPED_SOUND, UNKNOWN, WHOLE


class TermWeights:
    """How telling a cell is. `counts`: in how many documents each token stands, and TOTAL."""

    def __init__(self, counts: dict[str, int]):
        self.counts, self.total = counts, max(counts.get(TOTAL, 0), 1)
        self._known: dict[NGram, float] = {}

    def of(self, ngram: NGram) -> float:
        """Inverse document frequency as in BM25 (Robertson and Spärck Jones 1976, smoothed), of the commonest way the cell is known."""
        if ngram not in self._known:
            count = self.counts.get(ngram.exact) or max((self.counts.get(sound, 0) for sound in ngram.sounds), default=0)
            self._known[ngram] = self.weigh(count) if count else UNKNOWN
        return self._known[ngram]

    def weigh(self, count: int) -> float:
        """The weight of what stands in this many documents."""
        return math.log(1 + (self.total - count + 0.5) / (count + 0.5))

    def is_strange(self, whole: tuple[NGram, ...]) -> bool:
        """Whether a short query holds a word that stands in no document and in no other spelling of it."""
        pairs = [ngram.exact for ngram in whole if len(ngram.exact) == 2 and not ngram.exact.isascii()]
        known = [pair in self.counts for pair in pairs]
        unknown_in_a_row = max((len(list(run)) for is_known, run in groupby(known) if not is_known), default=0)
        # n characters that nothing covers stand in n + 1 unknown pairs
        return len(pairs) <= SHORT_QUERY and unknown_in_a_row > STRANGE_LENGTH


class TermMatches:
    """Which cells of the readings stand in which of the documents, and how well: `table` has a row a document and a column a cell."""

    def __init__(self, interpretations: list[Interpretation], documents: list[ParsedDocument]):
        self.place = {
            ngram: place
            for place, ngram in enumerate(dict.fromkeys(ngram for interpretation in interpretations for ngram in interpretation.ngrams))
        }
        written: dict[str, list[tuple[int, float]]] = {}
        heard: dict[str, list[tuple[int, float]]] = {}
        for ngram, place in self.place.items():
            written.setdefault(ngram.exact, []).append((place, 1.0))
            for sound in ngram.sounds:
                heard.setdefault(sound, []).append((place, HOMOPHONE if ngram.exact else TYPED_SOUND))
        self.table = np.maximum(
            self._filled(written, [document.worth for document in documents]),
            self._filled(heard, [dict.fromkeys(document.tokens.intersection(heard), 1.0) for document in documents]),
        )

    def _filled(self, wanted: dict[str, list[tuple[int, float]]], held: list[dict[str, float]]) -> np.ndarray:
        """A row a document: for each cell what the token counts there by which it is wanted. No token counts twice for a cell."""
        table = np.zeros((len(held), len(self.place)))
        found = [
            (row, place, worth * document[token])
            for row, document in enumerate(held)
            for token in document.keys() & wanted.keys()
            for place, worth in wanted[token]
        ]
        if found:
            rows, places, values = zip(*found, strict=True)
            table[list(rows), list(places)] = values
        return table

    def coverage(self, interpretation: Interpretation, term_weights: TermWeights) -> np.ndarray:
        """For each document the share of the reading that stands in it: part by part in the best wording, or as a whole."""
        asked = sum(weight_of_all(slot[0][0], term_weights) for slot in interpretation.slots) or 1.0
        by_parts = sum(weight_of_all(slot[0][0], term_weights) * self._best_wording(slot, term_weights) for slot in interpretation.slots)
        return np.maximum(by_parts / asked, self._share(interpretation.whole, term_weights))

    def _best_wording(self, slot: list[tuple[tuple[NGram, ...], float]], term_weights: TermWeights) -> np.ndarray:
        """The share of the part that stands in each document: as typed, or in other words, which count little in part."""
        (typed, trust), *others = slot
        shares = [trust * self._share(typed, term_weights), *(trust * self._share(found, term_weights) ** WHOLE for found, trust in others)]
        return np.max(shares, axis=0)

    def _share(self, found: tuple[NGram, ...], term_weights: TermWeights) -> np.ndarray:
        """How much of these cells each document holds, by weight."""
        weights = np.array([term_weights.of(ngram) for ngram in found])
        columns = [self.place[ngram] for ngram in found]
        return self.table[:, columns] @ weights / weights.sum() if columns else np.zeros(len(self.table))


def weight_of_all(found: tuple[NGram, ...], term_weights: TermWeights) -> float:
    """The weight of these cells together."""
    return sum(term_weights.of(ngram) for ngram in found)
