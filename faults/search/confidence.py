"""How sure it is that the first of what was found is what the caller means: signs, from which a probability is learned (ranking_model)."""

from faults.search.prepared_query import PreparedQuery
from faults.search.rank import Scored
from faults.search.ranking_model import FEATURES

SIGNS = (
    "score",  # of the first, by words
    "place",  # of the first: what it is ordered by
    "ahead",  # how far its place is above that of the second
    "far ahead",  # and of the fourth
    "nearest sentence",  # in meaning
    "coverage",
    "unfamiliar",  # how much was said in everyday words that stand nowhere here
    "elsewhere",  # 1 if it speaks of others' matters, and the first doesn't
    "short",  # 1 for one or two characters, less for more
    "no meaning",  # 1 if it has no vector
    "topic",  # how far the sentence speaks of our matters
)
TOPIC = 4.0  # no sentence is taken to be further from our matters, or nearer


def signs_of(prepared: PreparedQuery, best: list[Scored]) -> dict[str, float]:
    """A number for each of SIGNS. `best`: one for each page, the first first; not empty."""
    first = best[0]
    known = dict(zip(FEATURES, first.features, strict=True))
    below = [one.place for one in best[1:]]
    return {
        "score": first.score,
        "place": first.place,
        "ahead": first.place - (below[0] if below else 0.0),
        "far ahead": first.place - (below[2] if len(below) > 2 else 0.0),
        "nearest sentence": known["nearest sentence"],
        "coverage": known["coverage"],
        "unfamiliar": prepared.unfamiliar,
        "elsewhere": float(not prepared.is_on_topic(first)),
        "short": 1 / max(len(prepared.subject), 2),
        "no meaning": float(prepared.meaning is None),
        "topic": max(-TOPIC, min(TOPIC, prepared.meaning.topic)) if prepared.meaning else 0.0,
    }
