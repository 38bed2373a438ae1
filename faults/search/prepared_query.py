"""A query made ready for the index: words told from pinyin, slips mended, synonyms beside each part, clauses by themselves."""

import re
from dataclasses import replace
from itertools import accumulate

from faults.search import frequencies, index, spelling
from faults.search.frequencies import TOTAL
from faults.search.interpretation import Interpretation
from faults.search.off_topic import unfamiliar_share
from faults.search.process_cache import ProcessCache
from faults.search.query import Query
from faults.search.rank import Scored, order
from faults.search.synonyms import Synonyms
from faults.search.term_matching import TermWeights
from faults.search.weights import CLAUSE, ELSEWHERE, UNFAMILIAR
from faults.text.fold import words

MOST_TOKENS = 40  # asked of the index at once
POSTINGS = 5_000  # places in the index that are looked at

# What search is made of, each of which can be left out: by a reader who means what was typed, and to measure what each is worth.
PARTS = frozenset({"sounds", "initials", "spelling", "synonyms", "clauses", "likeness", "codes", "outside", "floor", "use"})
AS_TYPED = frozenset({"sounds", "initials", "spelling"})


class PreparedQuery:
    """A query with all the ways it may be taken. `without`: names of PARTS that are left out."""

    def __init__(self, query: Query, cache: ProcessCache, without: frozenset[str] = frozenset()):
        self.query, self.cache, self.without = query, cache, without
        self.elsewhere = {} if "outside" in without else cache.off_topic.found_in(query.folded)
        synonyms = Synonyms() if "synonyms" in without else cache.synonyms
        typed = _latin(query.folded)
        known = {*typed} & (synonyms.latin | frequencies.of(typed).keys())
        self.corrected = {} if "spelling" in without else spelling.correct([word for word in typed if word not in known], synonyms.latin)
        latin = frozenset({*known, *self.corrected.values(), *(typed if "sounds" in without else ())})
        self.subject = synonyms.whole(query.folded) or query.subject
        texts = [(self.subject, 1.0), *((clause, CLAUSE) for clause in query.clauses if "clauses" not in without)]
        self.interpretations = [Interpretation(synonyms.slots(self._correct(text)), latin, trust, without) for text, trust in texts]

    def _correct(self, text: str) -> str:
        for wrong, right in self.corrected.items():
            text = re.sub(rf"(?<![0-9a-z]){wrong}(?![0-9a-z])", right, text)
        return text

    def ranked(self, public_only: bool, codes: tuple[str, ...]) -> list[Scored]:
        """The best documents by their words, the rows of these codes among them, in no order."""
        named = [code.lower() for code in codes]
        counts = frequencies.of({TOTAL, *named, *(token for interpretation in self.interpretations for token in interpretation.tokens())})
        term_weights = TermWeights(counts)
        ids = index.candidates(_index_tokens(counts, named, term_weights), public_only)
        scored = order(self.interpretations, term_weights, self.cache.documents(ids), codes)
        return scored if "outside" in self.without else self._penalized(scored, counts)

    def _penalized(self, scored: list[Scored], counts: dict[str, int]) -> list[Scored]:
        """The same with less score, the more signs there are that the query is about something else."""
        familiar = 1 - UNFAMILIAR * unfamiliar_share(self._correct(self.subject), counts.keys() | self.cache.synonyms.tokens)
        return [replace(one, score=one.score * familiar * (1.0 if self._is_on_topic(one) else ELSEWHERE)) for one in scored]

    def _is_on_topic(self, one: Scored) -> bool:
        return all(one.document.says(word) for word in self.elsewhere)

    def read_as(self, by_sound: str) -> str:
        """What the query was taken for when that is not what was typed: with mended words, or the phrase it sounds like."""
        return self._correct(self.query.folded) if self.corrected else by_sound


def _index_tokens(counts: dict[str, int], named: list[str], term_weights: TermWeights) -> dict[str, float]:
    """The tokens worth asking the index for, with their weights: named codes, then the rarest, as far as POSTINGS goes.

    What stands in everything finds nothing, and would cost the more the more there is.
    """
    rarest = sorted((token for token in counts if token != TOTAL), key=lambda token: (token not in named, counts[token], token))
    reached = list(accumulate(counts[token] for token in rarest))
    wanted = [token for token, sum_of in zip(rarest, reached, strict=True) if sum_of <= POSTINGS] or rarest[:1]
    return {token: term_weights.weigh(counts[token]) for token in wanted[:MOST_TOKENS]}


def _latin(text: str) -> list[str]:
    return [word for word in words(text) if word.isascii()]
