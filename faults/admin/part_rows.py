"""The rows of parts in a form as a set: what an item may say once is not said in two of them."""

from collections import defaultdict

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import UniqueConstraint
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext as _
from unfold.forms import PaginationInlineFormSet


class PartFormSet(PaginationInlineFormSet):
    """Rows of parts. Of two that say the same, the later one names the earlier one, instead of Django's sentence for each and for all."""

    def validate_unique(self):
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and self.fk.name in constraint.fields:
                self._refuse_repeated([name for name in constraint.fields if name != self.fk.name])

    def _refuse_repeated(self, names: list[str]) -> None:
        for same in self._rows_by_value(names):
            for _number, row in same:
                row.errors.pop(NON_FIELD_ERRORS, None)  # the row was compared to what is stored, too; that is in this form
            for _number, row in same[1:]:
                row.add_error(names[0], _repeated(same[0][0], row.cleaned_data[names[0]]))

    def _rows_by_value(self, names: list[str]) -> list[list[tuple]]:
        """The rows that have each value, with their numbers; only values that several have."""
        rows = defaultdict(list)
        for number, row in enumerate(self.forms, 1):
            given = getattr(row, "cleaned_data", {})
            if not given.get(DELETION_FIELD_NAME) and all(given.get(name) for name in names):
                rows[tuple(given[name] for name in names)].append((number, row))
        return [same for same in rows.values() if len(same) > 1]


def _repeated(number: int, value) -> ValidationError:
    return ValidationError(_("和第%(number)d行重复：%(value)s"), code="unique", params={"number": number, "value": value})
