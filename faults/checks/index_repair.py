"""What load balancers are told of the search index, all the time: whether it can be used. What is stale in it is mended when it is seen."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from django.db import DatabaseError, transaction
from prometheus_client import Counter

from faults.checks.stale_index import outdated
from faults.models import ContentVersion
from faults.search import documents, frequencies, index
from posdesk.database_errors import BUSY, message_for

AGAIN = 60  # seconds after which mending is tried again
HOLDS = 600  # seconds that "fresh" is believed while content changes: every change through the gate renews the index with it
MOST = 100  # documents that are mended by the way; where more are wrong, the index is another version's, and is rebuilt by a command

log = logging.getLogger(__name__)
repaired = Counter("posdesk_index_repaired", "Search documents that were found stale", ["outcome"])


class Busy(Exception):
    """Somebody else writes the index, or what it is made of: what they leave is looked at the next time."""


@dataclass(frozen=True)
class _Seen:
    version: str
    at: float
    wrong: int


_seen: _Seen | None = None
_looking = Lock()  # whoever asks meanwhile waits for what is being found out


def wrong_documents() -> int:
    """How many things in the index are wrong and could not be mended. A process looks when it is first asked, as after an upgrade, and
    again when content has changed since, or when it could not be mended."""
    global _seen  # noqa: PLW0603 (one a process is the point)
    with _looking:
        if _seen is None or not _still_holds(_seen, ContentVersion.current()):
            try:
                wrong = _look()
            except Busy:
                return 0
            _seen = _Seen(ContentVersion.current(), monotonic(), wrong)
        return _seen.wrong


def _still_holds(seen: _Seen, version: str) -> bool:
    age = monotonic() - seen.at
    return (seen.version == version and age < AGAIN) if seen.wrong else (seen.version == version or age < HOLDS)


def _look() -> int:
    wrong, texts = outdated(), frequencies.miscounted()
    number = len(wrong) + len(texts)
    if not number:
        return 0
    try:
        is_mended = len(wrong) <= MOST and _repair(wrong)
    except DatabaseError as error:
        if message_for(error) is BUSY:
            raise Busy from error
        is_mended = False
        log.error("The search index could not be mended: %s", error)
    repaired.labels("mended" if is_mended else "failed").inc(len(wrong) or 1)
    return 0 if is_mended else number


@transaction.atomic
def _repair(keys: Iterable[tuple[type, int]]) -> bool:
    """Writes anew what of these is still stale, and wrong counts. Returns whether they are right then. Raises Busy.

    It waits for nobody, so that nobody who waits for it can be waited for: neither for who changes content or rebuilds the index, nor
    for who holds an item to change it.
    """
    if not ContentVersion.lock(waits=False):
        raise Busy
    ids = {model: [pk for other, pk in keys if other is model] for model in documents.MAKERS}
    wrong = outdated(ids)  # another process may have mended some
    for model in documents.MAKERS:
        _write(model, [pk for other, pk in wrong if other is model])
    if frequencies.miscounted():
        frequencies.count_anew()
    what = ", ".join(f"{documents.kind_of(model)} id {pk}" for model, pk in wrong)
    log.warning("The search index was stale and is mended: %s", what or "counts")
    return not outdated(ids) and not frequencies.miscounted()


def _write(model, ids: list[int]) -> None:
    rows = model.everything.filter(pk__in=ids)
    free = set(rows.select_for_update(skip_locked=True).values_list("pk", flat=True))
    if rows.exclude(pk__in=free).exists():
        raise Busy
    index.write(model, ids)
