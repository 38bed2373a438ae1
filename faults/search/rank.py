"""Orders candidates: how much of what was asked stands in them, how like it is to their phrases, and how near in meaning."""

from dataclasses import dataclass, replace

import numpy as np

from faults.models.search_documents import CODE
from faults.search.interpretation import Interpretation
from faults.search.parsed_document import ParsedDocument
from faults.search.phrase_similarity import NOTHING, Nearest, PhraseSimilarity
from faults.search.ranking_model import model
from faults.search.term_matching import TermMatches, TermWeights
from faults.search.weights import CLOSE_LOOK, EXACT_CODE, KIND_WEIGHTS, PHRASE, STRANGE

THREE = 3  # sentences of a document whose nearness counts together
NO_VECTORS = np.zeros(0)


@dataclass(frozen=True)
class Scored:
    """A document with its score by words (1 is: all that was asked for, in the best field) and the phrase that matched best.

    `place`: what it is ordered by: the score and what the other features add to it. `by_sound`: the phrase sounds like the query and is
    written otherwise. `features`: a number for each of ranking_model.FEATURES.
    """

    document: ParsedDocument
    score: float
    field: str
    phrase: str
    by_sound: bool = False
    place: float = 0.0
    features: tuple[float, ...] = ()
    is_exact: bool = False  # the query is one of its own phrases, or one that callers are known to say for it

    @property
    def is_named(self) -> bool:
        """Whether it is a code that was named."""
        return self.score >= EXACT_CODE / 2

    def with_score(self, score: float) -> "Scored":
        """The same with another score, and as much higher or lower in place."""
        return self if score == self.score else replace(self, score=score, place=self.place + score - self.score)


def order(
    interpretations: list[Interpretation],
    term_weights: TermWeights,
    documents: list[ParsedDocument],
    codes: tuple[str, ...] = (),
    meaning: np.ndarray | None = None,
) -> list[Scored]:
    """Each document by its best reading; the named codes whatever they say. `meaning`: the query's vector, if it has one."""
    matches = TermMatches(interpretations, documents)
    coverages = [matches.coverage(interpretation, term_weights) for interpretation in interpretations]
    cosines = [document.vectors @ meaning if meaning is not None else NO_VECTORS for document in documents]
    nearest = np.array([found.max(initial=0.0) for found in cosines])
    best: dict[int, Scored] = {}
    words: dict[int, tuple[float, ...]] = {}  # features of the words as a whole
    for interpretation, coverage in zip(interpretations, coverages, strict=True):
        places = _closest(coverage, nearest, documents, codes)
        chosen, shares = [documents[place] for place in places], coverage[places].tolist()
        similarity = PhraseSimilarity(interpretation, term_weights, chosen) if interpretation.has_similarity else None
        for one in _by(interpretation, term_weights, chosen, shares, similarity):
            if one.document.id not in best or one.score > best[one.document.id].score:
                best[one.document.id] = one
        if not words and similarity:
            profile = similarity.profile().tolist()
            words = {document.id: (share, *row) for document, share, row in zip(chosen, shares, profile, strict=True)}
    near = {
        document.id: _nearness(document, found, meaning) for document, found in zip(documents, cosines, strict=True) if document.id in best
    }
    return _placed(list(best.values()), words, near, with_meaning=meaning is not None)


def _closest(coverage: np.ndarray, nearest: np.ndarray, documents: list[ParsedDocument], codes: tuple[str, ...]) -> list[int]:
    """The places of the documents that have the most of what was said or are the nearest in meaning, and of the named codes."""
    places = np.argsort(-(coverage + nearest), kind="stable").tolist()
    named = [place for place in places[CLOSE_LOOK:] if documents[place].kind == CODE and documents[place].code in codes]
    return [*places[:CLOSE_LOOK], *named]


def _by(
    interpretation: Interpretation,
    term_weights: TermWeights,
    documents: list[ParsedDocument],
    shares: list[float],
    similarity: PhraseSimilarity | None,
) -> list[Scored]:
    """The documents scored for one reading."""
    nearest = similarity.nearest() if similarity else {}
    trust = interpretation.trust * (STRANGE if term_weights.is_strange(interpretation.whole) else 1.0)
    found = []
    for place, (document, share) in enumerate(zip(documents, shares, strict=True)):
        near = nearest.get(place) or Nearest(0.0, 0.0, "title", document.title, by_sound=False)
        score = max((share + PHRASE * near.similarity) / (1 + PHRASE), near.initials) * trust if similarity else share
        found.append(Scored(document, score * KIND_WEIGHTS.get(document.kind, 1.0), near.field, near.text, near.by_sound))
    return found


def _placed(
    found: list[Scored], words: dict[int, tuple[float, ...]], near: dict[int, tuple[float, ...]], with_meaning: bool
) -> list[Scored]:
    """The same with their features, and by these their places."""
    if not found:
        return []
    nothing = (0.0, *NOTHING)
    rows = [(one.score, *words.get(one.document.id, nothing), *near[one.document.id], *_kind(one.document)) for one in found]
    places = np.array(rows) @ model().weights(with_meaning)
    return [replace(one, place=float(at), features=row) for one, at, row in zip(found, places, rows, strict=True)]


def _nearness(document: ParsedDocument, cosines: np.ndarray, meaning: np.ndarray | None) -> tuple[float, ...]:
    """How near in meaning a document is: its nearest sentence, its nearest THREE, all of them together, its title; from -1 to 1.

    `cosines`: of its sentences, as they stand in it.
    """
    if not len(cosines):
        return (0.0, 0.0, 0.0, 0.0)
    best = np.sort(cosines)[-THREE:].tolist()
    return best[-1], sum(best) / len(best), float(document.middle @ meaning), float(cosines[: document.titles].max())


def _kind(document: ParsedDocument) -> tuple[float, float]:
    is_code = document.kind == CODE
    return float(is_code and document.is_ours), float(is_code and not document.is_ours)
