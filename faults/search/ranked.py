"""What is found for a query, in order, and how sure it is that the first is meant, before it is decided what of it is an answer."""

from collections.abc import Callable
from dataclasses import dataclass, field

from faults.models.search_documents import FAULT
from faults.search import documents, named_codes
from faults.search.confidence import signs_of
from faults.search.named_codes import Row, put_first
from faults.search.prepared_query import PreparedQuery
from faults.search.process_cache import ProcessCache
from faults.search.query import Query
from faults.search.rank import Scored
from faults.search.ranking_model import model
from faults.search.weights import BOOST, PERHAPS, SURE


@dataclass(frozen=True)
class Ranked:
    """What was found for a query: each page once, the best first."""

    prepared: PreparedQuery
    scored: list[Scored]
    tables: list[Row] = field(default_factory=list)
    signs: dict[str, float] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that were named and stand in some table."""
        return _codes(self.tables)

    @property
    def whose_table_is_missing(self) -> str:
        """Whose code it is said to be, if no table of theirs is here or theirs hasn't got it; empty otherwise."""
        query = self.prepared.query
        if not self.tables or any(scheme == query.scheme for _pk, scheme, _code, _is_own in self.tables):
            return ""
        return query.brand or query.scheme_said

    @property
    def names_code(self) -> bool:
        """Whether the first is a code that was named."""
        return bool(self.scored) and self.scored[0].is_named

    @property
    def is_answer(self) -> bool:
        """Whether anything is presented. What speaks of others' matters must be surer."""
        return self.chance >= (SURE if self.signs.get("elsewhere") else PERHAPS)

    @property
    def probability(self) -> float:
        """How sure it is that the first is what was meant; 0 if nothing was found."""
        return self._sure(model().probability)

    @property
    def chance(self) -> float:
        """How sure it is that one of the first three is."""
        return self._sure(model().probability_of_three)

    def _sure(self, probability: Callable[[dict[str, float]], float]) -> float:
        if not self.scored:
            return 0.0
        return 1.0 if self.names_code or self.scored[0].is_exact else probability(self.signs)


def ranked(user, query: Query, cache: ProcessCache, without: frozenset[str] = frozenset()) -> Ranked:
    """What this user may read that has anything of a query that isn't empty, in order."""
    tables = [] if "codes" in without else named_codes.tables(user, query)
    prepared = PreparedQuery(query, cache, not _reads_drafts(user), without)
    scored = prepared.ranked(_codes(tables), named_codes.document_ids(tables))
    scored = _pages(put_first(scored, tables, query) if tables else scored, {} if "use" in without else prepared.cache.boosts)
    signs = signs_of(prepared, scored) if scored else {}
    return Ranked(prepared, scored, tables, signs)


def _codes(tables: list[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for _pk, _scheme, code, _is_own in tables))


def _reads_drafts(user) -> bool:
    """Whether the user may read drafts of every kind. Who may read some finds those as readers find what is published."""
    return all(model.shows_drafts_to(user) for model in documents.KINDS.values())


def _pages(scored: list[Scored], boosts: dict[int, float]) -> list[Scored]:
    """The best first, each page once. What use has lifted stands higher among its like."""
    best: dict[tuple, Scored] = {}
    for one in sorted(scored, key=lambda one: (-_boosted(one, boosts), one.document.kind, one.document.object_id)):
        best.setdefault((one.document.kind, one.document.code or one.document.object_id), one)
    return list(best.values())


def _boosted(one: Scored, boosts: dict[int, float]) -> float:
    return one.place * (1 + BOOST * boosts.get(one.document.object_id, 0.0)) if one.document.kind == FAULT else one.place
