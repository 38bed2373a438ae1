"""Searches that come far more often than usual: perhaps the same goes wrong at many merchants just now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, sqrt

from django.db.models import Count, Max, Min
from django.utils import timezone

from faults.models import Incident, Search
from faults.text.fold import fold

WINDOW = timedelta(hours=1)
BEFORE = timedelta(days=14)  # by which what is usual is told
BUSY_HOURS = 8  # in which a desk gets a day's calls
FEWEST, TIMES, SIGMAS = 8, 3, 4


@dataclass(frozen=True)
class Burst:
    """A text as it was typed last, how often it was asked within WINDOW, and how often a day before."""

    text: str
    times: int
    a_day: float

    @property
    def usual(self) -> int:
        """How often a day, to be said."""
        return round(self.a_day)


def fewest_in_burst(a_day: float) -> int:
    """From how many equal searches within WINDOW on they are far more than usual, if there are `a_day` on a usual day.

    With m = a_day / BUSY_HOURS, the number expected in a busy hour, it is the largest of three:

    - FEWEST: fewer prove nothing, however rare the text is (8 is more than one agent who asks again for a caller or two);
    - m + SIGMAS × √m: by chance alone calls pass that in one of some 30,000 hours (they come as Poisson said);
    - TIMES × m: the busiest hour of an ordinary day has up to twice as many as the mean of its busy hours.

    So 8 up to some 11 a day, 10 + 4 × √10 → 30 (three times ten) at 80 a day, 300 at 800 a day.
    """
    expected = a_day / BUSY_HOURS
    return ceil(max(FEWEST, expected + SIGMAS * sqrt(expected), TIMES * expected))


def bursts() -> list[Burst]:
    """The texts that are asked far more often than usual and that no incident speaks of yet, the most often asked first.

    Texts that fold to the same are one. In a fixed number of queries: one where no text was asked FEWEST times.
    """
    since = timezone.now() - WINDOW
    recent = Search.objects.since(since).exclude(folded="").order_by().values("folded")
    groups = list(recent.annotate(times=Count("pk"), newest=Max("pk")).filter(times__gte=FEWEST).order_by("-times", "-newest"))
    if not groups:
        return []
    usual, told = _a_day([group["folded"] for group in groups], since), _told()
    left = [group for group in groups if group["times"] >= fewest_in_burst(usual.get(group["folded"], 0))]
    left = [group for group in left if not any(word in group["folded"] for word in told)]
    newest = Search.objects.in_bulk([group["newest"] for group in left])
    return [
        Burst(newest[group["newest"]].text, group["times"], usual.get(group["folded"], 0)) for group in left if group["newest"] in newest
    ]


def _a_day(texts: Collection[str], until: datetime) -> dict[str, float]:
    """How often a day each was asked before that moment, in the days of BEFORE of which searches are kept."""
    before = Search.objects.filter(at__gte=until - BEFORE, at__lt=until)
    first = before.aggregate(first=Min("at"))["first"] or until
    days = max(1, (until - first) / timedelta(days=1))
    counts = before.filter(folded__in=texts).order_by().values_list("folded").annotate(Count("pk"))
    return {text: count / days for text, count in counts}


def _told() -> set[str]:
    """The words of incidents that are in force, to come or proposed."""
    return {fold(word) for one in Incident.objects.not_over() for word in one.word_list}
