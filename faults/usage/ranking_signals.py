"""What use has shown, taken over into what readers see: the order of causes, the lift in search, what is frequent this week.

Written only where it changes what is shown: every change of it renews the content version.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from faults.models import Cause, CauseStanding, Fault, Kind, Standing, UseDay
from faults.models.parts import FEWEST, order_of_causes

PERIOD = timedelta(days=90)  # for which what solved it counts
WEEK = timedelta(days=7)
HALFWAY = 50  # solved calls that give half of the lift there is
STEPS = 10  # in which a lift changes: not with every call
FREQUENT = 6  # shown as such
FEWEST_USES = 5  # a week, to be called frequent


@transaction.atomic
def renew(today: date | None = None) -> None:
    """Takes over what was counted up to today."""
    today = today or timezone.localdate()
    solved = _sums(today - PERIOD, "solved")
    _renew_causes(solved)
    _renew_boosts(solved)
    _renew_places(today)


def _sums(since: date, *columns: str) -> dict[tuple[str, str], int]:
    """The sum of these columns since that day, of everything that has any, by kind and key."""
    total = sum((F(column) for column in columns[1:]), start=F(columns[0]))
    rows = UseDay.objects.filter(day__gt=since).values("kind", "key").annotate(total=Sum(total)).filter(total__gt=0)
    return {(row["kind"], row["key"]): row["total"] for row in rows}


def _renew_causes(solved: dict) -> None:
    """The counts of an entry's causes, where they bring them into another order."""
    for fault in _counted_faults().prefetch_related("causes__standing"):
        causes = list(fault.causes.all())
        counted = [solved.get(("cause", str(cause.pk)), 0) for cause in causes]
        if order_of_causes(counted) != order_of_causes([cause.times_solved for cause in causes]):
            _save(causes, counted)


def _counted_faults() -> QuerySet[Fault]:
    """The faults of which any cause was ever the one, or counts as having been."""
    keys = UseDay.objects.filter(kind="cause", solved__gt=0).values_list("key", flat=True).distinct()
    ids = {*map(int, keys), *CauseStanding.objects.values_list("cause", flat=True)}
    return Fault.objects.filter(kind=Kind.FAULT, pk__in=Cause.objects.filter(pk__in=ids).values("fault"))


def _save(causes: list[Cause], counted: list[int]) -> None:
    CauseStanding.objects.filter(cause__in=causes).delete()
    CauseStanding.objects.bulk_create(CauseStanding(cause=cause, solved=count) for cause, count in zip(causes, counted, strict=True))


def boost_of(solved: int) -> float:
    """How much of the lift so many solved calls give: 0 for a handful, half for HALFWAY, never all of it; in steps."""
    return 0.0 if solved < FEWEST else round(solved / (solved + HALFWAY) * STEPS) / STEPS


def _renew_boosts(solved: dict) -> None:
    counted = {int(key): lift for (kind, key), total in solved.items() if kind == "fault" and (lift := boost_of(total))}
    _renew("lift", counted, 0.0)


def _renew_places(today: date) -> None:
    """The entries used most this week, in their order."""
    uses = {int(key): total for (kind, key), total in _sums(today - WEEK, "views", "solved").items() if kind == "fault"}
    published = set(Fault.objects.filter(number__in=uses).values_list("number", flat=True))
    most = sorted((-total, number) for number, total in uses.items() if total >= FEWEST_USES and number in published)[:FREQUENT]
    _renew("place", {number: place for place, (_, number) in enumerate(most, start=1)}, None)


def _renew(name: str, wanted: dict[int, float], otherwise: float | None) -> None:
    """Gives the entries with these numbers these values of one field, and all others none; only where that is another one."""
    has = dict(Standing.objects.exclude(**{name: otherwise}).values_list("fault__number", name))
    for number in (has.keys() | wanted.keys()) - {number for number, value in has.items() if wanted.get(number) == value}:
        fault = Fault.everything.filter(number=number).first()
        if fault:
            Standing.objects.update_or_create(fault=fault, defaults={name: wanted.get(number, otherwise)})
