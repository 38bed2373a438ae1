"""Fills the database with what readers did: made searches with their sums of the day, votes, judgments, a little of everything listed.

Texts are as often asked as words are said: the second half as often as the first, the third a third as often. What becomes of a search
doesn't depend on its text, so that every list of the desk has many texts, which is the hardest for it.
"""

import setup_django  # noqa: F401 (models need settings)

# isort: split
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import accumulate, islice
from random import Random

from django.utils import timezone

from faults.editing.history import versions_read
from faults.models import Alias, Fault, Flag, Judgment, Outcome, ReturnCode, Search, Vote
from faults.models.usage import AskedOn
from faults.usage import daily_totals

TEXTS = 30_000
DAYS = 89  # and today
BATCH = 10_000
OUTCOMES = {Outcome.ANSWERED: 80, Outcome.NEAR: 10, Outcome.NOTHING: 8, Outcome.UNKNOWN: 2}  # of a hundred
OPENED, REPEATED, VOTED, UNHELPFUL = 0.5, 0.1, 0.01, 0.3
READ = 0.9  # of all entries: the others nobody ever opens
_NAMES = {**{outcome: outcome.value for outcome in Outcome}, Outcome.UNKNOWN: "nothing"}


class Maker:
    """Makes searches, the same ones in every run but for the day."""

    def __init__(self, seed: int = 20261123):
        self.random = Random(seed)  # noqa: S311 (the same in every run)
        said = list(Alias.objects.values_list("text", flat=True))
        self.texts = [f"{self.random.choice(said)}{number}" for number in range(TEXTS)]
        self.often = list(accumulate(1 / place for place in range(1, TEXTS + 1)))
        numbers = list(Fault.objects.order_by("pk").values_list("number", flat=True))
        self.keys = [str(number) for number in numbers[: round(len(numbers) * READ)]]
        self.use = list(accumulate(1 / place for place in range(1, len(self.keys) + 1)))

    def search(self, text: str, outcome: Outcome, at: datetime) -> Search:
        """One search, unsaved, with what became of it."""
        is_opened = outcome == Outcome.ANSWERED and self.random.random() < OPENED
        opened = {"rank": self.random.randint(1, 3), "opened_kind": "fault", "opened_key": self._entry()} if is_opened else {}
        again = not is_opened and self.random.random() < REPEATED / (1 - OPENED * OUTCOMES[Outcome.ANSWERED] / 100)
        return Search(
            mark=self.random.randbytes(8).hex(),
            at=at,
            text=text,
            folded=text.lower(),
            source=AskedOn.PAGE,
            outcome=outcome,
            results=self.random.randint(1, 30),
            best_score=round(self.random.random(), 2),
            is_repeated=again,
            **opened,
        )

    def _entry(self) -> str:
        return self.random.choices(self.keys, cum_weights=self.use)[0]

    def searches(self, count: int, first: int, last: int) -> Iterator[Search]:
        """So many searches, the oldest from `first` days ago, the newest from `last` days ago."""
        texts = self.random.choices(self.texts, cum_weights=self.often, k=count)
        outcomes = self.random.choices(list(OUTCOMES), list(OUTCOMES.values()), k=count)
        start, span = timezone.now() - timedelta(days=first), timedelta(days=first - last)
        for number, (text, outcome) in enumerate(zip(texts, outcomes, strict=True)):
            yield self.search(text, outcome, start + span * number / count)


def fill(maker: Maker, count: int, first: int = DAYS, last: int = 0) -> None:
    """Adds so many searches, and the sums and votes that go with them."""
    searches, used, votes = maker.searches(count, first, last), defaultdict(Counter), round(count * VOTED)
    days = defaultdict(Counter)
    while batch := list(islice(searches, BATCH)):
        Search.objects.bulk_create(batch)
        for search in batch:
            _add(search, days[timezone.localdate(search.at)], used)
    daily_totals.add_searches(days)
    daily_totals.add_use(used)
    _vote(maker, votes)


def _add(search: Search, of_day: Counter, used: dict) -> None:
    of_day.update(["searches", _NAMES[search.outcome], *(["opened"] if search.rank else []), *(["repeated"] if search.is_repeated else [])])
    if search.rank:
        used[timezone.localdate(search.at), "fault", search.opened_key].update(opened=1, views=1)


def _vote(maker: Maker, count: int) -> None:
    faults = list(Fault.objects.all())
    versions = versions_read(faults)
    drawn = maker.random.choices(faults, k=count)
    Vote.objects.bulk_create(_said(maker, fault, versions[fault.pk]) for fault in drawn)


def _said(maker: Maker, fault: Fault, version: int) -> Vote:
    return Vote(fault=fault, version=version, visitor=maker.random.randbytes(16).hex(), is_helpful=maker.random.random() > UNHELPFUL)


def fill_lists() -> None:
    """Something for each list that doesn't come from searches: codes read, flags, judgments that broke, entries past their review."""
    now, faults = timezone.now(), list(Fault.objects.order_by("number")[:60])
    codes = set(ReturnCode.objects.order_by("code").values_list("code", flat=True)[:20])
    daily_totals.add_use({(timezone.localdate(), "code", code): Counter(views=1_000_000) for code in codes})
    Flag.objects.bulk_create(Flag(fault=fault, version=1, words="不对") for fault in faults)
    Judgment.objects.bulk_create(Judgment(query=fault.title, folded=fault.title, fault=fault, rank=0, held_at=now) for fault in faults)
    Judgment.objects.create(query="97", folded="97", code="97", rank=0, held_at=now)
    Fault.objects.filter(pk__in=[fault.pk for fault in faults]).update(review_due=timezone.localdate() - timedelta(days=3))
