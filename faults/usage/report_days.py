"""Searches a day, and what became of them: from the sums, which stay when the searches are forgotten."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from faults.models import SearchDay


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
