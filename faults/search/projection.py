"""Finds the directions in which sentences of one entry are alike and those of different entries are not: sentence_projection.npz."""

import numpy as np

from faults.models import SearchDocument
from faults.search import sentence_vectors
from faults.search.sentence_vectors import PROJECTION, SIZE, phrases_of, raw, unit

SHRINKAGE = 0.3  # how far the covariance within entries is drawn towards a ball (Ledoit and Wolf 2004): there are few sentences an entry
FEWEST = 8  # sentences of an entry that says something of how they differ
CENTROIDS = 256
ROUNDS = 15
RIDGE = 3e-4  # on the weights of `topic`
NEWTON = 12  # steps until these stand still


def train(documents: list[SearchDocument], others: list[str]) -> None:
    """Writes PROJECTION from the phrases of these documents, and sentences about other matters: the same give the same file."""
    groups = [raw(phrases) for document in documents if len(phrases := phrases_of(document)) >= FEWEST]
    mean, matrix = discriminants(groups)
    everything = unit((np.concatenate(groups) - mean) @ matrix)
    made = {
        "mean": mean,
        "matrix": matrix,
        "centroids": centroids(everything, CENTROIDS),
        "topic": topic(np.concatenate(groups), raw(others)),
    }
    np.savez(PROJECTION, **{name: array.astype(np.float16) for name, array in made.items()})
    sentence_vectors.forget_projection()


def discriminants(groups: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The mean of all rows, and the SIZE directions that part the groups best, as columns (Fisher's linear discriminants)."""
    rows = np.concatenate(groups)
    mean, within = rows.mean(axis=0), np.concatenate([group - group.mean(axis=0) for group in groups])
    covariance = within.T @ within / len(within)
    ball = np.trace(covariance) / len(covariance) * np.eye(len(covariance))
    values, vectors = np.linalg.eigh((1 - SHRINKAGE) * covariance + SHRINKAGE * ball)
    whiten = vectors / np.sqrt(values) @ vectors.T
    means = np.stack([group.mean(axis=0) - mean for group in groups]) @ whiten
    _, _, directions = np.linalg.svd(means - means.mean(axis=0), full_matrices=False)
    return mean, whiten @ directions[:SIZE].T


def centroids(rows: np.ndarray, count: int) -> np.ndarray:
    """Unit vectors in the middle of `count` clusters of unit rows: spherical k-means, begun evenly from the rows as they stand."""
    middle = rows[np.linspace(0, len(rows) - 1, count).astype(int)]
    for _ in range(ROUNDS):
        nearest = (rows @ middle.T).argmax(axis=1)
        sums = np.eye(count, dtype=rows.dtype)[nearest].T @ rows
        middle = np.where(np.linalg.norm(sums, axis=1, keepdims=True) > 0, unit(sums), middle)
    return middle


def topic(ours: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Weights and, last, the constant that tell our sentences, above 0, from others: logistic regression, both sides counting the same."""
    rows = np.hstack([np.concatenate([ours, others]), np.ones((len(ours) + len(others), 1))])
    is_ours = np.arange(len(rows)) < len(ours)
    share = np.where(is_ours, 0.5 / len(ours), 0.5 / len(others))[:, None]
    weights = np.zeros(rows.shape[1])
    for _ in range(NEWTON):
        said = 1 / (1 + np.exp(-rows @ weights))
        curve = rows.T @ (rows * share * (said * (1 - said))[:, None]) + RIDGE * np.eye(len(weights))
        weights -= np.linalg.solve(curve, rows.T @ (share[:, 0] * (said - is_ours)) + RIDGE * weights)
    return weights
