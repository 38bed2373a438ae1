"""Two web nodes with one PostgreSQL, a streaming replica and one Redis: what one publishes the other shows, and none counts alone."""

import time
from contextlib import contextmanager

import pytest
from redis import Redis

from tests.servers.browsing import Browser, sessions
from tests.servers.posdesk import serving
from tests.servers.postgresql import primary, replica_of
from tests.servers.redis import redis

A_SECOND = 1.0  # after which a request to the other node shows what was published, however long the page itself takes to make
SEARCHES = 40  # a minute, from one address
ENTRY = "/admin/faults/fault/{}/change/"


class House:
    """Everything that runs. `ids`: of entries, by number."""

    def __init__(self, main, replica, store, nodes, session):
        self.main, self.replica, self.store, self.nodes = main, replica, store, nodes
        self.reader, self.other_reader = (Browser(node) for node in nodes)
        self.editor, self.same_editor = (Browser(node, session) for node in nodes)
        self.ids = dict(main.run_sql("SELECT number, id FROM faults_fault", "sample"))

    def publish(self, number: int, title: str) -> None:
        answer = self.editor.change(ENTRY.format(self.ids[number]), title=title, _publish="1")
        assert answer.status == 302, answer.text

    def is_shown(self, title: str) -> bool:
        """To readers of the other node, in the entry and in search."""
        return all(title in self.other_reader.get(path).text for path in ("/f/40/", "/search/?q=不出票"))

    @contextmanager
    def replica_standing_still(self):
        """It answers, and follows no more."""
        self.replica.run_sql("SELECT pg_wal_replay_pause()")
        try:
            yield
        finally:
            self.replica.run_sql("SELECT pg_wal_replay_resume()")


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nodes")
    with primary(fsync="off") as main, redis() as store, replica_of(main) as replica:
        here = {"DATABASE_URL": main.url("sample"), "DATABASE_REPLICA_URL": replica.url("sample"), "CACHE_URL": store.url}
        here |= {"SEARCHES_A_MINUTE": str(SEARCHES), "PROXIES": "1"}
        (session,) = sessions(main.url("sample"), "editor")
        with serving(folder / "one.log", **here) as one, serving(folder / "other.log", **here) as other:
            yield House(main, replica, store, (one, other), session)


def wait_until(what, patience: float = 30) -> None:
    """Returns when it holds. Raises TimeoutError after `patience` seconds."""
    until = time.monotonic() + patience
    while not what():
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(0.05)


def test_what_one_node_publishes_readers_of_the_other_see_within_a_second(house):
    for turn in range(3):
        title = f"另一台机器也看得到{turn}"
        for reader in (house.reader, house.other_reader):
            assert title not in reader.get("/f/40/").text + reader.get("/search/?q=不出票").text  # kept by both from now on
        house.publish(40, title)
        time.sleep(A_SECOND)
        assert house.is_shown(title)
        assert title in house.reader.get("/f/40/").text


def test_what_one_node_has_made_the_other_need_not_make(house):
    one, other = (Browser(node, host="localhost") for node in house.nodes)
    with Redis.from_url(house.store.url) as store:
        made = one.get("/f/31/")
        kept, taken = store.dbsize(), store.info("stats")["keyspace_hits"]
        assert other.get("/f/31/").content == made.content
        assert store.dbsize() == kept and store.info("stats")["keyspace_hits"] == taken + 1


def test_readers_read_from_the_replica_and_an_editor_what_was_just_saved(house):
    with house.replica_standing_still():
        house.publish(38, "刚刚存下的标题")
        for editor in (house.editor, house.same_editor):
            assert "刚刚存下的标题" in editor.get("/f/38/").text
            assert "刚刚存下的标题" in editor.get("/search/?q=刚刚存下的标题").text
        assert "刚刚存下的标题" not in house.reader.get("/f/38/").text
    time.sleep(A_SECOND)
    assert "刚刚存下的标题" in house.reader.get("/f/38/").text


def test_limits_count_on_all_nodes_together(house):
    readers = [Browser(node, address="203.0.113.7") for node in house.nodes]
    statuses = [readers[n % 2].get(f"/search/?q=谁也没搜过{n}").status for n in range(SEARCHES + 6)]
    assert statuses == [200] * SEARCHES + [429] * 6
    assert Browser(house.nodes[0], address="203.0.113.8").get("/search/?q=谁也没搜过99").status == 200


def test_without_the_replica_readers_read_from_the_primary_and_from_it_again_when_it_is_back(house):
    house.replica.stop()
    try:
        for number in (5, 6, 7):
            assert house.reader.get(f"/f/{number}/").status == 200
        house.publish(40, "没有副本也看得到")
        assert "没有副本也看得到" in house.other_reader.get("/f/40/").text
    finally:
        house.replica.start()
    assert house.reader.get("/f/35/").status == 200


def test_while_the_primary_is_away_readers_go_on_reading(house):
    house.main.stop()
    try:
        for number in (12, 31, 35):
            assert house.reader.get(f"/f/{number}/").status == 200
        assert house.reader.get("/search/?q=卡纸").status == 200
    finally:
        house.main.start()
    house.publish(40, "主库回来了")
    wait_until(lambda: "主库回来了" in house.other_reader.get("/f/40/").text)
