"""Orders candidates: rare pairs of characters count more, a title more than a body, a whole phrase more than its parts."""

import math
from dataclasses import dataclass

from rapidfuzz import fuzz

from faults.models.documents import CODE, TERM, SearchDocument
from faults.search.fold import tokens

# Field weights, in one list. A word in a title says more about an entry than the same word in its symptom.
WEIGHTS = {"title": 1.0, "screens": 1.0, "aliases": 0.95, "body": 0.45}
KIND_WEIGHTS = {CODE: 0.95, TERM: 0.8}  # told what to do comes before told what a word means
PHRASES = ("title", "screens", "aliases")  # what is short enough to be compared as a whole
VARIANTS = 16  # ways to say the query that are compared as a whole
SYNONYM = 0.85  # another word for it is a little less sure than the word itself
PHRASE = 0.9  # how much likeness to the nearest whole phrase adds, beside the words' own weight of 1
EXACT_CODE = 20.0  # the code that was named stands above everything that was merely said, and above the same code of other tables
BELONGS = 0.35  # an entry that belongs to the named code
FLOOR = 0.38  # below this share of what was asked, nothing is presented as the answer


@dataclass(frozen=True)
class Scored:
    """A document with its score (1 is: all that was asked for, in the best field) and the phrase that matched best."""

    document: SearchDocument
    score: float
    field: str
    phrase: str


class Ranking:
    """Scores documents for one query. `slots`: alternatives for each part of the query, the caller's own word first.

    `frequencies`: in how many of `total` documents each token stands.
    """

    def __init__(self, slots: list[list[str]], frequencies: dict[str, int], total: int):
        self.wholes = _wholes(slots)
        self.frequencies = frequencies
        self.total = max(total, 1)
        self.slots = [[(tokens(text), SYNONYM if place else 1.0) for place, text in enumerate(slot)] for slot in slots]
        self.importance = [self._importance(slot) for slot in self.slots]

    def _idf(self, token: str) -> float:
        """Inverse document frequency as in BM25 (Robertson and Spärck Jones 1976, smoothed)."""
        count = self.frequencies.get(token, 0)
        return math.log(1 + (self.total - count + 0.5) / (count + 0.5))

    def _weight(self, found: list[str]) -> float:
        return sum(self._idf(token) for token in found)

    def _importance(self, slot) -> float:
        weights = [self._weight(found) for found, _ in slot if found]
        return sum(weights) / len(weights) if weights else 0.0

    def _covered(self, slot, fields: dict[str, set[str]]) -> float:
        """The best alternative's share of words found in the document, each in its best field."""
        best = 0.0
        for found, trust in slot:
            weight = self._weight(found)
            if weight:
                got = sum(
                    self._idf(token) * max((WEIGHTS[name] for name, held in fields.items() if token in held), default=0.0)
                    for token in found
                )
                best = max(best, trust * got / weight)
        return best

    def score(self, document: SearchDocument) -> Scored:
        """Scores one document."""
        fields = {name: set(tokens(getattr(document, name))) for name in WEIGHTS}
        asked = sum(self.importance) or 1.0
        said = sum(weight * self._covered(slot, fields) for slot, weight in zip(self.slots, self.importance, strict=True)) / asked
        likeness, field, phrase = self._nearest_phrase(document)
        score = (said + PHRASE * likeness) / (1 + PHRASE) * KIND_WEIGHTS.get(document.kind, 1.0)
        return Scored(document, score, field, phrase)

    def _nearest_phrase(self, document: SearchDocument) -> tuple[float, str, str]:
        """How like the query, or the query in other words, is to the nearest whole phrase of the document."""
        best = (0.0, "title", document.title)
        for name in PHRASES:
            for phrase in getattr(document, name).split("\n"):
                likeness = WEIGHTS[name] * max(trust * fuzz.ratio(whole, phrase) / 100 for whole, trust in self.wholes)
                best = max(best, (likeness, name, phrase))
        return best


def _wholes(slots: list[list[str]]) -> list[tuple[str, float]]:
    """The query as typed, and with one part said in other words; each with how far it is to be trusted."""
    typed = [slot[0] for slot in slots]
    found = [("".join(typed), 1.0)]
    for place, slot in enumerate(slots):
        found += [("".join([*typed[:place], other, *typed[place + 1 :]]), SYNONYM) for other in slot[1:]]
    return found[:VARIANTS]
