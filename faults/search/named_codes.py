"""What it means for the ranking that a return code was named."""

from dataclasses import replace

from faults.models import Fault, ReturnCode, Scheme
from faults.models.documents import CODE, FAULT
from faults.search.query import Query
from faults.search.rank import Scored
from faults.search.weights import BELONGS, EXACT_CODE, LIKELY_CODE


def put_first(scored: list[Scored], codes: tuple[str, ...], query: Query) -> list[Scored]:
    """Raises the named codes to the top, then what belongs to them. A code that was not named is no answer to one that was."""
    tables = list(ReturnCode.everything.filter(code__in=codes).in_table_order().values_list("pk", "scheme", "code"))
    rows = {pk: scheme for pk, scheme, _ in tables}
    belonging = set(Fault.codes.through.objects.filter(returncode__in=rows).values_list("fault_id", flat=True))
    # What a terminal of ours shows is UnionPay's code; a code of other tables among other words must fit by its words.
    ours = {code for _, scheme, code in tables if scheme == Scheme.CUP}
    named = {code.value for code in query.codes if code.called or query.is_code_alone or (code.explicit and code.value in ours)}
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
