"""A query made ready for the index: words told from pinyin, slips mended, synonyms beside each part, clauses by themselves."""

import re

from faults.models import SearchDocument
from faults.search import index, spelling, synonyms
from faults.search.fold import words
from faults.search.query import Query
from faults.search.rank import Ranking, Scored
from faults.search.reading import Reading
from faults.search.weights import CLAUSE

MOST_TOKENS = 120  # asked of the index at once

# What search is made of, each of which can be left out: by a reader who means what was typed, and to measure what each is worth.
PARTS = frozenset({"sounds", "initials", "spelling", "synonyms", "clauses", "likeness", "codes", "floor"})
AS_TYPED = frozenset({"sounds", "initials", "spelling"})


class Asked:
    """A query with all the ways it may be taken. `without`: names of PARTS that are left out."""

    def __init__(self, query: Query, without: frozenset[str] = frozenset()):
        self.query = query
        groups = [] if "synonyms" in without else synonyms.active_groups()
        typed = _latin(query.folded)
        grouped = {word for group in groups for phrase in group for word in _latin(phrase)}
        known = {*typed} & (grouped | index.frequencies(typed).keys())
        self.mended = {} if "spelling" in without else spelling.mend([word for word in typed if word not in known], grouped)
        latin = frozenset({*known, *self.mended.values(), *(typed if "sounds" in without else ())})
        texts = [(query.subject, 1.0), *((clause, CLAUSE) for clause in query.clauses if "clauses" not in without)]
        self.readings = [Reading(synonyms.slots(self._mend(text), groups), latin, trust, without) for text, trust in texts]

    def _mend(self, text: str) -> str:
        for wrong, right in self.mended.items():
            text = re.sub(rf"(?<![0-9a-z]){wrong}(?![0-9a-z])", right, text)
        return text

    def ranked(self, public_only: bool, codes: tuple[str, ...]) -> list[Scored]:
        """The best documents by their words, the rows of these codes among them, in no order."""
        counts = index.frequencies(list({token for reading in self.readings for token in reading.tokens()}))
        # Rarest first: what stands in everything finds nothing.
        wanted = [*sorted(counts, key=counts.get)[:MOST_TOKENS], *(code.lower() for code in codes)]
        return Ranking(self.readings, counts, SearchDocument.objects.count()).order(index.candidates(wanted, public_only), codes)

    def read_as(self, by_ear: str) -> str:
        """What the query was taken for when that is not what was typed: with mended words, or the phrase it sounds like."""
        return self._mend(self.query.folded) if self.mended else by_ear


def _latin(text: str) -> list[str]:
    return [word for word in words(text) if word.isascii()]
