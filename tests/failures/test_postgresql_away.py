"""PostgreSQL restarted under load: a clear page in time while it is away, and right answers soon after, without touching posdesk."""

import re
import time

import pytest

from tests.budget import either
from tests.failures.counts import count
from tests.failures.load import Load, is_in_chinese
from tests.failures.looking import look
from tests.failures.test_crowd import look_at_words
from tests.servers.browsing import Browser, sessions
from tests.servers.posdesk import serving

AWAY, BACK = count("seconds away"), count("seconds back")
SOON = 30  # seconds after its return by when errors must be over; usually it is well below one
IN_TIME = 30  # seconds that no answer may take, on a machine with much else to do


@pytest.mark.parametrize("mode", either(["immediate"], ["fast", "immediate"]))
def test_posdesk_outlives_its_database(cluster, log, mode, note):
    database = cluster.url("broken")
    (session,), seen = sessions(database, "editor"), look(database)
    outages = []
    with serving(log, DATABASE_URL=database, PROXIES="1") as server, Load(server, session, seen).going_on() as load:
        for _ in range(count("restarts")):
            time.sleep(BACK)
            load.wait_until(lambda load: load.votes and load.published)
            began, failed = time.monotonic(), len(load.failed())
            cluster.stop(mode)
            time.sleep(AWAY)
            load.wait_until(lambda load, before=failed: len(load.failed()) > before)
            cluster.start()
            outages.append((began, time.monotonic()))
            _wait_until_well(server)
        time.sleep(BACK)
    _hold(database, load)
    _hold_log(log.read_text(encoding="utf-8"), load, len(outages), sum(back - began for began, back in outages))
    note(
        "PostgreSQL restarted under load",
        mode,
        restarts=len(outages),
        answers=len(load.answers),
        errors_while_away=len(load.failed()),
        acknowledged=len(load.votes) + load.published[next(iter(seen.titles))][0],
        lost=0,
        longest_answer_s=load.longest(),
        longest_error_after_return_s=_last_error(load, outages),
    )


def _wait_until_well(server) -> None:
    """Until a page that no cache has is answered."""
    began, reader = time.monotonic(), Browser(server, address="10.3.0.1")
    while reader.get(f"/search/?q=不出票{time.monotonic_ns() % 10_000}").status != 200:
        assert time.monotonic() - began < SOON, "still no answer"
        time.sleep(0.1)


def _last_error(load: Load, outages: list[tuple[float, float]]) -> float:
    """Seconds from a return to the end of the last error before the next outage."""
    ends = [began for began, _ in outages[1:]] + [float("inf")]
    spans = [(back, end) for (_, back), end in zip(outages, ends, strict=True)]
    return max((error.ended - back for error in load.failed() for back, end in spans if back < error.ended < end), default=0.0)


def _hold_log(written: str, load: Load, outages: int, seconds: float) -> None:
    """Each of the two workers says of an outage what there is to say: a traceback of each logger, and a line a second."""
    causes = len(re.findall("direct cause of the following|During handling of the above", written))  # each with a heading of its own
    assert written.count("Traceback (most recent call last)") - causes <= 2 * 2 * outages
    lines = [line for line in written.splitlines() if " ERROR django.request " in line]
    assert 1 <= len(lines) <= 2 * (seconds + 5 * outages), len(load.failed())


def _hold(database: str, load: Load) -> None:
    """Errors were pages, in time; whatever was acknowledged is there."""
    failed = load.failed()
    assert failed, "the database was never missed"
    assert not [answer for answer in failed if answer.status != 503 or not is_in_chinese(answer.text)], failed[0]
    assert load.longest() < IN_TIME
    said, seen = look_at_words(database), look(database)
    assert {*load.votes} <= {*said["votes"]} and load.votes
    (number, (turn, title)) = next(iter(load.published.items()))
    assert int(seen.titles[number].rpartition("改")[2]) >= turn, (seen.titles[number], title)
    assert seen.is_whole, (seen.wrong, seen.stale)
