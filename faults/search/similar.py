"""What else may be meant: entries that a search for this entry's title finds."""

from faults.models import Fault
from faults.search.find import find

LOOKED_AT = 12


def similar(user, fault: Fault, without: set[int], limit: int = 3) -> list[Fault]:
    """Up to `limit` entries the user may read that are like this one, the likest first. `without`: keys of entries shown already."""
    found = (hit.item for hit in find(user, fault.title, limit=LOOKED_AT).hits if isinstance(hit.item, Fault))
    return [entry for entry in found if entry.pk != fault.pk and entry.pk not in without][:limit]
