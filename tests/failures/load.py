"""Readers, voters and an editor who go on asking while something under posdesk breaks, and write down what came of it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from itertools import count

from tests.admin.forms import filled_in
from tests.failures.counts import count as counted
from tests.servers.browsing import Answer, Browser

READERS = 6
REST = counted("milliseconds a reader rests") / 1000
PATIENCE = 60  # seconds until something has been seen, on a machine with much else to do
PAGES = ("/", "/f/40/", "/search/?q=无拨号音", "/codes/97/", "/f/", "/search/?q=返回码97")


@dataclass(frozen=True)
class Seen:
    """One answer: when it was asked for and when it came (monotonic seconds)."""

    began: float
    ended: float
    status: int
    text: str


class Load:
    """`answers`: all of them; `published`: by an entry's number, the last title that was acknowledged; `votes`: acknowledged words."""

    def __init__(self, server, session: str, seen):
        self.answers: list[Seen] = []
        self.published, self.votes = {}, []
        self._server, self._session, self._seen = server, session, seen
        self._over = threading.Event()

    @contextmanager
    def going_on(self) -> Iterator["Load"]:
        """Everybody asks until the end of the block."""
        readers = [threading.Thread(target=self._read, args=(place,)) for place in range(READERS)]
        threads = [*readers, threading.Thread(target=self._vote), threading.Thread(target=self._publish)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._over.set()
            for thread in threads:
                thread.join()

    def wait_until(self, is_so: Callable[["Load"], object]) -> None:
        """Until that has been seen. Raises TimeoutError."""
        until = time.monotonic() + PATIENCE
        while not is_so(self):
            if time.monotonic() > until:
                raise TimeoutError
            time.sleep(0.02)

    def failed(self) -> list[Seen]:
        """Answers that are none."""
        return [answer for answer in self.answers if answer.status >= 500 or answer.status == 0]

    def longest(self) -> float:
        """Seconds."""
        return max(answer.ended - answer.began for answer in self.answers)

    def _ask(self, ask, *given) -> Answer | None:
        began = time.monotonic()
        try:
            answer = ask(*given)
        except (OSError, HTTPException) as error:
            self.answers.append(Seen(began, time.monotonic(), 0, repr(error)))
            return None
        self.answers.append(Seen(began, time.monotonic(), answer.status, answer.text))
        return answer

    def _read(self, place: int) -> None:
        browser = Browser(self._server, address=f"10.1.0.{place}")
        for number in count(place):
            if self._over.wait(REST):
                return
            # Now and then something that no cache has.
            self._ask(browser.get, PAGES[number % len(PAGES)] + (f"{number}" if number % 6 == 2 else ""))

    def _vote(self) -> None:
        for number in count():
            if self._over.wait(0.1):
                return
            word = f"票{number}"
            browser = Browser(self._server, address=f"10.2.{number // 50}.1")  # another reader each time
            answer = self._ask(browser.post, "/say/helpful/40/", {"answer": "no", "words": word})
            if answer and answer.status == 200:
                self.votes.append(word)

    def _publish(self) -> None:
        browser, (number, title) = Browser(self._server, self._session), list(self._seen.titles.items())[0]
        path = f"/admin/faults/fault/{self._seen.ids[number]}/change/"
        for turn in count():
            if self._over.wait(REST):
                return
            form, wanted = self._ask(browser.get, path), f"{title[:8]}改{turn}"
            if form is None or form.status != 200:
                continue
            answer = self._ask(browser.post, path, filled_in(form) | {"title": wanted, "_publish": "1"})
            if answer and answer.status == 302:
                self.published[number] = turn, wanted


def is_in_chinese(text: str) -> bool:
    """Whether a page for readers came, and not what a server or Python says."""
    return "<h1>" in text and "暂时办不了" in text and "Traceback" not in text
