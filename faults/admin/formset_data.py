"""A posted form with rows of parts, put right for the database as it now is.

A part may be gone since the page was made, or never have been in the database but for the moment the page was made (a pending revision
is shown as it would be). Its row becomes a new part, so that nothing typed is lost.
"""

import re
from collections import Counter

from django.db.models import Model
from django.http import QueryDict

from posdesk.numbers import whole_number

_SET = re.compile(r"^(?:[\w-]+-)?(\w+)-TOTAL_FORMS$")


def align_formsets(data: QueryDict, item: Model) -> QueryDict:
    """The data with every row that has no part in the database any more as a new row, behind those that have one."""
    data = count_rows(data)
    _align(data, "", type(item), item)
    return data


def count_rows(data: QueryDict) -> QueryDict:
    """The data with no set of rows of more than were sent: Django makes two thousand empty ones, each with rows inside, for who says so."""
    data = data.copy()
    sent = {(key[: match.start()], match[1]) for key in data for match in re.finditer(r"-([0-9]+)(?=-)", key)}
    rows = Counter(prefix for prefix, _row in sent)
    for key in [key for key in data if _SET.match(key)]:
        total = whole_number(data[key])
        if total is not None and total > rows[key.removesuffix("-TOTAL_FORMS")]:
            data[key] = str(rows[key.removesuffix("-TOTAL_FORMS")])
    return data


def _align(data: QueryDict, above: str, model: type[Model], owner: Model | None) -> None:
    for name in formset_names(data, above, model):
        prefix, relation = f"{above}{name}", model._meta.get_field(name)
        alive = {str(part.pk): part for part in getattr(owner, name).all()} if owner else {}
        for index, part in _reorder(data, prefix, alive):
            if owner is None:
                data.pop(f"{prefix}-{index}-{relation.field.name}", None)  # it names an owner that is gone
            _align(data, f"{prefix}-{index}-", relation.related_model, part)


def formset_names(data: QueryDict, above: str, model: type[Model]) -> list[str]:
    """The names of the sets of rows right below a prefix, those that the model has parts for."""
    parts = {relation.get_accessor_name() for relation in model._meta.related_objects}
    names = [match[1] for key in data if (match := _SET.match(key)) and key == f"{above}{match[1]}-TOTAL_FORMS"]
    return [name for name in names if name in parts]


def _reorder(data: QueryDict, prefix: str, alive: dict[str, Model]) -> list[tuple[int, Model | None]]:
    """Puts rows of living parts first, as Django wants them, and takes the ids off the others. Returns the rows with their parts."""
    total = whole_number(data[f"{prefix}-TOTAL_FORMS"])
    if total is None or total > 1000:
        return []  # not our page: Django says so
    rows = sorted(range(total), key=lambda row: data.get(f"{prefix}-{row}-id", "") not in alive)
    parts = [alive.get(data.get(f"{prefix}-{row}-id", "")) for row in rows]
    _rename(data, prefix, {old: new for new, old in enumerate(rows)})
    for row, part in enumerate(parts):
        if part is None and f"{prefix}-{row}-id" in data:
            data[f"{prefix}-{row}-id"] = ""
    data[f"{prefix}-INITIAL_FORMS"] = str(sum(part is not None for part in parts))
    return list(enumerate(parts))


def _rename(data: QueryDict, prefix: str, places: dict[int, int]) -> None:
    row = re.compile(rf"^{re.escape(prefix)}-([0-9]{{1,4}})-(.+)$")
    moved = {key: match for key in data if (match := row.match(key)) and int(match[1]) in places}
    values = {f"{prefix}-{places[int(match[1])]}-{match[2]}": data.getlist(key) for key, match in moved.items()}
    for key in moved:
        del data[key]
    for key, value in values.items():
        data.setlist(key, value)


def submitted_ids(data: QueryDict, prefix: str) -> set[int]:
    """The ids of the parts that a set of rows names; what can be no id names none."""
    named = [value for key, value in data.items() if re.match(rf"^{re.escape(prefix)}-\d+-id$", key)]
    return {pk for value in named if (pk := whole_number(value)) is not None}
