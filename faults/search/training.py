"""Learns what each feature of a result is worth, and how sure an answer is, from queries whose right answers are known."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from django.contrib.auth.models import AnonymousUser

from faults.search import documents, evaluate, process_cache
from faults.search.confidence import SIGNS
from faults.search.query import parse
from faults.search.rank import Scored
from faults.search.ranked import ranked
from faults.search.ranking_model import FEATURES

ROUNDS, STEP = 400, 0.05
RIDGE = 1e-3  # on weights of standardized features


@dataclass
class Example:
    """A query with what was found for it: `rows` has FEATURES for each document, `right` says which of these are right answers."""

    query: str
    rows: np.ndarray
    right: np.ndarray
    signs: dict[str, float]
    is_first_right: bool
    is_right_of_three: bool


def examples(judgments: list[dict], without: frozenset[str] = frozenset()) -> list[Example]:
    """What search finds for each judged query as it is now; queries that name a code are left out."""
    references, reader, cache = evaluate.references(), AnonymousUser(), process_cache.current()
    found = []
    for judgment in judgments:
        result = ranked(reader, parse(judgment["query"], cache.vocabulary), cache, without)
        if not result.scored or result.names_code or result.scored[0].is_exact:
            continue
        right = np.array([bool(references.get(_page(one), set()) & set(judgment["gold"])) for one in result.scored])
        rows = np.array([one.features for one in result.scored])
        found.append(Example(judgment["query"], rows, right, result.signs, bool(right[0]), bool(right[:3].any())))
    return found


def _page(one: Scored) -> tuple:
    model = documents.KINDS[one.document.kind]
    return (model, one.document.code or one.document.object_id)


def feature_weights(given: list[Example]) -> dict[str, float]:
    """A weight for each of FEATURES, that of the score being 1: a softmax over each query's documents, fitted to its right ones."""
    given = [one for one in given if one.right.any()]
    starts = np.cumsum([0, *(len(one.rows) for one in given[:-1])])
    rows, right = np.concatenate([one.rows for one in given]), np.concatenate([one.right for one in given])
    query = np.repeat(np.arange(len(given)), [len(one.rows) for one in given])
    spread = rows.std(axis=0) + 1e-9

    def slope(weights: np.ndarray) -> np.ndarray:
        values = rows / spread @ weights
        odds = np.exp(values - np.maximum.reduceat(values, starts)[query])
        share = odds / np.add.reduceat(odds, starts)[query]
        wanted = odds * right
        wanted /= np.add.reduceat(wanted, starts)[query]
        return (rows / spread).T @ (share - wanted) / len(given)

    weights = _descend(slope, len(FEATURES)) / spread
    return {name: round(float(value), 4) for name, value in zip(FEATURES, weights / weights[0], strict=True)}


def sureness(given: list[Example], target: str) -> dict[str, float]:
    """The logistic model of an example's `target`, is_first_right or is_right_of_three: a weight for each of SIGNS, and the constant."""
    rows = np.array([[one.signs[name] for name in SIGNS] for one in given])
    right = np.array([float(getattr(one, target)) for one in given])
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    table = np.hstack([(rows - mean) / spread, np.ones((len(rows), 1))])

    def slope(weights: np.ndarray) -> np.ndarray:
        return table.T @ (1 / (1 + np.exp(-table @ weights)) - right) / len(right)

    weights = _descend(slope, len(SIGNS) + 1)
    scaled = weights[:-1] / spread
    known = {name: round(float(value), 4) for name, value in zip(SIGNS, scaled, strict=True)}
    return known | {"constant": round(float(weights[-1] - scaled @ mean), 4)}


def _descend(slope: Callable[[np.ndarray], np.ndarray], size: int) -> np.ndarray:
    """The weights at the bottom of a convex slope, a little drawn towards nothing: Adam (Kingma and Ba 2015), from zero."""
    weights, first, second = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, ROUNDS + 1):
        down = slope(weights) + RIDGE * weights
        first, second = 0.9 * first + 0.1 * down, 0.99 * second + 0.01 * down**2
        weights = weights - STEP * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights
