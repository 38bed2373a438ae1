"""What is done with the records every hour: forget what is old, take over what was counted, try stored judgments again."""

from datetime import timedelta

from django.utils import timezone

from faults.models import Audited, DealtWith, DeskRules, Search, Solved, Upkeep, Vote
from faults.usage import judgment_runs, ranking_signals
from posdesk.security import sessions

EVERY = timedelta(hours=1)
AT_ONCE = 2_000  # rows that are deleted in one transaction, so that nobody waits long


def tend_if_due() -> None:
    """Does it if an hour has passed and no other process has."""
    if Upkeep.is_due(EVERY):
        tend()


def tend() -> None:
    """Does it now. Doing it twice changes nothing more."""
    forget()
    sessions.clear_expired()
    ranking_signals.renew()
    judgment_runs.try_again_if_changed()


def forget() -> int:
    """Deletes searches, votes and which searches were dealt with, older than the administrator's number of days; the sums stay.
    So goes what was done, after its own number of days.

    Returns how many it were.
    """
    rules, now = DeskRules.current(), timezone.now()
    limit = now - timedelta(days=rules.keep_searches_days)
    old = [model.objects.filter(at__lt=limit) for model in (Search, DealtWith)]
    old += [model.objects.filter(made_at__lt=limit) for model in (Vote, Solved)]
    old += [Audited.objects.filter(at__lt=now - timedelta(days=rules.keep_audit_days))]
    return sum(_delete(rows) for rows in old)


def _delete(rows) -> int:
    deleted = 0
    while ids := list(rows.values_list("pk", flat=True)[:AT_ONCE]):
        deleted += rows.model.objects.filter(pk__in=ids).delete()[0]
    return deleted
