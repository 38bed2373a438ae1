"""find(): the one way to search, for the pages, the admin and the evaluation."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from faults.models import Fault, ReturnCode, Term
from faults.models.search_documents import FAULT
from faults.search import documents, named_codes, process_cache
from faults.search.named_codes import put_first
from faults.search.off_topic import unfamiliar_share
from faults.search.prepared_query import PreparedQuery
from faults.search.query import Query, parse
from faults.search.rank import Scored
from faults.search.weights import BOOST, EXACT_CODE, FLOOR

LIMIT = 50
NEAR = 5  # offered as being only near


@dataclass(frozen=True)
class Hit:
    """One result: the row itself, its score, and the field and phrase that brought it. `by_sound`: only its sound fitted."""

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
    `elsewhere`: words in it that belong to others, each with whom to refer to.
    """

    query: Query
    hits: list[Hit] = field(default_factory=list)
    weak: list[Hit] = field(default_factory=list)
    unknown_code: str = ""
    codes: tuple[str, ...] = ()
    read_as: str = ""
    elsewhere: dict[str, str] = field(default_factory=dict)


def load_dictionaries() -> None:
    """Loads what the first search of a process would wait for, some tenths of a second. Needs no database."""
    unfamiliar_share("打印机", frozenset())


def find(user, text: str, limit: int = LIMIT, without: frozenset[str] = frozenset()) -> Found:
    """What this user may read that fits the text, best first: up to `limit` answers, or up to NEAR that are only near.

    `without`: parts to leave out (prepared_query.PARTS). Never raises for any text. The number of database queries does not depend on
    the number of results; an entry comes with its category, and what else a page shows of it the page asks for.
    """
    query = parse(text)
    if query.is_empty:
        return Found(query)
    tables = [] if "codes" in without else named_codes.tables(user, query)
    codes = tuple(dict.fromkeys(code for _, _, code in tables))
    prepared = PreparedQuery(query, process_cache.current(), not _reads_drafts(user), without)
    scored = prepared.ranked(codes)
    scored = put_first(scored, tables, query) if tables else scored
    unknown = "" if codes or "codes" in without else next((code.value for code in query.codes if code.explicit), "")
    boosts = {} if "use" in without else prepared.cache.boosts
    answers, weak = _answers_and_weak(scored, 0.0 if "floor" in without else FLOOR, limit, boosts)
    if unknown:
        return Found(query, weak=_hits(user, (answers or weak)[:NEAR], query), unknown_code=unknown)
    answers, weak = _with_number(user, query, _hits(user, answers, query), codes), _hits(user, weak, query)
    by_sound = answers[0].phrase if answers and answers[0].by_sound else ""
    return Found(query, answers, weak, "", codes, prepared.read_as(by_sound), prepared.elsewhere)


def _reads_drafts(user) -> bool:
    """Whether the user may read drafts of every kind. Who may read some finds those as readers find what is published."""
    return all(model.shows_drafts_to(user) for model in documents.KINDS.values())


def _answers_and_weak(scored: list[Scored], floor: float, limit: int, boosts: dict[int, float]) -> tuple[list[Scored], list[Scored]]:
    """The best that are answers; or, when none is, the best of those that are only near. Each page once.

    What use has lifted stands higher among its like; whether something is an answer is decided by its words alone.
    """
    best: dict[tuple, Scored] = {}
    for one in sorted(scored, key=lambda one: (-_boosted(one, boosts), one.document.kind, one.document.object_id)):
        best.setdefault((one.document.kind, one.document.code or one.document.object_id), one)
    answers = [one for one in best.values() if one.score >= floor][:limit]
    return answers, [] if answers else list(best.values())[:NEAR]


def _boosted(one: Scored, boosts: dict[int, float]) -> float:
    return one.score * (1 + BOOST * boosts.get(one.document.object_id, 0.0)) if one.document.kind == FAULT else one.score


def _with_number(user, query: Query, hits: list[Hit], codes: tuple[str, ...]) -> list[Hit]:
    """Puts the entry whose number was typed first, or the one it was merged into; behind the code when the same figures are a code too."""
    if query.number is None:
        return hits
    entries = Fault.visible_to(user).select_related("category")
    entry = next(iter(entries.filter(number=query.number)), None) or entries.merge_target_of(query.number)
    if entry is None:
        return hits
    others = [hit for hit in hits if hit.item != entry]
    place = 1 if codes else 0
    return [*others[:place], Hit(entry, FAULT, EXACT_CODE, "number", str(entry.number), by_sound=False), *others[place:]]


def _hits(user, scored: list[Scored], query: Query) -> list[Hit]:
    """The rows behind these documents that the user may read, one query a kind."""
    rows = {}
    for kind, model in documents.KINDS.items():
        ids = [one.document.object_id for one in scored if one.document.kind == kind]
        rows |= {(kind, row.pk): row for row in _rows(user, model, ids)} if ids else {}
    found = [(one, row) for one in scored if (row := rows.get((one.document.kind, one.document.object_id)))]
    return [Hit(row, one.document.kind, one.score, *_why(one, query), one.by_sound) for one, row in found]


def _why(one: Scored, query: Query) -> tuple[str, str]:
    """The field and phrase that explain the hit. A Chinese query that came by an English alias is not explained by showing it."""
    return (one.field, one.phrase) if query.folded.isascii() or not one.phrase.isascii() else ("title", "")


def _rows(user, model, ids: list[int]):
    rows = model.visible_to(user).filter(pk__in=ids)
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
