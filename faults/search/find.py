"""find(): the one way to search, for the pages, the admin and the evaluation."""

import re
from dataclasses import dataclass, field, replace

from faults.models import Fault, ReturnCode, SearchDocument, Term
from faults.models.documents import CODE, FAULT
from faults.search import documents, index, spelling, synonyms
from faults.search.fold import words
from faults.search.query import Query, parse
from faults.search.rank import BELONGS, CLAUSE, EXACT_CODE, FLOOR, LIKELY_CODE, Ranking, Reading, Scored

LIMIT = 50
MOST_TOKENS = 120  # asked of the index at once


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


def find(user, text: str, limit: int = LIMIT, exact: bool = False) -> Found:
    """What this user may read that fits the text, best first. `exact`: as typed, without sounds and mended words.

    Never raises for any text. The number of database queries does not depend on the number of results.
    """
    query = parse(text)
    if query.is_empty:
        return Found(query)
    known = set(ReturnCode.visible_to(user).filter(code__in=[code.value for code in query.codes]).values_list("code", flat=True))
    unknown = next((code.value for code in query.codes if code.explicit and code.value not in known), "")
    codes = tuple(code.value for code in query.codes if code.value in known)
    asked = _Asked(query, exact)
    hits = _with_number(user, query, _hits(user, asked.ranked(user, codes), limit), codes)
    if unknown and not codes:
        return Found(query, weak=hits, unknown_code=unknown)
    answers = [hit for hit in hits if hit.score >= FLOOR]
    return Found(query, answers, [hit for hit in hits if hit.score < FLOOR], "", codes, asked.read_as(answers))


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


class _Asked:
    """A query made ready for the index: words told from pinyin, slips mended, synonyms beside each part."""

    def __init__(self, query: Query, exact: bool):
        self.query = query
        groups = synonyms.active_groups()
        typed = _latin(query.folded)
        grouped = {word for group in groups for phrase in group for word in _latin(phrase)}
        known = {*typed} & (grouped | index.frequencies(typed).keys())
        self.mended = {} if exact else spelling.mend([word for word in typed if word not in known], grouped)
        latin = frozenset({*known, *self.mended.values(), *(typed if exact else ())})
        texts = [(query.subject, 1.0), *((clause, CLAUSE) for clause in query.clauses)]
        self.readings = [Reading(synonyms.slots(self._mend(text), groups), latin, trust, by_ear=not exact) for text, trust in texts]

    def _mend(self, text: str) -> str:
        for wrong, right in self.mended.items():
            text = re.sub(rf"(?<![0-9a-z]){wrong}(?![0-9a-z])", right, text)
        return text

    def ranked(self, user, codes: tuple[str, ...]) -> list[Scored]:
        """The best documents, the named codes among them, in no order."""
        counts = index.frequencies(list({token for reading in self.readings for token in reading.tokens()}))
        found = index.candidates([*_telling(counts), *(code.lower() for code in codes)], public_only=not user.is_staff)
        scored = Ranking(self.readings, counts, SearchDocument.objects.count()).order(found, codes)
        return _with_codes(scored, codes, self.query) if codes else scored

    def read_as(self, answers: list[Hit]) -> str:
        """What the query was taken for, when the first answer fits only that."""
        if self.mended:
            return self._mend(self.query.folded)
        return answers[0].phrase if answers and answers[0].by_ear else ""


def _latin(text: str) -> list[str]:
    return [word for word in words(text) if word.isascii()]


def _telling(counts: dict[str, int]) -> list[str]:
    """The tokens to fetch candidates by, rarest first: what stands in everything finds nothing."""
    return sorted(counts, key=counts.get)[:MOST_TOKENS]


def _with_codes(scored: list[Scored], codes: tuple[str, ...], query: Query) -> list[Scored]:
    """Puts the named codes first, then what belongs to them. A code that was not named is no answer to one that was."""
    rows = dict(ReturnCode.everything.filter(code__in=codes).in_table_order().values_list("pk", "scheme"))
    belonging = set(Fault.codes.through.objects.filter(returncode__in=rows).values_list("fault_id", flat=True))
    named = {code.value for code in query.codes if code.called or query.is_code_alone}
    return [
        replace(one, score=one.score + _bonus(one, codes, named, belonging, rows, query.scheme))
        for one in scored
        if one.document.kind != CODE or one.document.code in codes or not named
    ]


def _bonus(one: Scored, codes: tuple[str, ...], named: set[str], belonging: set[int], rows: dict[int, str], scheme: str) -> float:
    """What naming a code adds: most for its own rows, in the order named and the tables' order, something for entries that belong to it."""
    document = one.document
    if document.kind == CODE and document.code in codes:
        if document.code not in named and one.score < LIKELY_CODE:
            return 0.0  # a bare number among words that are not about this code may be another acquirer's
        place = list(rows).index(document.object_id)
        return EXACT_CODE * (len(codes) - codes.index(document.code)) - (0 if rows[document.object_id] == scheme else 1 + place)
    return BELONGS if document.kind == FAULT and document.object_id in belonging else 0.0


def _hits(user, scored: list[Scored], limit: int) -> list[Hit]:
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
            hits.append(Hit(row, one.document.kind, one.score, one.field, one.phrase, one.by_ear))
    return hits[:limit]


def _rows(user, model, ids: list[int]):
    rows = model.visible_to(user).filter(pk__in=ids)
    return rows if model is Term else rows.with_list_parts()
