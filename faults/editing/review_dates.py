"""When a published item is to be looked at again: the more harm a wrong word does, the sooner."""

from datetime import date, timedelta

from django.utils import timezone

from faults.models import Confidence, Kind, Publication, kind_of

RISKY = timedelta(days=90)  # a red line: money, kept cards, tampering, settlement
UNVERIFIED = timedelta(days=120)  # one source, or one acquirer
PLAIN = timedelta(days=180)
STANDING = timedelta(days=365)  # rules, tables and words that change with a new edition of a standard


def next_review(item: Publication) -> date:
    """The day by which an item looked at today must be looked at again."""
    return timezone.localdate() + review_interval(item)


def review_interval(item: Publication) -> timedelta:
    """By risk first, then by kind."""
    if getattr(item, "warning", ""):
        return RISKY
    if getattr(item, "confidence", "") == Confidence.UNVERIFIED:
        return UNVERIFIED
    return STANDING if kind_of(item) != "fault" or item.kind == Kind.NOTICE else PLAIN
