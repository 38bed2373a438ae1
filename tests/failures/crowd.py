"""People who use posdesk at the same time. Each goes on until a moment, and remembers what was answered."""

import random
import time
from collections.abc import Callable
from itertools import count

from tests.admin.forms import filled_in
from tests.servers.browsing import Answer, Browser

SEARCHED = ("无拨号音", "返回码97", "不出票", "连不上", "签到失败", "卡号不对", "wuxinhao")


class _Person:
    """Each kind has a `do(number)`. `asked`: how many answers came; `errors`: those that are none; `longest`: seconds."""

    def __init__(self, browser: Browser, things: list, draw: random.Random, name: str = ""):
        self.browser, self.things, self.draw, self.name = browser, things, draw, name
        self.asked, self.errors, self.longest = 0, [], 0.0

    def go_on_until(self, is_over: Callable[[], bool]) -> None:
        """Does one thing after the other."""
        for number in count():
            if is_over():
                return
            self.do(number)

    def heard(self, answer: Answer, *expected: int) -> Answer:
        """Takes note of an answer."""
        self.asked, self.longest = self.asked + 1, max(self.longest, answer.seconds)
        if answer.status not in expected or b"database is locked" in answer.content:
            self.errors.append((answer.status, answer.content[:200].decode(errors="replace")))
        return answer


class Reader(_Person):
    """Searches, and reads entries."""

    def do(self, number: int) -> None:
        query, entry = self.draw.choice(SEARCHED), self.draw.choice(self.things)
        self.heard(self.browser.get(f"/search/?q={query}{number % 7}"), 200, 302)
        self.heard(self.browser.get(f"/f/{entry}/"), 200)
        self.heard(self.browser.post("/say/typed/", {"q": query}), 204)


class Sayer(_Person):
    """Votes and reports errors, a few times a second; each word is one of a kind."""

    def __init__(self, *given):
        super().__init__(*given)
        self.votes, self.flags = [], []

    def do(self, number: int) -> None:
        entry = self.things[number % len(self.things)]
        if number < min(55, len(self.things)):  # an address may vote sixty times a minute, and an entry once
            word = f"{self.name}票{number}"
            self.heard(self.browser.post(f"/say/helpful/{entry}/", {"answer": "no", "words": word}), 200)
            self.votes.append(word)
        if number < 15:  # and report twenty
            word = f"{self.name}错{number}"
            self.heard(self.browser.post(f"/f/{entry}/flag/", {"words": word}), 302)
            self.flags.append(word)
        time.sleep(0.2)


class Editor(_Person):
    """Saves and publishes entries, some of which others edit too. `saved`: reasons of what was answered with yes."""

    def __init__(self, *given):
        super().__init__(*given)
        self.saved, self.clashes = [], 0

    def do(self, number: int) -> None:
        path = f"/admin/faults/fault/{self.draw.choice(self.things)}/change/"
        why, button = f"{self.name}改{number}", self.draw.choice(["_save", "_publish"])
        words = {"symptom": f"{why}看到的现象。", "why": why, button: "1"}
        answer = self._sent(path, filled_in(self.heard(self.browser.get(path), 200)) | words)
        while answer.status == 200:  # somebody was faster: told so, with everything typed in the form that comes back
            self.clashes += 1
            form = filled_in(answer)
            assert "改过" in answer.text and form["symptom"] == words["symptom"], answer.text[:2000]
            answer = self._sent(path, form | {"why": why, button: "1"})
        self.saved.append(why)

    def _sent(self, path: str, data: dict) -> Answer:
        return self.heard(self.browser.post(path, data), 200, 302)
