"""How much of what was asked stands in each document, by the rarity of the words: one table of numbers for all readings of a query."""

import math
from itertools import groupby

import numpy as np

from faults.search.frequencies import TOTAL
from faults.search.interpretation import Reading
from faults.search.ngrams import Cell
from faults.search.parsed_document import Held
from faults.search.weights import HOMOPHONE, SHORT_QUERY, STRANGE_LENGTH, TYPED_SOUND, UNKNOWN, WHOLE


class Rarity:
    """How telling a cell is. `counts`: in how many documents each token stands, and TOTAL."""

    def __init__(self, counts: dict[str, int]):
        self.counts, self.total = counts, max(counts.get(TOTAL, 0), 1)
        self._known: dict[Cell, float] = {}

    def of(self, cell: Cell) -> float:
        """Inverse document frequency as in BM25 (Robertson and Spärck Jones 1976, smoothed), of the commonest way the cell is known."""
        if cell not in self._known:
            count = self.counts.get(cell.exact) or max((self.counts.get(sound, 0) for sound in cell.sounds), default=0)
            self._known[cell] = self.weigh(count) if count else UNKNOWN
        return self._known[cell]

    def weigh(self, count: int) -> float:
        """The weight of what stands in this many documents."""
        return math.log(1 + (self.total - count + 0.5) / (count + 0.5))

    def is_strange(self, whole: tuple[Cell, ...]) -> bool:
        """Whether a short query holds a word that stands in no document and in no other spelling of it."""
        pairs = [cell.exact for cell in whole if len(cell.exact) == 2 and not cell.exact.isascii()]
        known = [pair in self.counts for pair in pairs]
        unknown_in_a_row = max((len(list(run)) for is_known, run in groupby(known) if not is_known), default=0)
        # n characters that nothing covers stand in n + 1 unknown pairs
        return len(pairs) <= SHORT_QUERY and unknown_in_a_row > STRANGE_LENGTH


class Matches:
    """Which cells of the readings stand in which of the documents, and how well: `table` has a row a document and a column a cell."""

    def __init__(self, readings: list[Reading], documents: list[Held]):
        self.place = {cell: place for place, cell in enumerate(dict.fromkeys(cell for reading in readings for cell in reading.cells))}
        written: dict[str, list[tuple[int, float]]] = {}
        heard: dict[str, list[tuple[int, float]]] = {}
        for cell, place in self.place.items():
            written.setdefault(cell.exact, []).append((place, 1.0))
            for sound in cell.sounds:
                heard.setdefault(sound, []).append((place, HOMOPHONE if cell.exact else TYPED_SOUND))
        self.table = np.maximum(
            self._filled(written, [document.worth for document in documents]),
            self._filled(heard, [dict.fromkeys(document.tokens & heard.keys(), 1.0) for document in documents]),
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

    def said(self, reading: Reading, rarity: Rarity) -> np.ndarray:
        """For each document the share of the reading that stands in it: part by part in the best wording, or as a whole."""
        asked = sum(rarity_of_all(slot[0][0], rarity) for slot in reading.slots) or 1.0
        by_parts = sum(rarity_of_all(slot[0][0], rarity) * self._best_wording(slot, rarity) for slot in reading.slots)
        return np.maximum(by_parts / asked, self._share(reading.whole, rarity))

    def _best_wording(self, slot: list[tuple[tuple[Cell, ...], float]], rarity: Rarity) -> np.ndarray:
        """The share of the part that stands in each document: as typed, or in other words, which count little in part."""
        (typed, trust), *others = slot
        shares = [trust * self._share(typed, rarity), *(trust * self._share(found, rarity) ** WHOLE for found, trust in others)]
        return np.max(shares, axis=0)

    def _share(self, found: tuple[Cell, ...], rarity: Rarity) -> np.ndarray:
        """How much of these cells each document holds, by weight."""
        weights = np.array([rarity.of(cell) for cell in found])
        columns = [self.place[cell] for cell in found]
        return self.table[:, columns] @ weights / weights.sum() if columns else np.zeros(len(self.table))


def rarity_of_all(found: tuple[Cell, ...], rarity: Rarity) -> float:
    """The weight of these cells together."""
    return sum(rarity.of(cell) for cell in found)
