"""SQLite with everybody at once: readers, voters, those who report errors, and editors who save the same entries."""

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db.models import Sum

from faults.models import Change, Flag, UseDay, Vote
from tests.failures.counts import count
from tests.failures.crowd import Editor, Reader, Sayer
from tests.failures.looking import look
from tests.servers.browsing import Browser, sessions
from tests.servers.posdesk import serving
from tests.servers.working import on

EDITORS, SAYERS = count("crowd editors"), 4
PATIENCE = 240  # seconds more, until two editors have met, on a machine with much else to do


def _crowd(server, keys: list[str], seen) -> list:
    """Everybody, each with an address of their own."""
    numbers = list(seen.titles)
    draws = [random.Random(place) for place in range(count("crowd readers") + SAYERS + EDITORS)]  # noqa: S311 (no secret)
    readers = [Reader(Browser(server, address=f"10.0.0.{place}"), numbers, draws.pop()) for place in range(count("crowd readers"))]
    sayers = [Sayer(Browser(server, address=f"10.0.1.{place}"), numbers, draws.pop(), f"甲{place}") for place in range(SAYERS)]
    shared = [seen.ids[number] for number in numbers[:3]]  # the same three entries for all editors, and two of their own
    own = [[seen.ids[number] for number in numbers[place : place + 2]] for place in range(3, 3 + 2 * EDITORS, 2)]
    editors = [Editor(Browser(server, key), shared + own[place], draws.pop(), f"乙{place}") for place, key in enumerate(keys)]
    return [*readers, *sayers, *editors]


def test_nobody_is_refused_and_nothing_is_lost(sqlite, log, note):
    keys, seen = sessions(sqlite, *["editor"] * EDITORS), look(sqlite)
    with serving(log, workers=3, DATABASE_URL=sqlite, PROXIES="1") as server:
        people = _crowd(server, keys, seen)
        is_over = _when_met(people, time.monotonic() + count("crowd seconds"))
        with ThreadPoolExecutor(len(people)) as pool:
            for done in [pool.submit(one.go_on_until, is_over) for one in people]:
                done.result()
    _hold(sqlite, log, people)
    _note(note, people)


def _when_met(people: list, moment: float) -> Callable[[], bool]:
    """Says whether the moment is past and editors have saved and met."""
    editors = [one for one in people if isinstance(one, Editor)]

    def is_over() -> bool:
        now = time.monotonic()
        return now > moment and (_have_met(editors) or now > moment + PATIENCE)

    return is_over


def _have_met(editors: list[Editor]) -> bool:
    return any(one.saved for one in editors) and any(one.clashes for one in editors)


def _hold(sqlite: str, log, people: list) -> None:
    """No error, no refusal by the database, and every word that was answered is there."""
    said, written = look_at_words(sqlite), log.read_text(encoding="utf-8", errors="replace")
    assert not [answer for one in people for answer in one.errors]
    assert "database is locked" not in written and "Traceback" not in written, written[-3000:]
    assert {word for one in people for word in getattr(one, "votes", ())} == {*said["votes"]} - {""}
    assert {word for one in people for word in getattr(one, "flags", ())} == {*said["flags"]}
    assert {why for one in people for why in getattr(one, "saved", ())} == {*said["reasons"]} - {""}
    assert said["counted"] == len(said["votes"])
    assert look(sqlite).is_whole


def look_at_words(database: str) -> dict:
    """What readers and editors said that is in the database."""
    with on(database):
        return {
            "flags": list(Flag.objects.values_list("words", flat=True)),
            "votes": list(Vote.objects.values_list("words", flat=True)),
            "counted": UseDay.objects.filter(kind="fault").aggregate(all=Sum("unhelpful"))["all"] or 0,
            "reasons": list(Change.objects.exclude(why="").values_list("why", flat=True)),
        }


def _note(note, people: list) -> None:
    editors = [one for one in people if isinstance(one, Editor)]
    assert _have_met(editors), "nobody met anybody"
    note(
        "crowd on SQLite",
        f"{len(people)} people",
        pages=sum(one.asked for one in people),
        votes_and_flags=sum(len(one.votes) + len(one.flags) for one in people if isinstance(one, Sayer)),
        saves=sum(len(one.saved) for one in editors),
        clashes_told=sum(one.clashes for one in editors),
        errors=0,
        lost=0,
        longest_answer_s=max(one.longest for one in people),
    )
