"""Rows of use as they would be after so many days: what the tests of reports and of their pages share."""

import secrets
from datetime import timedelta

from django.utils import timezone

from faults.editing.history import version_read
from faults.models import Fault, Flag, Judgment, Search, UseDay, Vote
from faults.text.fold import fold


def searched(text="机器一直叫", outcome="nothing", days_ago=0.0, **more) -> Search:
    """A search so many days ago, of which nothing was opened unless `rank` says so."""
    at = timezone.now() - timedelta(days=days_ago)
    values = {"source": "page", "results": 0, "folded": fold(text)} | more
    return Search.objects.create(mark=secrets.token_hex(8), at=at, text=text, outcome=outcome, **values)


def opened(count: int) -> None:
    """So many searches that found what was wanted: among them are the few that didn't."""
    values = {"source": "page", "results": 3, "outcome": "answered", "rank": 1, "at": timezone.now() - timedelta(hours=1)}
    texts = [f"找到了{number}" for number in range(count)]
    Search.objects.bulk_create(Search(mark=secrets.token_hex(8), text=text, folded=text, **values) for text in texts)


def used(key, kind="fault", days_ago=0, **sums) -> UseDay:
    """The sums of one thing on one day."""
    return UseDay.objects.create(day=timezone.localdate() - timedelta(days=days_ago), kind=kind, key=str(key), **sums)


def voted(number, is_helpful=False, reason="", words="", version=None, days_ago=0) -> Vote:
    """A vote of a new visitor on the entry's version of now, unless another is named."""
    fault = Fault.objects.get(number=number)
    version = version_read(fault) if version is None else version
    vote = Vote.objects.create(
        fault=fault, version=version, visitor=secrets.token_hex(16), is_helpful=is_helpful, reason=reason, words=words
    )
    Vote.objects.filter(pk=vote.pk).update(made_at=timezone.now() - timedelta(days=days_ago))
    return vote


def overdue(number, days) -> None:
    """The entry should have been reviewed so many days ago."""
    Fault.objects.filter(number=number).update(review_due=timezone.localdate() - timedelta(days=days))


def flagged(number, words="第二步不对") -> Flag:
    return Flag.objects.create(fault=Fault.objects.get(number=number), version=1, words=words)


def judged(query, number=None, code="", rank=None, held=False) -> Judgment:
    """A judgment as it was when it was tried last."""
    fault = Fault.everything.get(number=number) if number else None
    held_at = timezone.now() - timedelta(days=3) if held else None
    return Judgment.objects.create(query=query, folded=fold(query), fault=fault, code=code, rank=rank, held_at=held_at)


def many(name: str, count: int) -> None:
    """Rows for so many lines of the list of this name; of what stands as entries or codes one more, a code."""
    numbers = list(Fault.objects.order_by("number").values_list("number", flat=True)[:count])
    if name == "never-opened":
        for number in Fault.objects.order_by("number").values_list("number", flat=True)[count:]:
            used(number, views=1)
    if name == "most-used":
        used("97", "code", views=1)
    if name == "broken":
        judged("报97", code="97", rank=0, held=True)
    for number in numbers:
        _one(name, number)


def _one(name: str, number: int) -> None:
    match name:
        case "nothing" | "near":
            searched(f"说法{number}", name)
        case "unopened" | "repeated":
            searched(f"说法{number}", "answered", is_repeated=name == "repeated")
        case "most-used":
            used(number, views=1)
        case "worst-rated":
            voted(number, words="不对")
        case "flagged":
            flagged(number)
        case "overdue":
            overdue(number, 10)
        case "broken":
            judged(f"说法{number}", number, rank=0, held=True)
