"""What readers do, as it is handed over to be written down later."""

from dataclasses import dataclass
from datetime import datetime

from faults.models import Outcome
from faults.models.usage import AskedOn


@dataclass(frozen=True, slots=True)
class Searched:
    """One search, its text without any number that could be somebody's. `is_again`: its page, and so its mark, was shown before."""

    mark: str
    at: datetime
    text: str
    folded: str
    source: AskedOn
    outcome: Outcome
    results: int
    best_score: float | None
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """From the search with this mark, what stood at `rank` (from 1)."""

    mark: str
    at: datetime
    kind: str
    key: str
    rank: int


@dataclass(frozen=True, slots=True)
class Repeated:
    """After the search with this mark nothing was opened, and something else was asked."""

    mark: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Viewed:
    """The page of an entry or a code."""

    at: datetime
    kind: str
    key: str


Event = Searched | Opened | Repeated | Viewed
