"""Redis gone under load: every answer comes and is right, only slower; and back again it is used again."""

import time

from tests.failures.counts import count
from tests.failures.load import Load
from tests.failures.looking import look
from tests.servers.browsing import Browser, sessions
from tests.servers.posdesk import serving
from tests.servers.redis import Redis, redis

AWAY, BACK = count("seconds away"), count("seconds back")


def _keys(server: Redis) -> int:
    """How much is kept there."""
    from redis import Redis as Client

    with Client.from_url(server.url) as client:
        return client.dbsize()


def test_posdesk_does_without_its_cache(sqlite, log, note):
    (session,), seen = sessions(sqlite, "editor"), look(sqlite)
    here = {"DATABASE_URL": sqlite, "PROXIES": "1"}
    with redis() as cache, serving(log, CACHE_URL=cache.url, **here) as server, Load(server, session, seen).going_on() as load:
        for _ in range(count("restarts")):
            time.sleep(BACK)
            load.wait_until(lambda _: _keys(cache))  # it is used
            cache.stop()
            time.sleep(AWAY)
            _sees_at_once(server, session, seen)
            cache.start()
        time.sleep(BACK)
        load.wait_until(lambda _: _keys(cache))  # and again, when it is back
    assert not load.failed(), load.failed()[0]
    assert "Traceback" not in log.read_text(encoding="utf-8")
    assert look(sqlite).is_whole
    note("Redis gone under load", "SQLite", times=count("restarts"), answers=len(load.answers), errors=0, longest_answer_s=load.longest())


def _sees_at_once(server, session: str, seen) -> None:
    """What is published is what the next reader gets, in every worker."""
    number = list(seen.titles)[-1]
    title = f"没有缓存{time.monotonic_ns() % 10**6}"
    editor = Browser(server, session)
    assert editor.change(f"/admin/faults/fault/{seen.ids[number]}/change/", title=title, _publish="1").status == 302
    assert all(title in Browser(server).get(f"/f/{number}/").text for _ in range(6))
