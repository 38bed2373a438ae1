"""Whether the search index says what the entries say: for the command line, and remembered for load balancers that ask all the time."""

from dataclasses import dataclass
from threading import Lock
from time import monotonic

from django.core.checks import Warning as CheckWarning
from django.db import DatabaseError

from faults.models import ContentVersion, SearchDocument, SearchToken
from faults.search import documents, frequencies, index

BATCH = 500  # entries with all their parts in memory at once
COMPARED = ("is_published", "code", "title", "screens", "aliases", "body", "spoken", "tokens")


def stale() -> list[str]:
    """Names of entries, codes and terms whose search document is missing or says something else, and of documents of nothing."""
    held = {(row.kind, row.object_id): row for row in SearchDocument.objects.all()}
    found = []
    for model in documents.MAKERS:
        for item in model.everything.prefetch_related(*documents.PARTS[model]).iterator(BATCH):
            wanted = documents.make(item)
            row = held.pop((wanted.kind, wanted.object_id), None)
            if row is None or any(getattr(row, name) != getattr(wanted, name) for name in COMPARED):
                found.append(str(item))
    return found + [f"{kind} {object_id}" for kind, object_id in held] + _miscounted()


def _miscounted() -> list[str]:
    """Tokens whose number of documents is not what it is counted to be."""
    counted = frequencies.count(SearchDocument.objects.values_list("tokens", flat=True))
    kept = dict(SearchToken.objects.exclude(documents=0).values_list("text", "documents"))
    return [f"词频 {token}" for token in sorted(counted.keys() | kept.keys()) if kept.get(token) != counted.get(token)]


def check_index(app_configs, databases, **kwargs) -> list:
    """Django's system check, run by `manage.py check --database default`."""
    try:
        found = stale() if databases else []
    except DatabaseError:
        return []  # no tables yet: there is nothing to be stale
    hint = "运行 manage.py rebuild_search。"
    return [CheckWarning(f"搜索索引有 {len(found)} 条过时，例如 {found[0]}。", hint=hint, id="faults.W001")] if found else []


HOLDS = 600  # seconds that "fresh" is believed while content changes: every change through the gate renews the index with it


@dataclass(frozen=True)
class _Seen:
    version: str
    at: float
    stale: int


_seen: _Seen | None = None
_looking = Lock()  # whoever asks meanwhile waits for what is being found out


def stale_documents() -> int:
    """How many are stale. A process looks when it is first asked, as after an upgrade, and again when content has changed since."""
    global _seen  # noqa: PLW0603 (one a process is the point)
    version = ContentVersion.current()
    with _looking:
        if _seen is None or not _still_holds(_seen, version):
            _seen = _Seen(version, monotonic(), len(stale()))
        return _seen.stale


def _still_holds(seen: _Seen, version: str) -> bool:
    """What was found stale holds until anything changes, such as by rebuilding."""
    return seen.version == version or (not seen.stale and monotonic() - seen.at < HOLDS)


def rebuild_if_stale(**kwargs) -> None:
    """After a restore."""
    if stale():
        index.rebuild(lambda done, total: None)
