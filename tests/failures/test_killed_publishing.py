"""kill -9 for the web node while editors publish: what was answered is there, the rest wholly or not at all."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from string import ascii_lowercase

from tests.budget import against
from tests.failures.counts import count
from tests.failures.killing import moments
from tests.failures.looking import look
from tests.servers.browsing import Browser, sessions
from tests.servers.posdesk import serving

EDITORS, EACH = 3, 4  # entries of each editor


class Editor:
    """Publishes new titles for entries of their own. `said`: by number, titles in the order sent; `answered`: the last that was."""

    def __init__(self, browser: Browser, titles: dict[int, str], ids: dict[int, int], draw: random.Random):
        self.browser, self.titles, self.ids, self.draw = browser, titles, ids, draw
        self.said = {number: [title] for number, title in titles.items()}
        self.answered = dict(titles)
        self.acknowledged = 0

    def publish(self, number: int) -> None:
        """Saves and publishes in one request."""
        word = "".join(self.draw.choices(ascii_lowercase, k=9))
        path, title = f"/admin/faults/fault/{self.ids[number]}/change/", f"{self.titles[number][:8]}{word}"
        self.said[number].append(title)
        assert self.browser.change(path, title=title, _publish="1").status == 302
        self.answered[number], self.acknowledged = title, self.acknowledged + 1

    def publish_until_killed(self) -> None:
        try:
            while True:
                self.publish(self.draw.choice(list(self.titles)))
        except (OSError, HTTPException):
            return

    def account_for(self, titles: dict[int, str]) -> None:
        """Each entry says what was answered last, or the one that was on its way, from which the editor goes on."""
        for number, said in self.said.items():
            allowed = said[said.index(self.answered[number]) :]
            assert titles[number] in allowed, f"{number}: {titles[number]}, not one of {allowed}"
            self.said[number], self.answered[number] = [titles[number]], titles[number]


def _editors(server, session: str, seen) -> list[Editor]:
    numbers = list(seen.titles)
    shares = [numbers[place * EACH : (place + 1) * EACH] for place in range(EDITORS)]
    return [
        Editor(Browser(server, session), {number: seen.titles[number] for number in share}, seen.ids, random.Random(place))  # noqa: S311 (no secret)
        for place, share in enumerate(shares)
    ]


@against("sqlite")
def test_what_was_answered_is_there_after_a_kill(database, log, request, note):
    (session,), seen, versions = sessions(database, "editor"), look(database), {}
    with serving(log, DATABASE_URL=database) as server, ThreadPoolExecutor(EDITORS) as pool:
        editors = _editors(server, session, seen)
        began = time.monotonic()
        list(pool.map(lambda editor: editor.publish(next(iter(editor.titles))), editors))
        for moment in moments(count("kills"), 0, 2 * (time.monotonic() - began)):
            publishing = [pool.submit(editor.publish_until_killed) for editor in editors]
            time.sleep(moment)
            server.kill()
            for one in publishing:
                one.result()
            server.start()
            _hold(database, server, editors, versions)
    done = sum(editor.acknowledged for editor in editors)
    note("kill -9", f"publish, {request.node.callspec.id}", kills=count("kills"), acknowledged=done, there=done, lost=0, half_done=0)


def _hold(database: str, server, editors: list[Editor], versions: dict[str, str]) -> None:
    """Nothing is lost or half done, search knows it, and no content version stands for two contents."""
    seen = look(database)
    assert seen.is_whole and seen.waiting == 0, (seen.wrong, seen.stale)
    assert versions.setdefault(seen.version, seen.content) == seen.content
    reader = Browser(server)
    for editor in editors:
        editor.account_for(seen.titles)
        for title in editor.answered.values():
            assert title in reader.get(f"/search/?q={title}").text
