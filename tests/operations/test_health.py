"""/healthz, /readyz and /metrics: answered to machines by address, without cookies, and never kept."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from faults.checks import index_repair
from posdesk.operations import installation
from posdesk.operations.version import VERSION

pytestmark = pytest.mark.django_db

TOKEN = "a-token-that-nobody-guesses"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
PATHS = ["/healthz", "/readyz", "/metrics"]


@pytest.fixture
def monitor():
    with override_settings(METRICS_TOKEN=TOKEN):
        yield Client()


@pytest.mark.parametrize("path", PATHS)
def test_a_load_balancer_asks_by_address_and_without_tls(monitor, path):
    with override_settings(ALLOWED_HOSTS=["help.example.cn"], SECURE_SSL_REDIRECT=True):
        assert monitor.get(path, headers={"host": "10.0.0.7:8000", **BEARER}).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_the_answer_is_never_kept_and_brings_no_cookie(monitor, path):
    answer = monitor.get(path, headers=BEARER)
    assert answer.status_code == 200 and "no-store" in answer.headers["Cache-Control"] and not answer.cookies
    assert "Vary" not in answer.headers  # nor does it depend on one


@pytest.mark.parametrize("path", PATHS)
def test_they_are_read_and_nothing_else(monitor, path):
    assert monitor.post(path, headers=BEARER).status_code == 405
    assert monitor.head(path, headers=BEARER).status_code == 200


def test_alive_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0), override_settings(CACHES={"default": {"BACKEND": "nothing.of.the.kind"}}):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_ready_asks_few_questions(client, django_assert_max_num_queries):
    index_repair.wrong_documents()
    with django_assert_max_num_queries(45):
        assert client.get("/readyz").json() == {"ready": True, "version": VERSION} | dict.fromkeys(
            [
                "database",
                "migrations",
                "tables",
                "writing",
                "index",
                "content",
                "cache",
                *installation.PARTS,
            ],
            "ok",
        )


def test_without_a_token_in_the_settings_there_are_no_metrics(client):
    assert client.get("/metrics").status_code == client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("said", [None, "", "Bearer ", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}", TOKEN, "Bearer 令牌"])
def test_who_has_not_the_token_learns_nothing(monitor, said):
    answer = monitor.get("/metrics", headers={"Authorization": said} if said is not None else {})
    assert (answer.status_code, answer.content, answer.headers["WWW-Authenticate"]) == (401, b"", "Bearer")


def test_no_crawler_is_told_of_them(client):
    lists = [client.get(reverse(name)).content.decode() for name in ("robots", "sitemap", "offline_list")]
    assert not any(path in text for path in PATHS for text in lists)
