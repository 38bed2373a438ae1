"""find(): the one way to search, for the pages, the admin and the evaluation."""

from dataclasses import dataclass, field

from faults.models import Fault, ReturnCode, Term
from faults.models.documents import FAULT
from faults.search import documents
from faults.search.asked import Asked
from faults.search.named_codes import put_first
from faults.search.query import Query, parse
from faults.search.rank import Scored
from faults.search.weights import EXACT_CODE, FLOOR

LIMIT = 50


@dataclass(frozen=True)
class Hit:
    """One result: the row itself, its score, and the field and phrase that brought it. `by_ear`: only its sound fitted."""

    item: Fault | ReturnCode | Term
    kind: str
    score: float
    field: str
    phrase: str
    by_ear: bool


@dataclass(frozen=True)
class Found:
    """The answer to a query. `hits` are presented as answers; `weak` are near at best and must be labelled so.

    `read_as`: what the query was taken for when that is not what was typed (by sound, or a mended word).
    """

    query: Query
    hits: list[Hit] = field(default_factory=list)
    weak: list[Hit] = field(default_factory=list)
    unknown_code: str = ""
    codes: tuple[str, ...] = ()
    read_as: str = ""


def find(user, text: str, limit: int = LIMIT, without: frozenset[str] = frozenset()) -> Found:
    """What this user may read that fits the text, best first. `without`: names of asked.PARTS to leave out.

    Never raises for any text. The number of database queries does not depend on the number of results.
    """
    query = parse(text)
    if query.is_empty:
        return Found(query)
    codes, unknown = ((), "") if "codes" in without else _codes_of(user, query)
    asked = Asked(query, without)
    scored = asked.ranked(not user.is_staff, codes)
    hits = _hits(user, put_first(scored, codes, query) if codes else scored, limit, query.folded.isascii())
    hits = _with_number(user, query, hits, codes)
    if unknown and not codes:
        return Found(query, weak=hits, unknown_code=unknown)
    floor = 0.0 if "floor" in without else FLOOR
    answers, weak = [hit for hit in hits if hit.score >= floor], [hit for hit in hits if hit.score < floor]
    by_ear = answers[0].phrase if answers and answers[0].by_ear else ""
    return Found(query, answers, weak, "", codes, asked.read_as(by_ear))


def _codes_of(user, query: Query) -> tuple[tuple[str, ...], str]:
    """The query's codes that a table has, and the first that was called one and that none has."""
    asked = [code.value for code in query.codes]
    known = set(ReturnCode.visible_to(user).filter(code__in=asked).values_list("code", flat=True))
    unknown = next((code.value for code in query.codes if code.explicit and code.value not in known), "")
    return tuple(code for code in asked if code in known), unknown


def _with_number(user, query: Query, hits: list[Hit], codes: tuple[str, ...]) -> list[Hit]:
    """Puts the entry whose number was typed first; behind the code when the same figures are a code too."""
    if query.number is None:
        return hits
    entry = Fault.visible_to(user).with_list_parts().filter(number=query.number).first()
    if entry is None:
        return hits
    others = [hit for hit in hits if hit.item != entry]
    place = 1 if codes else 0
    return [*others[:place], Hit(entry, FAULT, EXACT_CODE, "number", str(entry.number), by_ear=False), *others[place:]]


def _hits(user, scored: list[Scored], limit: int, in_latin: bool) -> list[Hit]:
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
            # A Chinese query that was matched by way of an English alias is not explained by showing that alias.
            field, phrase = (one.field, one.phrase) if in_latin or not one.phrase.isascii() else ("title", "")
            hits.append(Hit(row, one.document.kind, one.score, field, phrase, one.by_ear))
    return hits[:limit]


def _rows(user, model, ids: list[int]):
    rows = model.visible_to(user).filter(pk__in=ids)
    return rows if model is Term else rows.with_list_parts()
