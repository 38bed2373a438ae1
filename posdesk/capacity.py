"""How much a process does at once: who asks for what isn't kept takes a place first, so that kept pages always find a thread."""

from collections import Counter
from collections.abc import Callable
from threading import Condition

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from posdesk.operations.metrics import places_asked_for
from posdesk.rate_limits import client_id

AT_WORK = 4  # make answers, and as many take forms
PATIENCE = 20.0  # seconds that one waits for a place, as one did for a thread; how many may wait is what protects kept pages


class Places:
    """So many may work at once, and so many wait for it; of these one address may be half, and three quarters."""

    def __init__(self, most: int, most_waiting: int):
        self.most, self.most_waiting = most, most_waiting
        self._taken: Counter[str] = Counter()
        self._waiting: Counter[str] = Counter()
        self._changed = Condition()

    def take(self, who: str, patience: float) -> str:
        """Takes a place for that address: “free”, or “waited” for it, or “refused” without one."""
        with self._changed:
            said = "free" if self._has_room(who) else self._wait(who, patience)
            self._taken[who] += said != "refused"
        return said

    def give_back(self, who: str) -> None:
        """Leaves it to the next."""
        with self._changed:
            self._taken = +(self._taken - Counter([who]))
            self._changed.notify_all()

    def _has_room(self, who: str) -> bool:
        return self._taken.total() < self.most and self._taken[who] < self.most // 2

    def _wait(self, who: str, patience: float) -> str:
        if self._waiting.total() >= self.most_waiting or self._waiting[who] >= self.most_waiting * 3 // 4:
            return "refused"
        self._waiting[who] += 1
        try:
            return "waited" if self._changed.wait_for(lambda: self._has_room(who), patience) else "refused"
        finally:
            self._waiting = +(self._waiting - Counter([who]))


class CapacityMiddleware:
    """Right inside of what answers from kept pages. Without a place the answer is BUSY_VIEW's.

    More at work would make nothing sooner and kept pages later: what makes a page holds Python's lock most of the time. Nearly all other
    threads may wait, for an office that types at the same moment; a sixth is always free for what is kept. Who writes has places apart
    from who reads, because on SQLite they may wait for an import to end.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.busy = import_string(settings.BUSY_VIEW)
        most_waiting = settings.WEB_THREADS * 5 // 6 - 3 * AT_WORK
        self.reading, self.writing = Places(AT_WORK, most_waiting), Places(AT_WORK, AT_WORK)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        who, places = client_id(request), self.reading if request.method in ("GET", "HEAD") else self.writing
        said = places.take(who, PATIENCE)
        places_asked_for.labels(said).inc()
        if said == "refused":
            return self.busy(request)
        response = None
        try:
            response = self.get_response(request)
        finally:
            if not getattr(response, "streaming", False):
                places.give_back(who)
        if response.streaming:  # such as the progress of an import: the work is done while it is sent
            response._resource_closers.append(lambda: places.give_back(who))
        return response
