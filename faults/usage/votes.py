"""What readers say of an entry: once a visitor for each version, and counted in the sums of the day."""

from collections import Counter

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from faults.models import Cause, Fault, Solved, UseDay, Vote
from faults.usage import daily_totals
from posdesk.masking import mask_digits


@transaction.atomic
def vote(fault: Fault, version: int, visitor: str, is_helpful: bool, reason: str = "", words: str = "") -> Vote:
    """Notes whether the entry helped this visitor; who votes again on the same version changes their vote."""
    values = {"is_helpful": is_helpful, "reason": "" if is_helpful else reason, "words": mask_digits(words)}
    given, is_new = Vote.objects.select_for_update().get_or_create(fault=fault, version=version, visitor=visitor, defaults=values)
    day = timezone.localdate(given.made_at)
    if is_new:
        _count(day, fault, is_helpful)
    elif given.is_helpful != is_helpful:
        _uncount(day, fault, given.is_helpful)
        _count(day, fault, is_helpful)
    return Vote.objects.update_or_create(pk=given.pk, defaults=values)[0]


def _column(is_helpful: bool) -> str:
    return "helpful" if is_helpful else "unhelpful"


def _count(day, fault: Fault, is_helpful: bool) -> None:
    daily_totals.add_use({(day, "fault", str(fault.number)): Counter([_column(is_helpful)])})


def _uncount(day, fault: Fault, is_helpful: bool) -> None:
    column = _column(is_helpful)
    UseDay.objects.filter(day=day, kind="fault", key=str(fault.number)).update(**{column: F(column) - 1})


@transaction.atomic
def solved(cause: Cause, version: int, visitor: str, case_number: str = "") -> Solved:
    """Notes that this cause was the one: once a case, or once a visitor where no case is named. Naming the case later counts no more."""
    said = Solved.objects.filter(cause=cause, version=version, visitor=visitor)
    unnamed = said.filter(case_number="").first()
    if unnamed and case_number and not said.filter(case_number=case_number).exists():
        unnamed.case_number = case_number
        unnamed.save(update_fields=["case_number"])
        return unnamed
    row, is_new = Solved.objects.get_or_create(
        cause=cause, version=version, visitor=visitor, case_number=case_number, defaults={"fault": cause.fault}
    )
    if is_new:
        _count_solved(cause)
    return row


def _count_solved(cause: Cause) -> None:
    day, one = timezone.localdate(), Counter({"solved": 1})
    daily_totals.add_use({(day, "fault", str(cause.fault.number)): one, (day, "cause", str(cause.pk)): one})
