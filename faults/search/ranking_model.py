"""What each feature of a result is worth, and how sure an answer is: learned by `manage.py train_search`, kept in ranking.json."""

import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from math import exp
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("ranking.json")
# What is known of a document beside a query, in this order (search/rank.py).
FEATURES = (
    "score",  # by words, as search/rank.py makes it; its weight is 1, the others are beside it
    "coverage",  # how much of what was said stands in the document
    "own phrases",  # likeness to its title, what it shows, its aliases
    "wordings",  # likeness to what callers say for it
    "sound",
    "initials",
    "nearest sentence",  # in meaning, as the next three
    "three nearest",
    "all sentences",
    "title",
    "code",  # 1 for the codes of the desk's own table
    "other code",
)


@dataclass(frozen=True)
class RankingModel:
    """`by_words`, `by_meaning`: a weight for each of FEATURES. `sureness`, `chance`: of the probability that the first answer is right, and
    that one of the first three is, a weight for each of confidence.SIGNS, and the constant."""

    by_words: dict[str, float]
    by_meaning: dict[str, float]
    sureness: dict[str, float]
    chance: dict[str, float]

    def weights(self, with_meaning: bool) -> np.ndarray:
        """A weight for each of FEATURES."""
        said = self.by_meaning if with_meaning else self.by_words
        return np.array([said[name] for name in FEATURES])

    def probability(self, signs: dict[str, float]) -> float:
        """How sure it is, from 0 to 1, that the first answer is right."""
        return _logistic(self.sureness, signs)

    def probability_of_three(self, signs: dict[str, float]) -> float:
        """How sure it is that one of the first three is: two that are alike leave each other little, and yet there is an answer."""
        return max(_logistic(self.chance, signs), self.probability(signs))


def _logistic(weights: dict[str, float], signs: dict[str, float]) -> float:
    sum_of = weights["constant"] + sum(weights.get(name, 0.0) * value for name, value in signs.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, sum_of))))


@lru_cache(maxsize=1)
def model() -> RankingModel:
    """The model in FILE."""
    return RankingModel(**json.loads(FILE.read_text(encoding="utf-8")))


def write(changed: RankingModel) -> None:
    """Keeps this model in FILE, for every process that begins from now on, and this one."""
    FILE.write_text(json.dumps(asdict(changed), indent=1) + "\n", encoding="utf-8")
    model.cache_clear()


_ALONE = dict.fromkeys(FEATURES, 0.0) | {"score": 1.0}
EVEN = RankingModel(_ALONE, _ALONE, {"constant": 0.0}, {"constant": 0.0})  # before anything was learned: the score alone, nothing is sure
