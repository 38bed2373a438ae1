"""Writes what readers did: many events in one transaction."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from faults.models import DeskRules, Outcome, Search
from faults.usage import daily_totals
from faults.usage.events import Event, Opened, Repeated, Searched, Viewed

_NAMES = {Outcome.ANSWERED: "answered", Outcome.NEAR: "near", Outcome.NOTHING: "nothing", Outcome.UNKNOWN: "nothing"}


@transaction.atomic
def write(events: Iterable[Event]) -> None:
    """All of the events, or none if the database refuses. Of one search only the first thing opened counts."""
    batch = _Batch()
    for event in events:
        batch.take(event)
    batch.save()


class _Batch:
    def __init__(self):
        self.searches: dict[str, Search] = {}
        self.days = defaultdict(Counter)
        self.used = defaultdict(Counter)

    def take(self, event: Event) -> None:
        day = timezone.localdate(event.at)
        match event:
            case Searched():
                self._searched(event, day)
            case Opened() if self._is_first(event, rank=event.rank, opened_kind=event.kind, opened_key=event.key):
                self.days[day]["opened"] += 1
                self.used[day, event.kind, event.key]["opened"] += 1
            case Repeated() if self._is_first(event, is_repeated=True):
                self.days[day]["repeated"] += 1
            case Viewed():
                self.used[day, event.kind, event.key]["views"] += 1

    def _searched(self, event: Searched, day) -> None:
        names = ("mark", "at", "text", "folded", "source", "outcome", "results", "best_score")
        if event.is_again:
            self._rename(event.mark)
        self.searches[event.mark] = Search(**{name: getattr(event, name) for name in names})
        self.days[day].update(["searches", _NAMES[event.outcome]])

    def _rename(self, mark: str) -> None:
        """A page that is shown again has the mark it had: from now on that is the name of this showing."""
        if earlier := self.searches.pop(mark, None):
            earlier.mark = secrets.token_hex(8)
            self.searches[earlier.mark] = earlier
        Search.objects.filter(mark=mark).update(mark=secrets.token_hex(8))

    def _is_first(self, event: Opened | Repeated, **values) -> bool:
        """Whether the search is there and nothing was said of it before; then it is said now."""
        search = self.searches.get(event.mark)
        if search is None:
            return Search.objects.filter(mark=event.mark, rank=None, is_repeated=False).update(**values) == 1
        if search.rank is not None or search.is_repeated:
            return False
        for name, value in values.items():
            setattr(search, name, value)
        return True

    def save(self) -> None:
        if DeskRules.current().keep_searches_days:
            Search.objects.bulk_create(self.searches.values(), ignore_conflicts=True)
        daily_totals.add_searches(self.days)
        daily_totals.add_use(self.used)
