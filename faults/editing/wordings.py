"""Whose words wordings are: the entry, code or term that a list is named after."""

from collections import defaultdict
from collections.abc import Iterable

from faults.models import Fault, Publication, ReturnCode, Term
from faults.search.documents import name_of
from posdesk.numbers import whole_number


def items_of(names: Iterable[str]) -> dict[str, Publication]:
    """The entry, code or term of each of these names, as far as it is there; three queries."""
    keys = defaultdict(list)
    for name in names:
        kind, _colon, key = name.partition(":")
        keys[kind].append(key)
    numbers = [number for key in keys["fault"] if (number := whole_number(key)) is not None]
    codes = [key.partition(":")[2] for key in keys["code"]]
    found = {
        name_of(item): item
        for items in (
            Fault.everything.filter(number__in=numbers),
            ReturnCode.everything.filter(code__in=codes),
            Term.everything.filter(name__in=keys["term"]),
        )
        for item in items
    }
    return {name: found[name] for name in names if name in found}
