"""What it means for the ranking that a return code was named."""

from dataclasses import replace

from faults.models import Fault, ReturnCode, SearchDocument
from faults.models.search_documents import CODE, FAULT
from faults.search.query import Query
from faults.search.rank import Scored
from faults.search.weights import BELONGS, EXACT_CODE, LIKELY_CODE, OURS_BESIDE, SAID_BESIDE

Row = tuple[int, str, str, bool]  # primary key, scheme, code, whether it stands in the desk's own table


def tables(user, query: Query) -> list[Row]:
    """The tables' rows for the query's codes that this user may read: codes in the order named, tables in theirs; one query."""
    order = [code.value for code in query.codes]
    if not order:
        return []
    rows = ReturnCode.visible_to(user).filter(code__in=order).in_table_order().values_list("pk", "scheme_id", "code", "scheme__is_own")
    return sorted(rows, key=lambda row: order.index(row[2]))


def document_ids(tables: list[Row]) -> list[int]:
    """The search documents of these rows: they are looked at whatever else was said. No query for no rows."""
    rows = [pk for pk, *_ in tables]
    return list(SearchDocument.objects.filter(kind=CODE, object_id__in=rows).order_by("pk").values_list("pk", flat=True)) if rows else []


def put_first(scored: list[Scored], tables: list[Row], query: Query) -> list[Scored]:
    """Raises the named codes to the top, then what belongs to them. A code that was not named is no answer to one of ours that was."""
    belonging = set(Fault.codes.through.objects.filter(returncode__in=[pk for pk, *_ in tables]).values_list("fault_id", flat=True))
    # What a terminal of ours shows stands in our table; a code of other tables among other words must fit by its words.
    ours = {code for _pk, _scheme, code, is_own in tables if is_own}
    named = {code.value for code in query.codes if code.called or query.is_code_alone or (code.explicit and code.value in ours)}
    decides = named & ours or query.is_code_alone
    rows = _bonuses(tables, query.scheme)
    return [
        _raised(one, _bonus(one, query, rows, named, belonging))
        for one in scored
        if one.document.kind != CODE or one.document.object_id in rows or not decides
    ]


def _raised(one: Scored, bonus: float) -> Scored:
    """What was named stands where its bonus says, whatever else is known of it."""
    raised = one.with_score(one.score + bonus)
    return replace(raised, place=raised.score) if raised.is_named else raised


def _bonuses(tables: list[Row], scheme: str) -> dict[int, float]:
    """What being named adds to each row: by the order in which the codes were named, then of the tables, the named one first."""
    codes = list(dict.fromkeys(code for _pk, _scheme, code, _is_own in tables))
    return {
        pk: EXACT_CODE * (len(codes) - codes.index(code)) - (0 if row_scheme == scheme else 1 + place)
        for place, (pk, row_scheme, code, _is_own) in enumerate(tables)
    }


def _bonus(one: Scored, query: Query, rows: dict[int, float], named: set[str], belonging: set[int]) -> float:
    """What is added to a document: much to the named rows, something to entries that belong to them."""
    document = one.document
    if document.kind == CODE and document.object_id in rows:
        # A bare number among words that are not about this code may be another acquirer's.
        # Of several tables that which says the rest of the query comes first: Z1 交易超时 is the terminal's own.
        # Ours comes before one that says it only a little better.
        said = 0.0 if query.is_code_alone else SAID_BESIDE * min(1.0, one.score * (OURS_BESIDE if document.is_ours else 1.0))
        return rows[document.object_id] + said if document.code in named or one.score >= LIKELY_CODE else 0.0
    if query.folded in document.own and not any(code.explicit or code.written == query.folded for code in query.codes):
        return max(rows.values()) + EXACT_CODE  # a name with figures in it is no question for a code: 39域
    return BELONGS if document.kind == FAULT and document.object_id in belonging else 0.0
