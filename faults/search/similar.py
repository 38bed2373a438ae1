"""What else may be meant: entries and codes that a search for this entry's title finds."""

from collections.abc import Iterable

from faults.models import Fault, ReturnCode
from faults.search.find import find

LOOKED_AT = 20
MOST = 3


def similar(user, fault: Fault, shown: Iterable[Fault | ReturnCode]) -> tuple[list[Fault], list[ReturnCode]]:
    """Up to MOST entries and as many codes that the user may read and that are like this entry, the likest first.

    `shown`: what the page shows already.
    """
    known = {fault, *shown}
    found = [hit.item for hit in find(user, fault.title, limit=LOOKED_AT).hits if hit.item not in known]
    return [item for item in found if isinstance(item, Fault)][:MOST], [item for item in found if isinstance(item, ReturnCode)][:MOST]
