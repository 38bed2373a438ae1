"""What Prometheus reads: requests by view, kept pages, searches, what waits, the database, the content."""

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from faults.models import Fault, Outcome, Status
from faults.models.usage import AskedOn
from faults.usage.events import Searched
from faults.usage.recorder import Recorder
from posdesk.operations.metrics import cached_pages
from tests.operations.test_health import BEARER, TOKEN
from tests.test_settings import manage

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.operations.urls")]


def parsed(text: str) -> dict[tuple, float]:
    """Each sample by its name and its labels' values, in the order of the labels' names."""
    families = text_string_to_metric_families(text)
    return {(sample.name, *sample.labels.values()): sample.value for family in families for sample in family.samples}


@pytest.fixture
def measured():
    """What has been added since the test began."""
    with override_settings(METRICS_TOKEN=TOKEN):
        monitor = Client(raise_request_exception=False)

    def read() -> dict[tuple, float]:
        with override_settings(METRICS_TOKEN=TOKEN):
            return parsed(monitor.get("/metrics", headers=BEARER).content.decode())

    before = read()
    return lambda: {key: value - before.get(key, 0) for key, value in read().items()}


@pytest.mark.parametrize(
    ("method", "path", "labels"),
    [
        ("get", "/terms/?x=1", ("GET", "2xx", "terms")),
        ("head", "/terms/?x=2", ("HEAD", "2xx", "terms")),
        ("get", "/f/999/", ("GET", "4xx", "fault")),
        ("get", "/nothing/", ("GET", "4xx", "none")),
        ("get", "/fails/", ("GET", "5xx", "fails")),
        ("get", "/admin/", ("GET", "3xx", "admin:index")),
        ("get", "/static/none.css", ("GET", "4xx", "static")),
        ("get", "/healthz", ("GET", "2xx", "healthz")),
    ],
)
def test_requests_are_counted_and_timed_by_view(measured, visitor, method, path, labels):
    getattr(visitor, method)(path)
    added = measured()
    assert added["posdesk_requests_total", *labels] == 1
    assert added["posdesk_request_seconds_count", labels[-1]] == 1 and added["posdesk_request_seconds_sum", labels[-1]] > 0


def test_a_made_up_method_makes_no_series(measured, visitor):
    for number in range(3):
        visitor.generic(f"MAKE{number}", "/nothing/")
    assert measured()["posdesk_requests_total", "other", "4xx", "none"] == 3


def test_kept_pages_are_counted_by_who_keeps_them(measured):
    for result in ("hit", "hit", "304"):
        cached_pages.labels(result).inc()
    added = measured()
    assert added["posdesk_kept_pages_total", "hit"] == 2 and added["posdesk_kept_pages_total", "304"] == 1


@pytest.mark.parametrize(("query", "outcome"), [("无拨号音", "answered"), ("%%%", "nothing"), ("返回码E1", "unknown")])
def test_searches_are_counted_by_what_they_came_to(measured, client, query, outcome):
    client.get("/search/", {"q": query})
    client.get("/search/", {"q": query}, headers={"User-Agent": "a bot"})  # doesn't count
    assert measured()["posdesk_searches_total", "page", outcome] == 1


def search(is_again: bool) -> Searched:
    return Searched("0" * 16, timezone.now(), "x", "x", AskedOn.PAGE, Outcome.NEAR, 0, None, is_again)


def test_a_page_of_results_shown_again_is_no_other_search(measured):
    recorder = Recorder()
    recorder.is_automatic = False
    recorder.add(search(is_again=False))
    recorder.add(search(is_again=True))
    assert measured()["posdesk_searches_total", "page", "near"] == 1


def test_an_error_of_the_database_is_counted_and_no_other(measured, visitor):
    visitor.get("/loses-the-database/")
    visitor.get("/fails/")
    assert measured()["posdesk_database_errors_total", "request"] == 1


def test_what_is_published_is_asked_when_it_is_read(measured):
    Fault.objects.filter(number__in=[40, 112]).update(status=Status.DRAFT)
    added = measured()
    assert added["posdesk_published", "entry"] == -2 and added["posdesk_published", "code"] == 0
    Fault.objects.filter(number=1).update(updated_at=timezone.now() + timezone.timedelta(days=1))
    assert measured()["posdesk_content_changed_timestamp_seconds", "entry"] > 80_000


AWAY = """
from posdesk.operations.exposition import exposition
print(exposition().decode())
"""


def test_without_a_database_it_says_that_and_the_rest():
    ran = manage("shell", "-v0", "-c", AWAY, DATABASE_URL="postgres://posdesk:hush@127.0.0.1:9/posdesk")
    found = parsed(ran.stdout)
    assert found["posdesk_database_up",] == 0
    assert [key for key in found if key[0] == "python_info"] and not [key for key in found if key[0] == "posdesk_published"]


def test_with_one_it_is_up_and_costs_three_questions(django_assert_num_queries):
    from posdesk.operations.exposition import exposition

    connection.ensure_connection()
    with django_assert_num_queries(3):
        assert parsed(exposition().decode())["posdesk_database_up",] == 1
