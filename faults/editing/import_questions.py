"""What a table would put back or turn over, so that whoever imports it is asked first: older words, what was deleted, verified meanings."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from faults.editing.bulk_reading import CHUNK
from faults.editing.edits import NOT_TEXT
from faults.editing.knowledge_files import KEYS, key_of
from faults.models import KINDS, Action, Change, Confidence
from faults.text.normalize import normalized_values


def changed_keys(given: dict, before: dict) -> set[str]:
    """The keys of the words that the table would change."""
    return {key for key, value in given.items() if key not in NOT_TEXT and key != "version" and value != before.get(key)}


def puts_back(kind: str, changes: Iterable[tuple[int, dict, dict]]) -> set[int]:
    """Of items, given as (id, what the table says, what they say now): those that said something of it before, by their history."""
    told = {pk: (given, changed_keys(given, before)) for pk, given, before in changes}
    pks, found = [pk for pk, (_given, keys) in told.items() if keys], set()
    for start in range(0, len(pks), CHUNK):
        rows = Change.objects.filter(kind=kind, item_id__in=pks[start : start + CHUNK]).values_list("item_id", "row")
        for pk, row in rows.iterator():
            given, keys = told[pk]
            if any(key in row and normalized_values(row[key]) == given[key] for key in keys):
                found.add(pk)
    return found


def gone(kind: str, rows: Collection[dict]) -> set[str]:
    """The keys of these rows' items that were here and were deleted, or have another name now. `rows`: of items that aren't here."""
    if not rows:
        return set()
    last = KEYS[kind][-1]
    named = Change.objects.filter(kind=kind, **{f"row__{last}__in": sorted({row[last] for row in rows})})
    found = defaultdict(set)
    for pk, action, row in named.values_list("item_id", "action", "row"):
        found[pk] |= {(key_of(kind, row), action)}
    here = set(KINDS[kind].everything.filter(pk__in=found).values_list("pk", flat=True))
    return {key for pk, said in found.items() for key, action in said if pk in here or action == Action.DELETED}


def turns_over_verified(kind: str, given: dict, before: dict) -> bool:
    """Whether it would change what a code is verified to mean: more often the table is another institution's than the meaning wrong."""
    return kind == "code" and before["confidence"] == Confidence.VERIFIED and given.get("meaning", before["meaning"]) != before["meaning"]
