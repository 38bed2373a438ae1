"""A query made ready for the index: words told from pinyin, slips mended, synonyms beside each part, clauses by themselves."""

import re
from dataclasses import replace
from itertools import accumulate

from faults.search import frequencies, index, spelling
from faults.search.frequencies import TOTAL
from faults.search.interpretation import Reading
from faults.search.off_topic import unfamiliar
from faults.search.process_cache import Memory
from faults.search.query import Query
from faults.search.rank import Scored, order
from faults.search.synonyms import Synonyms
from faults.search.term_matching import Rarity
from faults.search.weights import CLAUSE, ELSEWHERE, UNFAMILIAR
from faults.text.fold import words

MOST_TOKENS = 40  # asked of the index at once
POSTINGS = 5_000  # places in the index that are looked at

# What search is made of, each of which can be left out: by a reader who means what was typed, and to measure what each is worth.
PARTS = frozenset({"sounds", "initials", "spelling", "synonyms", "clauses", "likeness", "codes", "outside", "floor", "use"})
AS_TYPED = frozenset({"sounds", "initials", "spelling"})


class Asked:
    """A query with all the ways it may be taken. `without`: names of PARTS that are left out."""

    def __init__(self, query: Query, memory: Memory, without: frozenset[str] = frozenset()):
        self.query, self.memory, self.without = query, memory, without
        self.elsewhere = {} if "outside" in without else memory.outside.named_in(query.folded)
        synonyms = Synonyms() if "synonyms" in without else memory.synonyms
        typed = _latin(query.folded)
        known = {*typed} & (synonyms.latin | frequencies.of(typed).keys())
        self.mended = {} if "spelling" in without else spelling.mend([word for word in typed if word not in known], synonyms.latin)
        latin = frozenset({*known, *self.mended.values(), *(typed if "sounds" in without else ())})
        self.subject = synonyms.whole(query.folded) or query.subject
        texts = [(self.subject, 1.0), *((clause, CLAUSE) for clause in query.clauses if "clauses" not in without)]
        self.readings = [Reading(synonyms.slots(self._mend(text)), latin, trust, without) for text, trust in texts]

    def _mend(self, text: str) -> str:
        for wrong, right in self.mended.items():
            text = re.sub(rf"(?<![0-9a-z]){wrong}(?![0-9a-z])", right, text)
        return text

    def ranked(self, public_only: bool, codes: tuple[str, ...]) -> list[Scored]:
        """The best documents by their words, the rows of these codes among them, in no order."""
        named = [code.lower() for code in codes]
        counts = frequencies.of({TOTAL, *named, *(token for reading in self.readings for token in reading.tokens())})
        rarity = Rarity(counts)
        ids = index.candidates(_telling(counts, named, rarity), public_only)
        scored = order(self.readings, rarity, self.memory.documents(ids), codes)
        return scored if "outside" in self.without else self._doubted(scored, counts)

    def _doubted(self, scored: list[Scored], counts: dict[str, int]) -> list[Scored]:
        """The same with less score, the more signs there are that the query is about something else."""
        familiar = 1 - UNFAMILIAR * unfamiliar(self._mend(self.subject), counts.keys() | self.memory.synonyms.tokens)
        return [replace(one, score=one.score * familiar * (1.0 if self._is_of_here(one) else ELSEWHERE)) for one in scored]

    def _is_of_here(self, one: Scored) -> bool:
        return all(one.document.says(word) for word in self.elsewhere)

    def read_as(self, by_ear: str) -> str:
        """What the query was taken for when that is not what was typed: with mended words, or the phrase it sounds like."""
        return self._mend(self.query.folded) if self.mended else by_ear


def _telling(counts: dict[str, int], named: list[str], rarity: Rarity) -> dict[str, float]:
    """The tokens worth asking the index for, with their weights: named codes, then the rarest, as far as POSTINGS goes.

    What stands in everything finds nothing, and would cost the more the more there is.
    """
    rarest = sorted((token for token in counts if token != TOTAL), key=lambda token: (token not in named, counts[token], token))
    reached = list(accumulate(counts[token] for token in rarest))
    wanted = [token for token, sum_of in zip(rarest, reached, strict=True) if sum_of <= POSTINGS] or rarest[:1]
    return {token: rarity.weigh(counts[token]) for token in wanted[:MOST_TOKENS]}


def _latin(text: str) -> list[str]:
    return [word for word in words(text) if word.isascii()]
