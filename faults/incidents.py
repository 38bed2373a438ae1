"""Incidents in force, by what a page is about, and what kept pages go by: a page changes by the clock when one begins or ends."""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from faults.models import Fault, Incident, ReturnCode
from faults.search.find import Found
from faults.text.fold import fold

LOOKED_AT = 3  # of what a search finds: an agent reads that far before asking the caller something else


def on_entry(number: int, incidents: Collection[Incident]) -> list[Incident]:
    """Those of the incidents that the page of the entry shows; their entries were prefetched."""
    return [one for one in incidents if _is_general(one) or number in _numbers(one)]


def on_code(code: str, incidents: Collection[Incident]) -> list[Incident]:
    """Those that the page of the code shows."""
    return [one for one in incidents if _is_general(one) or code in one.code_list]


def on_search(found: Found, incidents: Collection[Incident]) -> list[Incident]:
    """Those that stand above what was found: by what was typed, or by what stands first."""
    items = [hit.item for hit in found.hits[:LOOKED_AT]]
    numbers = {item.number for item in items if isinstance(item, Fault)}
    codes = {*found.codes, *(item.code for item in items if isinstance(item, ReturnCode))}
    return [one for one in incidents if _is_general(one) or numbers & _numbers(one) or codes & {*one.code_list} or _is_said(one, found)]


def in_force() -> list[Incident]:
    """All of them with their entries; one query where there are none, otherwise two."""
    return list(Incident.objects.in_force().prefetch_related("entries"))


def _numbers(incident: Incident) -> set[int]:
    return {entry.number for entry in incident.entries.all()}


def _is_general(incident: Incident) -> bool:
    return not (incident.codes or incident.words or incident.entries.all())


def _is_said(incident: Incident, found: Found) -> bool:
    return any(fold(word) in found.query.folded for word in incident.word_list)


_times: tuple[str, list[tuple[int, datetime, datetime]]] | None = None


def ids_in_force(version: str) -> tuple[int, ...]:
    """Which incidents are in force now, under that version of the content. Times are read once a process and version."""
    global _times  # noqa: PLW0603 (one a process is the point)
    known = _times
    if known is None or known[0] != version:
        rows = Incident.objects.not_over().filter(is_proposed=False).order_by("pk").values_list("pk", "starts_at", "ends_at")
        known = _times = version, list(rows)
    now = timezone.now()
    return tuple(pk for pk, starts, ends in known[1] if starts <= now < ends)
