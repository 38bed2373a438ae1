"""Orders candidates: how much of what was asked stands in a document, and how like the query is to one of its phrases."""

from dataclasses import dataclass

import numpy as np

from faults.models.search_documents import CODE
from faults.search.interpretation import Interpretation
from faults.search.parsed_document import ParsedDocument
from faults.search.phrase_similarity import Nearest, PhraseSimilarity
from faults.search.term_matching import TermMatches, TermWeights
from faults.search.weights import CLOSE_LOOK, KIND_WEIGHTS, PHRASE, STRANGE


@dataclass(frozen=True)
class Scored:
    """A document with its score (1 is: all that was asked for, in the best field) and the phrase that matched best.

    `by_sound`: the phrase sounds like the query and is written otherwise.
    """

    document: ParsedDocument
    score: float
    field: str
    phrase: str
    by_sound: bool = False


def order(
    interpretations: list[Interpretation], term_weights: TermWeights, documents: list[ParsedDocument], codes: tuple[str, ...] = ()
) -> list[Scored]:
    """Each document by its best reading; the named codes whatever they say."""
    matches = TermMatches(interpretations, documents)
    best: dict[int, Scored] = {}
    for interpretation in interpretations:
        coverage = matches.coverage(interpretation, term_weights)
        for one in _by(interpretation, term_weights, *_closest(coverage, documents, codes)):
            if one.document.id not in best or one.score > best[one.document.id].score:
                best[one.document.id] = one
    return list(best.values())


def _closest(coverage: np.ndarray, documents: list[ParsedDocument], codes: tuple[str, ...]) -> tuple[list[ParsedDocument], list[float]]:
    """The documents with the most of what was said, and the named codes; with their shares."""
    places = np.argsort(-coverage, kind="stable")
    named = [place for place in places[CLOSE_LOOK:] if documents[place].kind == CODE and documents[place].code in codes]
    chosen = [*places[:CLOSE_LOOK], *named]
    return [documents[place] for place in chosen], [float(coverage[place]) for place in chosen]


def _by(interpretation: Interpretation, term_weights: TermWeights, documents: list[ParsedDocument], shares: list[float]) -> list[Scored]:
    """The documents scored for one reading."""
    nearest = PhraseSimilarity(interpretation, term_weights, documents).nearest() if interpretation.has_similarity else {}
    trust = interpretation.trust * (STRANGE if term_weights.is_strange(interpretation.whole) else 1.0)
    found = []
    for place, (document, share) in enumerate(zip(documents, shares, strict=True)):
        near = nearest.get(place) or Nearest(0.0, 0.0, "title", document.title, by_sound=False)
        score = max((share + PHRASE * near.similarity) / (1 + PHRASE), near.initials) * trust if interpretation.has_similarity else share
        found.append(Scored(document, score * KIND_WEIGHTS.get(document.kind, 1.0), near.field, near.text, near.by_sound))
    return found
