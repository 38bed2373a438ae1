"""find(): the one way to search, for the pages, the admin and the evaluation."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from faults.models import Fault, ReturnCode, Term
from faults.models.search_documents import FAULT
from faults.search import documents, named_codes, process_cache
from faults.search.confidence import signs_of
from faults.search.named_codes import put_first
from faults.search.off_topic import unfamiliar_share
from faults.search.prepared_query import PreparedQuery
from faults.search.query import Query, parse
from faults.search.rank import Scored
from faults.search.ranking_model import model
from faults.search.weights import BOOST, EXACT_CODE, PERHAPS, SPREAD, SURE

LIMIT = 50
NEAR = 5  # offered as being only near


@dataclass(frozen=True)
class Hit:
    """One result: the row itself, its place as `score`, and the field and phrase that brought it. `by_sound`: only its sound fitted."""

    item: Fault | ReturnCode | Term
    kind: str
    score: float
    field: str
    phrase: str
    by_sound: bool


@dataclass(frozen=True)
class Found:
    """The answer to a query. `hits` are presented as answers; `weak`, when there are none, are near at best and must be labelled so.

    `read_as`: what the query was taken for when that is not what was typed (by sound, or a mended word).
    `elsewhere`: words in it that belong to others, each with whom to refer to. `probability`: how sure it is that the first hit is meant.
    """

    query: Query
    hits: list[Hit] = field(default_factory=list)
    weak: list[Hit] = field(default_factory=list)
    unknown_code: str = ""
    codes: tuple[str, ...] = ()
    read_as: str = ""
    elsewhere: dict[str, str] = field(default_factory=dict)
    probability: float = 1.0

    @property
    def is_question(self) -> bool:
        """Whether it isn't sure which of the answers was meant: one of a few, to be asked for."""
        return len(self.hits) > 1 and self.probability < SURE


def load_dictionaries() -> None:
    """Loads what the first search of a process would wait for, some tenths of a second. Needs no database."""
    unfamiliar_share("打印机", frozenset())


@dataclass(frozen=True)
class Ranked:
    """What was found for a query before it is decided what of it is an answer: each page once, the best first."""

    prepared: PreparedQuery
    scored: list[Scored]
    codes: tuple[str, ...] = ()
    signs: dict[str, float] = field(default_factory=dict)

    @property
    def names_code(self) -> bool:
        """Whether the first is a code that was named."""
        return bool(self.scored) and self.scored[0].is_named

    @property
    def is_answer(self) -> bool:
        """Whether anything is presented. What speaks of others' matters must be surer."""
        return self.probability >= (SURE if self.signs.get("elsewhere") else PERHAPS)

    @property
    def probability(self) -> float:
        """How sure it is that the first is what was meant; 0 if nothing was found."""
        if not self.scored:
            return 0.0
        return 1.0 if self.names_code or self.scored[0].is_exact else model().probability(self.signs)


def ranked(user, query: Query, without: frozenset[str] = frozenset()) -> Ranked:
    """What this user may read that has anything of a query that isn't empty, in order."""
    tables = [] if "codes" in without else named_codes.tables(user, query)
    codes = tuple(dict.fromkeys(code for _, _, code in tables))
    prepared = PreparedQuery(query, process_cache.current(), not _reads_drafts(user), without)
    scored = prepared.ranked(codes)
    scored = _pages(put_first(scored, tables, query) if tables else scored, {} if "use" in without else prepared.cache.boosts)
    signs = signs_of(prepared, scored) if scored else {}
    return Ranked(prepared, scored, codes, signs)


def find(user, text: str, limit: int = LIMIT, without: frozenset[str] = frozenset()) -> Found:
    """What this user may read that fits the text, best first: up to `limit` answers, or up to NEAR that are only near.

    `without`: parts to leave out (prepared_query.PARTS). Never raises for any text. The number of database queries does not depend on
    the number of results; an entry comes with its category, and what else a page shows of it the page asks for.
    """
    query = parse(text)
    if query.is_empty:
        return Found(query)
    found = ranked(user, query, without)
    probability = 1.0 if "floor" in without else found.probability
    hits = _hits(user, _shown(found.scored, probability, limit), query)
    answers, weak = (hits, []) if "floor" in without or found.is_answer else ([], hits)
    unknown = "" if found.codes or "codes" in without else next((code.value for code in query.codes if code.explicit), "")
    if unknown:
        return Found(query, weak=hits[:NEAR], unknown_code=unknown)
    answers = _with_number(user, query, answers, found.codes)
    by_sound = answers[0].phrase if answers and answers[0].by_sound else ""
    read_as, elsewhere = found.prepared.read_as(by_sound), found.prepared.elsewhere
    return Found(query, answers, weak, "", found.codes, read_as, elsewhere, probability)


def _shown(scored: list[Scored], probability: float, limit: int) -> list[Scored]:
    """What was named or is called so, and what is not far below the best of the others; a few of what is only near."""
    most = limit if probability >= PERHAPS else NEAR
    best = max((one.place for one in scored if not _is_raised(one)), default=0.0)
    return [one for one in scored if _is_raised(one) or one.place >= best - SPREAD][:most]


def _is_raised(one: Scored) -> bool:
    return one.is_exact or one.is_named


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


def _with_number(user, query: Query, hits: list[Hit], codes: tuple[str, ...]) -> list[Hit]:
    """Puts the entry whose number was typed first, or the one it was merged into; behind the code when the same figures are a code too."""
    if query.number is None:
        return hits
    entries = Fault.visible_to(user).select_related("category")
    entry = next(iter(entries.filter(number=query.number)), None) or entries.merge_target_of(query.number)
    if entry is None:
        return hits
    others = [hit for hit in hits if hit.item != entry]
    place = 1 if codes and not query.number_is_meant else 0  # 97 is the code; 97号 the entry
    return [*others[:place], Hit(entry, FAULT, EXACT_CODE, "number", str(entry.number), by_sound=False), *others[place:]]


def _hits(user, scored: list[Scored], query: Query) -> list[Hit]:
    """The rows behind these documents that the user may read, one query a kind."""
    rows = {}
    for kind, of_kind in documents.KINDS.items():
        ids = [one.document.object_id for one in scored if one.document.kind == kind]
        rows |= {(kind, row.pk): row for row in _rows(user, of_kind, ids)} if ids else {}
    found = [(one, row) for one in scored if (row := rows.get((one.document.kind, one.document.object_id)))]
    return [Hit(row, one.document.kind, one.place, *_why(one, query), one.by_sound) for one, row in found]


def _why(one: Scored, query: Query) -> tuple[str, str]:
    """The field and phrase that explain the hit. A Chinese query that came by an English alias is not explained by showing it."""
    return (one.field, one.phrase) if query.folded.isascii() or not one.phrase.isascii() else ("title", "")


def _rows(user, model, ids: list[int]):
    rows = model.visible_to(user).filter(pk__in=ids).order_by()
    return rows.select_related("category") if model is Fault else rows


LOOKED_AT = 20
MOST = 3


def similar(user, fault: Fault, shown: Iterable[Fault | ReturnCode]) -> tuple[list[Fault], list[ReturnCode]]:
    """Up to MOST entries and as many codes that the user may read and that are like this entry, the likest first.

    `shown`: what the page shows already.
    """
    known = {fault, *shown}
    found = [hit.item for hit in find(user, fault.title, limit=LOOKED_AT).hits if hit.item not in known]
    return [item for item in found if isinstance(item, Fault)][:MOST], [item for item in found if isinstance(item, ReturnCode)][:MOST]
