"""What reports on use are made of: a row, whatever it is about, and the sums of each day, which stay when the searches are forgotten."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from faults.models import Fault, Flag, Judgment, ReturnCode, SearchDay


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


def days_since(first: date) -> list[SearchDay]:
    """The sums of each day from that one to today; one query. A day of which nothing is known has none."""
    known, today = SearchDay.objects.filter(day__gte=first).in_bulk(), timezone.localdate()
    dates = [first + timedelta(days=number) for number in range((today - first).days + 1)]
    return [known.get(day) or SearchDay(day=day) for day in dates]


def share(part: int, whole: int) -> int | None:
    """Of a hundred, rounded; None of nothing."""
    return round(100 * part / whole) if whole else None


@dataclass(frozen=True)
class Figures:
    """The sums of a period. `answered`, `opened`, `repeated`: of a hundred searches."""

    searches: int
    answered: int | None
    opened: int | None
    repeated: int | None


def figures_of(days: list[SearchDay]) -> Figures:
    """What the days come to together."""
    searches = sum(day.searches for day in days)
    parts = {name: sum(getattr(day, name) for day in days) for name in ("answered", "opened", "repeated")}
    return Figures(searches, **{name: share(part, searches) for name, part in parts.items()})
