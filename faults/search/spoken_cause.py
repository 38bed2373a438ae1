"""Which cause of an entry the caller spoke of: 流量卡欠费了 is answered by that, not by what is most common."""

from functools import lru_cache

import numpy as np

from faults.search import sentence_vectors
from faults.search.query import Query

NEAR, AHEAD = 0.45, 0.2  # cosine of the query and a cause's title, and how much nearer than the cause that is asked about first


def place_of(query: Query, titles: list[str]) -> int:
    """The place of the cause that the query speaks of, from 0; 0, the first to ask about, if it speaks of none. `titles`: in that order."""
    if len(titles) < 2 or query.folded.isascii() or not sentence_vectors.is_there():
        return 0
    cosines = _vectors(tuple(titles)) @ sentence_vectors.of_query(query.complaint).vector
    best = int(cosines.argmax())
    return best if cosines[best] >= max(NEAR, cosines[0] + AHEAD) else 0


@lru_cache(maxsize=500)  # some 4 kB each
def _vectors(titles: tuple[str, ...]) -> np.ndarray:
    return sentence_vectors.encoded(list(titles)).astype(np.float32) / sentence_vectors.SCALE
