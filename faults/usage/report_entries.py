"""What use says of entries: read most, opened never, voted down, reported, overdue; and what is no longer found."""

from collections.abc import Collection
from datetime import date
from math import sqrt

from django.db.models import CharField, Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from faults.editing.history import versions_read
from faults.models import Change, Fault, Flag, Judgment, Reason, ReturnCode, UseDay, Vote
from faults.usage.report_rows import Row, moment

CONFIDENCE = 1.96  # standard deviations: 95 of 100 such bounds hold
UNHELPFUL = Q(is_helpful=False)


def most_used(since: date, most: int) -> list[Row]:
    """Entries and codes by how often they were read and how often they solved a call; three queries."""
    sums = list(_sums(UseDay.objects.filter(kind__in=["fault", "code"]), since).order_by("-uses", "kind", "key")[:most])
    items = _items(sums)
    found = [(items.get((one["kind"], one["key"])), one) for one in sums]
    return [Row(str(item), (one["read"], one["chosen"], one["helped"]), item=item) for item, one in found if item]


def _sums(rows: QuerySet[UseDay], since: date) -> QuerySet:
    figures = {"read": Sum("views"), "chosen": Sum("opened"), "helped": Sum("solved"), "uses": Sum(F("views") + F("solved"))}
    return rows.filter(day__gte=since).values("kind", "key").annotate(**figures).filter(uses__gt=0)


def _items(sums: list[dict]) -> dict[tuple[str, str], Fault | ReturnCode]:
    keys = {kind: [one["key"] for one in sums if one["kind"] == kind] for kind in ("fault", "code")}
    faults = Fault.everything.filter(number__in=keys["fault"])
    return {("fault", str(item.number)): item for item in faults} | {("code", code): row for code, row in _codes(keys["code"]).items()}


def _codes(codes: Collection[str]) -> dict[str, ReturnCode]:
    """The first table's row of each code; codes that stand in none are left out."""
    rows = ReturnCode.everything.filter(code__in=codes).in_table_order()
    return {row.code: row for row in rows.reverse()}


def worst_rated(since: date, most: int) -> list[Row]:
    """Published entries by the share of readers whom they, as they now read, didn't help; four queries."""
    against = Vote.objects.filter(UNHELPFUL, made_at__gte=moment(since))
    faults = {fault.pk: fault for fault in Fault.objects.filter(pk__in=against.values("fault"))}
    versions = dict.fromkeys(faults, 0) | versions_read(faults.values())
    current = [one for one in _said(since) if versions.get(one["fault"]) == one["version"]]
    worst = sorted(current, key=lambda one: (-lower_bound(one["down"], one["up"] + one["down"]), one["fault"]))[:most]
    words = dict(Vote.objects.filter(pk__in=[one["latest"] for one in worst]).values_list("pk", "words"))
    return [Row(str(faults[one["fault"]]), _opinion(one, words), item=faults[one["fault"]]) for one in worst]


def _said(since: date) -> QuerySet:
    """What was said of each version of each entry that didn't help somebody."""
    reasons = {f"reason_{reason.name}": Count("pk", filter=Q(reason=reason)) for reason in Reason}
    votes = Vote.objects.filter(made_at__gte=moment(since)).values("fault", "version")
    said = votes.annotate(up=Count("pk", filter=~UNHELPFUL), down=Count("pk", filter=UNHELPFUL), **reasons)
    return said.annotate(latest=Max("pk", filter=UNHELPFUL & ~Q(words=""))).filter(down__gt=0)


def _opinion(one: dict, words: dict[int, str]) -> tuple:
    counted = [(reason.label, one[f"reason_{reason.name}"]) for reason in Reason]
    reasons = "、".join(f"{label} {times}" for label, times in counted if times)
    return one["down"], one["up"], reasons, words.get(one["latest"], "")


def lower_bound(part: int, whole: int) -> float:
    """The least share that is likely behind `part` of `whole` (Wilson's interval): one of one says little, ninety of a hundred much."""
    share, square = part / whole, CONFIDENCE**2
    spread = CONFIDENCE * sqrt(share * (1 - share) / whole + square / (4 * whole**2))
    return (share + square / (2 * whole) - spread) / (1 + square / whole)


def never_opened(since: date, most: int) -> list[Row]:
    """Published entries that nobody read, those before readers longest first; one query."""
    key = Cast(OuterRef("number"), CharField())
    used = UseDay.objects.filter(Q(views__gt=0) | Q(opened__gt=0), kind="fault", key=key, day__gte=since)
    first = Change.objects.filter(kind="fault", item_id=OuterRef("pk"), row__status="published", is_pending=False).order_by("pk")
    unread = Fault.objects.filter(~Exists(used)).annotate(published_at=Coalesce(Subquery(first.values("made_at")[:1]), "created_at"))
    return [Row(str(fault), (fault.published_at,), item=fault) for fault in unread.order_by("published_at", "number")[:most]]


def flagged(since: date, most: int) -> list[Row]:
    """What readers said is wrong and nobody has looked into, however long ago; one query."""
    flags = Flag.objects.open().select_related("fault", "cause")[:most]
    return [Row(str(flag.fault), (flag.words, flag.cause, flag.made_at), item=flag.fault, flag=flag) for flag in flags]


def overdue(since: date, most: int) -> list[Row]:
    """Entries past their review, by days overdue times uses; three queries."""
    sums = _sums(UseDay.objects.filter(kind="fault"), since)
    uses, today = {one["key"]: one["uses"] for one in sums}, timezone.localdate()
    due = Fault.everything.overdue().values_list("pk", "number", "review_due")
    late = [(pk, (today - day).days, uses.get(str(number), 0)) for pk, number, day in due]
    worst = sorted(late, key=lambda one: (-one[1] * (1 + one[2]), one[0]))[:most]
    items = Fault.everything.in_bulk([pk for pk, *_ in worst])
    return [Row(str(items[pk]), (items[pk].review_due, days, used), item=items[pk]) for pk, days, used in worst]


def broken(since: date, most: int) -> list[Row]:
    """What editors said a search should find, what it did find once and no longer does, whenever that began; two queries."""
    judgments = list(Judgment.objects.broken().select_related("fault")[:most])
    codes = _codes([judgment.code for judgment in judgments])
    rows = [(judgment, judgment.fault or codes.get(judgment.code)) for judgment in judgments]
    return [Row(str(item or one.code), (one.query, one.held_at, one.checked_at), item=item, judgment=one) for one, item in rows]
