"""/readyz names what is missing, with 503, and tells nobody where it was looked for."""

import json
import logging

import psycopg
import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from faults.checks import index_repair
from faults.checks.stale_index import stale
from faults.models import ContentVersion, Fault, SearchDocument, SearchToken, Status, Term
from posdesk.operations import installation, readiness, version
from tests.test_settings import manage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered():
    index_repair._seen = None
    yield
    index_repair._seen = None


def ready(client) -> tuple[int, dict]:
    """The status, and every part that isn't ok."""
    answer = client.get("/readyz")
    said = answer.json()
    assert said.pop("ready") is (answer.status_code == 200) and said.pop("version") == version.VERSION
    return answer.status_code, {part: what for part, what in said.items() if what != "ok"}


def test_all_is_well(client):
    assert ready(client) == (200, {})


@pytest.mark.postgresql
def test_a_migration_that_is_not_applied(client):
    last = MigrationRecorder(connection).migration_qs.filter(app="faults").latest("id")
    last.delete()
    assert ready(client) == (503, {"migrations": "1 not applied"})


def with_old_words() -> None:
    Fault.objects.filter(number=40).update(title="紫霄殿打不开")


@pytest.mark.postgresql
def test_what_is_stale_is_mended_when_it_is_seen(client, caplog):
    """Old words, a document that is missing, one of nothing, and a wrong count, in one look."""
    with_old_words()
    SearchDocument.objects.filter(kind="code").order_by("pk").first().delete()
    Term.objects.filter(pk=Term.objects.first().pk).delete()
    SearchToken.objects.filter(text="拨号").update(published=7)
    before = index_repair.repaired.labels("mended")._value.get()
    with caplog.at_level(logging.WARNING):
        assert ready(client) == (200, {})
    assert not stale() and "stale and is mended" in caplog.text and index_repair.repaired.labels("mended")._value.get() == before + 3


@pytest.mark.postgresql
def test_an_index_of_another_version_must_be_rebuilt(client):
    """What is mended by the way is bounded: /readyz is asked all the time. Undone here; tests/search/test_index.py rebuilds."""
    with transaction.atomic():
        SearchDocument.objects.filter(kind="fault").update(title="旧")
        status, wrong = ready(client)
        transaction.set_rollback(True)
    assert status == 503 and wrong.keys() == {"index"} and wrong["index"].endswith(" stale")
    assert ready(client) == (200, {})


def test_a_database_that_takes_no_writes_is_said_and_tried_again_later(client, monkeypatch, caplog):
    with_old_words()
    with connection.cursor() as cursor, caplog.at_level(logging.ERROR):
        cursor.execute("PRAGMA query_only = ON")
        try:
            status, wrong = ready(client)
        finally:
            cursor.execute("PRAGMA query_only = OFF")
    assert status == 503 and wrong == {"index": "1 stale"} and "could not be mended" in caplog.text
    assert ready(client) == (503, {"index": "1 stale"})  # not looked at for each question
    monkeypatch.setattr(index_repair, "AGAIN", 0)
    assert ready(client) == (200, {})


def test_a_fresh_index_is_not_looked_at_each_time(client):
    with CaptureQueriesContext(connection) as first:
        ready(client)
    Fault.objects.filter(number=40).update(review_due="2020-01-01")  # content changes, the index needn't
    with CaptureQueriesContext(connection) as later:
        assert ready(client) == (200, {})
    assert len(later) < len(first) - 5


def test_it_is_looked_at_again_when_the_time_is_over(client, monkeypatch):
    ready(client)
    with_old_words()
    assert ready(client) == (200, {}) and stale()
    monkeypatch.setattr(index_repair, "HOLDS", 0)
    assert ready(client) == (200, {}) and not stale()


def test_nothing_to_read(client):
    """The index has been looked at before: it would be stale, too."""
    ready(client)
    Fault.everything.update(status=Status.DRAFT)
    assert ready(client) == (503, {"content": "nothing published"})


def test_a_cache_that_forgets(client):
    with override_settings(CACHES={"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}):
        assert ready(client) == (503, {"cache": "failed"})


@pytest.mark.parametrize("backend", ["django_redis.cache.RedisCache", "django.core.cache.backends.redis.RedisCache"])
def test_a_cache_that_is_away(client, backend, caplog):
    """At a port at which nobody listens."""
    with override_settings(CACHES={"default": {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:9/0"}}), caplog.at_level(logging.WARNING):
        assert ready(client) == (503, {"cache": "failed"})
    caches.close_all()
    assert "Not ready, cache" in caplog.text


ASK = """
from django.test import Client
answer = Client(raise_request_exception=False).get("/readyz")
print(answer.status_code, answer.content.decode())
"""


@pytest.mark.parametrize("url", ["postgres://posdesk:hush@127.0.0.1:9/posdesk", "sqlite:////nowhere/at/all/posdesk.sqlite3"])
def test_a_database_that_is_away(url):
    """In a process of its own, as it would be started there."""
    ran = manage("shell", "-v0", "-c", ASK, DATABASE_URL=url)
    status, _, said = ran.stdout.partition(" ")
    unknown = dict.fromkeys(["migrations", "tables", "writing", "index", "content"], "unknown")
    unknown |= dict.fromkeys(installation.PARTS, "ok")
    assert (status, json.loads(said)) == (
        "503",
        {"ready": False, "version": version.VERSION, "database": "failed", "cache": "ok"} | unknown,
    )
    assert "Not ready, database" in ran.stderr and "hush" not in ran.stderr


def test_a_database_without_tables(tmp_path):
    ran = manage("shell", "-v0", "-c", ASK, DATABASE_URL=f"sqlite:///{tmp_path}/new.sqlite3")
    status, _, said = ran.stdout.partition(" ")
    said = json.loads(said)
    assert status == "503" and said["database"] == "ok" and said["migrations"].endswith(" not applied")
    assert said["index"] == said["content"] == "failed"


def test_what_the_driver_says_when_a_cursor_is_closed_is_an_answer_too(client, monkeypatch):
    """Django lets it through as it is."""

    def gone() -> str:
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setitem(readiness.CHECKS, "content", gone)
    assert ready(client) == (503, {"content": "failed"})


@pytest.mark.postgresql
def test_it_waits_for_nobody_who_changes_content(client, monkeypatch):
    """Two processes that notice at once, or an import under way: who comes second leaves it, and looks again at the next question."""
    with_old_words()
    monkeypatch.setattr(ContentVersion, "lock", classmethod(lambda cls, waits=True: waits))
    assert ready(client) == (200, {}) and stale()
    monkeypatch.undo()
    assert ready(client) == (200, {}) and not stale()
