"""Takes what readers do off the request's path: a queue in this process, and a thread that writes it down.

A reader never waits for it and never sees an error because of it. Should the process be killed, what came in during the last
SECONDS is lost: counts of searches and views, never a vote, a flag or an edit.
"""

import atexit
import logging
from collections import deque
from itertools import count
from threading import Event as Signal
from threading import Lock, Thread

from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections, connection

from faults.editing.scheduling import take_due
from faults.usage import batch, upkeep
from faults.usage.events import Event, Searched
from faults.usage.metrics import events_waiting, searches
from posdesk.operations.metrics import database_errors

SECONDS = 1.0  # between two batches
MOST_WAITING = 50_000  # while the database is away; what comes on top of it pushes the oldest out
LOOK_EVERY = 60  # batches, to see whether the hourly upkeep is due, or a step of the desk that was set for a time
MOST_AT_ONCE = 500  # in one transaction: some tens of milliseconds, for which editors may have to wait

log = logging.getLogger(__name__)


class Recorder:
    """One a process. `is_automatic` False: nothing is written before somebody calls flush()."""

    def __init__(self):
        self.is_automatic = True
        self._waiting: deque[Event] = deque(maxlen=MOST_WAITING)
        self._writing, self._starting, self._stopping = Lock(), Lock(), Signal()
        self._thread: Thread | None = None

    def add(self, event: Event) -> None:
        """Takes the event; it is written within a second or so."""
        self._waiting.append(event)
        if isinstance(event, Searched) and not event.is_again:
            searches.labels(event.source, event.outcome).inc()
        if self.is_automatic and (self._thread is None or not self._thread.is_alive()):
            self._start()

    def _start(self) -> None:
        """In the process that asks: a worker that was forked has no thread of its own yet."""
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._run, name="recorder", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        ticks = count()
        while not self._stopping.wait(SECONDS):
            close_old_connections()
            try:
                self.flush()
                if next(ticks) % LOOK_EVERY == 0:
                    upkeep.tend_if_due()
                    take_due()
            except DatabaseError as error:
                log.warning("What readers did waits to be written (%s events): %s", len(self._waiting), error)
                database_errors.labels("recorder").inc()
                connection.close()
            events_waiting.set(len(self._waiting))

    def flush(self) -> None:
        """Writes what waits now; what comes meanwhile is for the next time. Raises DatabaseError while the database is away."""
        with self._writing:
            for many in _portions(len(self._waiting)):
                events = [self._waiting.popleft() for _ in range(many)]
                try:
                    batch.write(events)
                except (OperationalError, InterfaceError):
                    self._waiting.extendleft(reversed(events))
                    raise
                except DatabaseError:
                    _write_each(events)

    def stop(self) -> None:
        """At the end of the process: writes the rest."""
        self._stopping.set()
        if self._thread is None:
            return
        self._thread.join()
        try:
            self.flush()
        except DatabaseError:
            log.warning("%s events of readers are lost", len(self._waiting))


def _portions(count: int) -> list[int]:
    """So many, in portions of MOST_AT_ONCE at the most."""
    return [min(MOST_AT_ONCE, count - start) for start in range(0, count, MOST_AT_ONCE)]


def _write_each(events: list[Event]) -> None:
    """One by one, without those that the database will never take: one bad event may hold up no other."""
    for event in events:
        try:
            batch.write([event])
        except (OperationalError, InterfaceError):
            raise
        except DatabaseError as error:
            log.error("An event of a reader can't be written: %s", error)


recorder = Recorder()
atexit.register(recorder.stop)
