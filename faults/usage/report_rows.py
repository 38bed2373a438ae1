"""A row of a report on use, whatever it is about."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from faults.models import Fault, Flag, Judgment, ReturnCode


@dataclass(frozen=True)
class Row:
    """What the row is about, and its figures under the report's columns. `folded`: of a search, what its like are counted by."""

    name: str
    cells: tuple = ()
    folded: str = ""
    item: Fault | ReturnCode | None = None
    flag: Flag | None = None
    judgment: Judgment | None = None

    @property
    def texts(self) -> list[str]:
        """The figures as they are shown and exported."""
        return [as_text(cell) for cell in self.cells]


def as_text(value) -> str:
    """A figure as one reads it: moments to the minute, scores to the hundredth, nothing for None."""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, float):
        return f"{value:.2f}"
    return "" if value is None else str(value)


def moment(day: date) -> datetime:
    """When the day begins here."""
    return timezone.make_aware(datetime.combine(day, time.min))
