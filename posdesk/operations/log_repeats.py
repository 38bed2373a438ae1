"""Logging: a filter that makes one line a second of errors that are the same, and shows the traceback of an outage once."""

import atexit
import logging
import re
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock, Timer
from time import monotonic

from posdesk.database_errors import database_error_in, message_for
from posdesk.operations.request_ids import current_id

LINE = 1.0  # seconds
TRACEBACK = 60.0  # seconds without the error, after which its traceback is shown again
MOST = 500  # kinds of error that are known at one time
MOST_IDS = 20  # of requests that are named in one line
_VARYING = re.compile(r"[0-9]+|(?<=: )/\S*")  # counts, ports and times; the address that was asked, behind a colon in Django's lines


@dataclass
class _Seen:
    """`passed`, `last`: when a line was let through, and when there was any; of those since then that weren't, how many and which ids."""

    passed: float = float("-inf")
    last: float = float("-inf")
    left_out: int = 0
    ids: list[str] = field(default_factory=list)


class LimitRepeats(logging.Filter):
    """Lets an error through, and counts those like it for a second; then one line tells how many, and the ids of their requests.

    Alike are errors of one logger that differ in numbers and addresses only, and whatever fails because the database is away: that is
    every page. Warnings always pass: what was refused to whom, which page isn't there.
    """

    def __init__(self):
        super().__init__()
        self._kinds: OrderedDict[tuple, _Seen] = OrderedDict()
        self._lock = Lock()
        atexit.register(self._tell_all)

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.ERROR or hasattr(record, "left_out"):
            return True
        with self._lock:
            return self._passes(record, _kind(record))

    def _passes(self, record: logging.LogRecord, kind: tuple) -> bool:
        seen, now = self._seen(kind), monotonic()
        before, seen.last = seen.last, now
        if now - seen.passed >= LINE and not seen.left_out:
            seen.passed = now
            if now - before < TRACEBACK and record.exc_info and database_error_in(record.exc_info[1]):
                record.msg, record.args = f"{record.getMessage()}: {_first_line(record.exc_info[1])} (traceback above)", ()
                record.exc_info = record.exc_text = None
            return True
        if not seen.left_out:
            timer = Timer(LINE, self._tell, [kind, record])
            timer.daemon = True
            timer.start()
        seen.left_out += 1
        if len(seen.ids) < MOST_IDS and current_id() != "-":
            seen.ids.append(current_id())
        return False

    def _seen(self, kind: tuple) -> _Seen:
        seen = self._kinds.setdefault(kind, _Seen())
        self._kinds.move_to_end(kind)
        if len(self._kinds) > MOST:
            self._kinds.popitem(last=False)
        return seen

    def _tell(self, kind: tuple, like: logging.LogRecord) -> None:
        """One line for those that were left out."""
        with self._lock:
            seen = self._kinds.get(kind)
            if seen is None or not seen.left_out:
                return
            message = f"{like.getMessage()}: {seen.left_out} like it were left out. Their ids: {' '.join(seen.ids) or '-'}"
            self._kinds[kind] = _Seen(passed=monotonic(), last=seen.last)
        told = logging.LogRecord(like.name, like.levelno, like.pathname, like.lineno, message, (), None)
        told.left_out = seen.left_out
        logging.getLogger(like.name).handle(told)

    def _tell_all(self) -> None:
        """At the end of the process."""
        for kind in [*self._kinds]:
            name, level = kind[:2]
            self._tell(kind, logging.LogRecord(name, level, "", 0, "At the end", (), None))


def _kind(record: logging.LogRecord) -> tuple:
    error = record.exc_info[1] if record.exc_info else None
    if refusal := database_error_in(error):
        return record.name, record.levelno, id(message_for(refusal))  # away, full or busy: three sentences of the module
    return record.name, record.levelno, _VARYING.sub("", record.getMessage()), type(error), _VARYING.sub("", _first_line(error))


def _first_line(error: BaseException | None) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__) if error else ""
