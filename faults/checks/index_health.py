"""Whether the search index is stale, remembered: to look takes a second or two, and a monitor asks every few seconds."""

from dataclasses import dataclass
from threading import Lock
from time import monotonic

from faults.checks.stale_index import stale
from faults.models import ContentVersion

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
