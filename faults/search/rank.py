"""Orders candidates: how much of what was asked stands in a document, and how like the query is to one of its phrases."""

from dataclasses import dataclass

import numpy as np

from faults.models.search_documents import CODE
from faults.search.interpretation import Reading
from faults.search.parsed_document import Held
from faults.search.phrase_similarity import Likeness, Nearest
from faults.search.term_matching import Matches, Rarity
from faults.search.weights import CLOSE_LOOK, KIND_WEIGHTS, PHRASE, STRANGE


@dataclass(frozen=True)
class Scored:
    """A document with its score (1 is: all that was asked for, in the best field) and the phrase that matched best.

    `by_ear`: the phrase sounds like the query and is written otherwise.
    """

    document: Held
    score: float
    field: str
    phrase: str
    by_ear: bool = False


def order(readings: list[Reading], rarity: Rarity, documents: list[Held], codes: tuple[str, ...] = ()) -> list[Scored]:
    """Each document by its best reading; the named codes whatever they say."""
    matches = Matches(readings, documents)
    best: dict[int, Scored] = {}
    for reading in readings:
        said = matches.said(reading, rarity)
        for one in _by(reading, rarity, *_closest(said, documents, codes)):
            if one.document.id not in best or one.score > best[one.document.id].score:
                best[one.document.id] = one
    return list(best.values())


def _closest(said: np.ndarray, documents: list[Held], codes: tuple[str, ...]) -> tuple[list[Held], list[float]]:
    """The documents with the most of what was said, and the named codes; with their shares."""
    places = np.argsort(-said, kind="stable")
    chosen = [*places[:CLOSE_LOOK], *(place for place in places[CLOSE_LOOK:] if _is_named(documents[place], codes))]
    return [documents[place] for place in chosen], [float(said[place]) for place in chosen]


def _is_named(document: Held, codes: tuple[str, ...]) -> bool:
    return document.kind == CODE and document.code in codes


def _by(reading: Reading, rarity: Rarity, documents: list[Held], shares: list[float]) -> list[Scored]:
    """The documents scored for one reading."""
    nearest = Likeness(reading, rarity, documents).nearest() if reading.has_likeness else {}
    trust = reading.trust * (STRANGE if rarity.is_strange(reading.whole) else 1.0)
    found = []
    for place, (document, share) in enumerate(zip(documents, shares, strict=True)):
        near = nearest.get(place) or Nearest(0.0, 0.0, "title", document.title, by_ear=False)
        score = max((share + PHRASE * near.likeness) / (1 + PHRASE), near.initials) * trust if reading.has_likeness else share
        found.append(Scored(document, score * KIND_WEIGHTS.get(document.kind, 1.0), near.field, near.text, near.by_ear))
    return found
