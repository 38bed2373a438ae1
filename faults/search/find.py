"""find(): the one way to search, for the pages, the admin and the evaluation."""

from dataclasses import dataclass, field, replace

from faults.models import Fault, ReturnCode, SearchDocument, Term
from faults.models.documents import CODE, FAULT
from faults.search import documents, index, synonyms
from faults.search.fold import tokens
from faults.search.query import Query, parse
from faults.search.rank import BELONGS, EXACT_CODE, FLOOR, Ranking, Scored

LIMIT = 50


@dataclass(frozen=True)
class Hit:
    """One result: the row itself, its score, and the field and phrase that brought it."""

    item: Fault | ReturnCode | Term
    kind: str
    score: float
    field: str
    phrase: str


@dataclass(frozen=True)
class Found:
    """The answer to a query. `hits` are presented as answers; `weak` are near at best and must be labelled so."""

    query: Query
    hits: list[Hit] = field(default_factory=list)
    weak: list[Hit] = field(default_factory=list)
    unknown_code: str = ""
    codes: tuple[str, ...] = ()


def find(user, text: str, limit: int = LIMIT) -> Found:
    """What this user may read that fits the text, best first.

    Never raises for any text. The number of database queries does not depend on the number of results.
    """
    query = parse(text)
    if query.is_empty:
        return Found(query)
    known = set(ReturnCode.visible_to(user).filter(code__in=[code.value for code in query.codes]).values_list("code", flat=True))
    unknown = next((code.value for code in query.codes if code.explicit and code.value not in known), "")
    codes = tuple(code.value for code in query.codes if code.value in known)
    hits = _hits(user, _ranked(user, query, codes), query, limit)
    if unknown and not codes:
        return Found(query, weak=hits, unknown_code=unknown)
    answers = [hit for hit in hits if hit.score >= FLOOR]
    return Found(query, answers, [hit for hit in hits if hit.score < FLOOR], "", codes)


def _ranked(user, query: Query, codes: tuple[str, ...]) -> list[Scored]:
    slots = synonyms.slots(query.subject, synonyms.active_groups())
    asked = list(dict.fromkeys(token for slot in slots for text in slot for token in tokens(text)))
    counts = index.frequencies(asked)
    wanted = sorted(counts, key=counts.get) + [code.lower() for code in codes]
    found = index.candidates(wanted, public_only=not user.is_staff)
    ranking = Ranking(slots, counts, SearchDocument.objects.count())
    scored = [ranking.score(document) for document in found]
    return _with_codes(scored, codes, query.scheme) if codes else scored


def _with_codes(scored: list[Scored], codes: tuple[str, ...], scheme: str) -> list[Scored]:
    """Puts the named codes first, then what belongs to them. A code that was not named is no answer to one that was."""
    rows = dict(ReturnCode.everything.filter(code__in=codes).in_table_order().values_list("pk", "scheme"))
    belonging = set(Fault.codes.through.objects.filter(returncode__in=rows).values_list("fault_id", flat=True))
    return [
        replace(one, score=one.score + _bonus(one.document, codes, belonging, rows, scheme))
        for one in scored
        if one.document.kind != CODE or one.document.code in codes
    ]


def _bonus(document: SearchDocument, codes: tuple[str, ...], belonging: set[int], rows: dict[int, str], scheme: str) -> float:
    if document.kind == CODE:
        place = list(rows).index(document.object_id)
        return EXACT_CODE * (len(codes) - codes.index(document.code)) - (0 if rows[document.object_id] == scheme else 1 + place)
    return BELONGS if document.kind == FAULT and document.object_id in belonging else 0.0


def _hits(user, scored: list[Scored], query: Query, limit: int) -> list[Hit]:
    """Fetches the rows behind the best documents, one query a kind, one hit a page."""
    best = sorted(scored, key=lambda one: (-one.score, one.document.kind, one.document.object_id))[: limit * 2]
    rows = {}
    for kind, model in documents.KINDS.items():
        ids = [one.document.object_id for one in best if one.document.kind == kind]
        rows |= {(kind, row.pk): row for row in _rows(user, model, ids)} if ids else {}
    hits, seen = [], set()
    for one in best:
        row = rows.get((one.document.kind, one.document.object_id))
        page = (one.document.kind, one.document.code or one.document.object_id)
        if row is not None and page not in seen:
            seen.add(page)
            hits.append(Hit(row, one.document.kind, one.score, one.field, one.phrase))
    return hits[:limit]


def _rows(user, model, ids: list[int]):
    rows = model.visible_to(user).filter(pk__in=ids)
    return rows if model is Term else rows.with_list_parts()
