"""find(): the one way to search, for the pages, the admin and the evaluation."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from faults.models import Fault, ReturnCode, Term
from faults.models.search_documents import FAULT
from faults.search import documents, process_cache, sentence_vectors
from faults.search.off_topic import names_our_things, unfamiliar_share
from faults.search.query import Query, parse, says_all_is_well
from faults.search.rank import Scored
from faults.search.ranked import Ranked, ranked
from faults.search.weights import EXACT_CODE, SPREAD, SURE, VAGUE

LIMIT = 50
NEAR = 5  # offered as being only near
MONEY = {"reversal", "settlement"}  # categories of entries about money that may be lost or taken twice


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
    `elsewhere`: words in it that belong to others, each with whom to refer to. `probability`: how sure it is that the first hit is meant;
    `chance`: that one of the first three is.
    `missing_table`: whose code it is said to be, if their table isn't here or hasn't got it: what is found is another's.
    `matters`: what each part of a query finds that joins several, if it isn't sure what was meant as a whole.
    """

    query: Query
    hits: list[Hit] = field(default_factory=list)
    weak: list[Hit] = field(default_factory=list)
    unknown_code: str = ""
    codes: tuple[str, ...] = ()
    read_as: str = ""
    elsewhere: dict[str, str] = field(default_factory=dict)
    probability: float = 1.0
    chance: float = 1.0
    matters: tuple["Found", ...] = ()
    missing_table: str = ""

    @property
    def is_taken_for_number(self) -> bool:
        """Whether two figures alone, which may be a code, stand in no table and lead to the entry of that number."""
        query = self.query
        return bool(self.hits) and query.number is not None and 9 < query.number < 100 and not (query.number_is_meant or self.codes)

    @property
    def is_question(self) -> bool:
        """Whether it isn't sure which of the answers was meant: one of a few, to be asked for."""
        return len(self.hits) > 1 and self.probability < SURE

    @property
    def is_sure(self) -> bool:
        """Whether what stands first is presented as the answer."""
        return bool(self.hits) and not self.is_question


def load_dictionaries() -> None:
    """Loads what the first search of a process would wait for, a second or so. Needs no database."""
    unfamiliar_share("打印机", frozenset())
    if sentence_vectors.is_there():
        sentence_vectors.of_query("打印机")


def find(user, text: str, limit: int = LIMIT, without: frozenset[str] = frozenset()) -> Found:
    """What this user may read that fits the text, best first: up to `limit` answers, or up to NEAR that are only near.

    `without`: parts to leave out (prepared_query.PARTS). Never raises for any text. The number of database queries does not depend on
    the number of results; an entry comes with its category, and what else a page shows of it the page asks for.
    """
    cache = process_cache.current()
    query = parse(text, cache.vocabulary)
    if query.is_empty:
        return Found(query)
    found = ranked(user, query, cache, without)
    if "codes" not in without and (other := _by_code(user, query, found, limit, without)):
        return other
    if not found.is_answer and found.prepared.elsewhere:
        found = _without_circumstance(user, query, found, without)
    answer = _answer(user, query, found, limit, without)
    return _with_matters(user, answer, without) if query.joins and query.complaint == query.folded and answer.probability < 1.0 else answer


def _answer(user, query: Query, found: Ranked, limit: int, without: frozenset[str]) -> Found:
    """What is presented of what was found."""
    probability = 1.0 if "floor" in without else found.probability
    is_answer = "floor" in without or found.is_answer
    hits = _hits(user, _shown(found.scored, limit if is_answer else NEAR), query)
    answers, weak = (hits, []) if is_answer else ([], hits)
    if query.number is not None and (numbered := _with_number(user, query, answers, found.codes)) != answers:
        answers, probability = numbered, 1.0
    by_sound = answers[0].phrase if answers and answers[0].by_sound else ""
    if query.is_vague and len(answers) > 1:
        probability = min(probability, VAGUE)
    read_as, elsewhere = found.prepared.read_as(by_sound), found.prepared.elsewhere
    missing = found.whose_table_is_missing
    return Found(query, answers, weak, "", found.codes, read_as, elsewhere, probability, found.chance, missing_table=missing)


def _by_code(user, query: Query, found: Ranked, limit: int, without: frozenset[str]) -> Found | None:
    """What is found by a code that decides by itself: one that stands in no table, beside it what the rest of the query finds, and what
    another maker's number may mean; or one with a letter, which is no amount, in a sentence that says nothing else."""
    if not found.codes and (unknown := next((code for code in query.codes if code.explicit), None)):
        meant = find(user, unknown.figures, NEAR, without).hits[:1] if unknown.figures else []
        beside = query.without(*(code.phrase for code in query.codes if code.explicit))  # all at once: there may be fifty
        rest = Found(query) if parse(beside, found.prepared.cache.vocabulary).is_generic else find(user, beside, limit, without)
        return replace(rest, query=query, weak=[*meant, *rest.weak][:NEAR], unknown_code=unknown.value)
    lettered = next((code for code in found.codes if not code.isdigit()), "")
    if not lettered or found.probability >= SURE or query.folded == lettered.lower():
        return None
    return replace(find(user, lettered, limit, without), query=query, missing_table=found.whose_table_is_missing)


def _without_circumstance(user, query: Query, found: Ranked, without: frozenset[str]) -> Ranked:
    """What is found without the words that belong to others, if the rest names what is ours and has an answer: they said where or when."""
    rest = query.without(*found.prepared.elsewhere)
    cache = found.prepared.cache
    alone = ranked(user, parse(rest, cache.vocabulary), cache, without) if names_our_things(rest) else found
    return alone if alone.is_answer else found


def _with_matters(user, answer: Found, without: frozenset[str]) -> Found:
    """The same, or, of a query that joins several matters, what each finds by itself, one of them surely; what may cost money first."""
    parts = [part for text in answer.query.matters if not says_all_is_well(text) and (part := find(user, text, NEAR, without)).hits]
    if len({part.hits[0].item for part in parts}) < 2 or max(part.probability for part in parts) < SURE:
        return answer
    parts.sort(key=lambda part: not _is_about_money(part.hits[0]))
    first = {part.hits[0].item: part.hits[0] for part in parts}
    return replace(answer, hits=[*first.values(), *(hit for hit in answer.hits if hit.item not in first)], weak=[], matters=tuple(parts))


def _is_about_money(hit: Hit) -> bool:
    return hit.kind == FAULT and hit.item.category.slug in MONEY


def _shown(scored: list[Scored], most: int) -> list[Scored]:
    """What was named or is called so, and what is not far below the best of the others."""
    best = max((one.place for one in scored if not _is_raised(one)), default=0.0)
    return [one for one in scored if _is_raised(one) or one.place >= best - SPREAD][:most]


def _is_raised(one: Scored) -> bool:
    return one.is_exact or one.is_named


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
