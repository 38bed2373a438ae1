"""Where readers' pages are read: a copy of the database that follows it, if there is one and it answers."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections

from posdesk.page_cache.models import ContentVersion

REPLICA = "replica"
PAUSE = 5  # seconds for which a replica that gave no answer isn't asked

log = logging.getLogger(__name__)
_alias: ContextVar[str | None] = ContextVar("alias", default=None)
_asleep_until = 0.0


class ReplicaRouter:
    """Reads where the request reads; writes and migrates the primary."""

    def db_for_read(self, model, **hints) -> str | None:
        """None is what Django would take anyway."""
        return _alias.get()

    def allow_relation(self, one, other, **hints) -> bool:
        """One is the copy of the other."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints) -> bool | None:
        """Only the primary: a replica follows it by itself."""
        return False if db == REPLICA else None


@contextmanager
def reading_from_replica() -> Iterator[str]:
    """Reads from the replica within; from the primary if there is none, or it gives no answer. Yields the version of the content there.

    Version and content come from one place, the version first: what is kept under a version is never older than it.
    """
    alias, version = _first_available()
    token = _alias.set(None if alias == DEFAULT_DB_ALIAS else alias)
    try:
        yield version
    finally:
        _alias.reset(token)


def _first_available() -> tuple[str, str]:
    """The replica before the primary, but for a while after it gave no answer. Raises the last one's error if none answers."""
    if REPLICA not in settings.DATABASES:
        return DEFAULT_DB_ALIAS, ContentVersion.current(DEFAULT_DB_ALIAS)
    first, second = (DEFAULT_DB_ALIAS, REPLICA) if time.monotonic() < _asleep_until else (REPLICA, DEFAULT_DB_ALIAS)
    try:
        return first, ContentVersion.current(first)
    except (DatabaseError, ContentVersion.DoesNotExist, InterfaceError) as error:
        _avoid(first, error)
    return second, ContentVersion.current(second)


def _avoid(alias: str, error: Exception) -> None:
    global _asleep_until  # noqa: PLW0603 (one a process is the point)
    connections[alias].close()
    _asleep_until = time.monotonic() + PAUSE if alias == REPLICA else 0.0
    log.warning("%s gives no answer, readers' pages are read elsewhere: %s", alias, error)
