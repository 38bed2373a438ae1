"""What the constraints of the models say of rows that aren't saved yet, without a query."""

import operator
from collections import Counter

from django.db.models import CheckConstraint, F, Model, Q, UniqueConstraint
from django.utils.translation import gettext as _

_MET = {Q.AND: all, Q.OR: any, Q.XOR: lambda met: sum(met) % 2 == 1}
_LOOKUPS = {"exact": operator.eq, "in": lambda value, several: value in several, "gte": operator.ge, "lte": operator.le}


def broken_checks(row: Model) -> list[str]:
    """The message of each CheckConstraint that the row doesn't meet. Raises KeyError for a lookup that isn't known here."""
    checks = [constraint for constraint in row._meta.constraints if isinstance(constraint, CheckConstraint)]
    return [str(check.get_violation_error_message()) for check in checks if not _is_met(check.condition, row)]


def said_twice(parts: list[Model], owner: str) -> list[str]:
    """A sentence for each value that one owner may have once, and that several of its parts have. `owner`: the parts' field for it."""
    once = [constraint for constraint in (parts[0]._meta.constraints if parts else ()) if isinstance(constraint, UniqueConstraint)]
    return [sentence for constraint in once if owner in constraint.fields for sentence in _said_twice(parts, owner, constraint)]


def _said_twice(parts: list[Model], owner: str, constraint: UniqueConstraint) -> list[str]:
    names = [name for name in constraint.fields if name != owner]
    labels = "、".join(str(parts[0]._meta.get_field(name).verbose_name) for name in names)
    shown = {tuple(_value(part, name) for name in names): "、".join(str(getattr(part, name)) for name in names) for part in parts}
    counted = Counter(tuple(_value(part, name) for name in names) for part in parts)
    return [
        _("“%(field)s”：“%(value)s”写了%(times)s次。%(why)s")
        % {"field": labels, "value": shown[values], "times": times, "why": constraint.get_violation_error_message()}
        for values, times in counted.items()
        if times > 1
    ]


def _is_met(condition: Q | tuple, row: Model) -> bool:
    if isinstance(condition, Q):
        return _MET[condition.connector](_is_met(child, row) for child in condition.children) != condition.negated
    path, wanted = condition
    name, _separator, lookup = path.partition("__")
    return _LOOKUPS[lookup or "exact"](_value(row, name), _value(row, wanted.name) if isinstance(wanted, F) else wanted)


def _value(row: Model, name: str):
    """The value of a field; of a row that it points to, and that may not be saved yet, what names that for good."""
    field = row._meta.get_field(name)
    value = field.get_cached_value(row, default=None) if field.is_relation else getattr(row, name)
    return value.natural_key() if hasattr(value, "natural_key") else value
