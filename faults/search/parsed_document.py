"""A search document taken apart for ranking: what each word counts there, what may be heard, and its phrases."""

from collections.abc import Iterator
from functools import cached_property, lru_cache
from hashlib import sha256
from operator import itemgetter
from sys import intern

import numpy as np

from faults.models.search_documents import CODE, SearchDocument
from faults.search import sentence_vectors
from faults.search.ngrams import NGram, spoken_ngrams
from faults.search.weights import IN_TITLE, PHRASES, WEIGHTS
from faults.text.fold import figures, tokens, without_particles
from faults.text.pinyin import initials


class Phrase:
    """A short text that people say whole. `exact` and `sounds`: the tokens it holds as written, and as heard."""

    def __init__(self, text: str, spoken: str):
        self.text, self.spoken = text, spoken
        self.ngrams: tuple[NGram, ...] = spoken_ngrams(text, spoken)
        self.exact = frozenset(ngram.exact for ngram in self.ngrams)
        self.figures = figures(text)
        self.sounds = frozenset(sound for ngram in self.ngrams for sound in ngram.sounds)

    @cached_property
    def initials(self) -> str:
        """The first letters of its syllables."""
        return initials(self.text)


phrase_of = lru_cache(maxsize=10_000)(Phrase)  # many documents share phrases, such as what terminals show


class ParsedDocument:
    """One document. `worth`: for each written token what it counts, by its best field; `tokens`: every token, sounds too.

    `own_table`: the name of the desk's own code table, as the body of its codes has it (search/documents.py).
    """

    def __init__(self, document: SearchDocument, own_table: str = ""):
        self.id, self.kind = document.pk, document.kind
        self.object_id, self.code, self.title = document.object_id, document.code, document.title
        self.tokens = frozenset(map(intern, document.tokens.split()))  # shared with all documents that hold them
        self.worth = _worth(document)
        self.vectors = sentence_vectors.matrix_of(document).astype(np.float32) / sentence_vectors.SCALE
        self.middle = sentence_vectors.unit(self.vectors.mean(axis=0)) if len(self.vectors) else None
        self.titles = len(document.title.split("\n"))
        self.is_ours = document.kind == CODE and own_table in document.body.split("\n")
        self._texts = {name: getattr(document, name) for name in PHRASES}
        self._spoken = document.spoken
        self._row = _digest(document)

    def is_of(self, document: SearchDocument) -> bool:
        """Whether it was made from a row that says the same."""
        return self._row == _digest(document)

    def says(self, word: str) -> bool:
        """Whether one of its own phrases holds the folded word."""
        return any(word in text for text in self.own)

    @cached_property
    def phrases(self) -> list[tuple[str, Phrase]]:
        """The names of fields and the phrases in them, but for wordings."""
        return [(name, phrase_of(text, spoken)) for name, text, spoken in self._lines() if name != "wordings"]

    @cached_property
    def wordings(self) -> list[str]:
        """What callers say for it."""
        return [text for name, text, _ in self._lines() if name == "wordings"]

    @cached_property
    def spoken_wordings(self) -> list[str]:
        """How each of these sounds."""
        return [spoken for name, _, spoken in self._lines() if name == "wordings"]

    @cached_property
    def own(self) -> frozenset[str]:
        """Its phrases, folded."""
        return frozenset(text for name, text, _ in self._lines() if name != "wordings")

    @cached_property
    def own_sounds(self) -> frozenset[str]:
        """How its phrases sound."""
        return frozenset(spoken for name, _, spoken in self._lines() if name != "wordings")

    @cached_property
    def said(self) -> frozenset[str]:
        """What callers say for it, and all of it that is said without particles."""
        return frozenset(without_particles(text) for _, text, _ in self._lines()).union(self.wordings)

    def _lines(self) -> Iterator[tuple[str, str, str]]:
        named = [(name, text) for name, field in self._texts.items() for text in field.split("\n")]
        return ((name, text, spoken) for (name, text), spoken in zip(named, self._spoken.split("\n"), strict=True) if text)


def _digest(document: SearchDocument) -> bytes:
    return sha256(repr([getattr(document, field.attname) for field in document._meta.concrete_fields]).encode()).digest()


def _worth(document: SearchDocument) -> dict[str, float]:
    """A little more in the title than elsewhere. Fields in the order of their weights, so that the best is written last."""
    worth: dict[str, float] = {}
    for name, weight in sorted(WEIGHTS.items(), key=itemgetter(1)):
        worth.update(dict.fromkeys(map(intern, tokens(getattr(document, name))), weight))
    worth.update(dict.fromkeys(map(intern, tokens(document.title)), WEIGHTS["title"] + IN_TITLE))
    return worth
