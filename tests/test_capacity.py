"""Who makes the site work takes a place: kept pages always find a thread, and no address takes all places."""

from functools import partial
from queue import SimpleQueue
from runpy import run_path
from threading import Barrier, Event, Thread

import pytest
from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from posdesk import capacity
from posdesk.capacity import CapacityMiddleware, Places
from tests.test_settings import ROOT

ME, YOU, SHE = "203.0.113.7", "203.0.113.8", "203.0.113.9"


def test_one_address_gets_half_of_the_places():
    places = Places(8, 0)
    assert [places.take(ME, 0) for _ in range(5)] == ["free"] * 4 + ["refused"]
    assert [places.take(YOU, 0) for _ in range(5)] == ["free"] * 4 + ["refused"]
    assert places.take(SHE, 0) == "refused"
    places.give_back(ME)
    assert (places.take(YOU, 0), places.take(SHE, 0)) == ("refused", "free")


def test_a_sixth_of_the_threads_is_left_for_what_is_kept(settings):
    settings.WEB_THREADS = 48
    guarded = CapacityMiddleware(lambda request: HttpResponse())
    assert sum(places.most + places.most_waiting for places in (guarded.reading, guarded.writing)) == 40


def start_waiting(places: Places, who: str, said: SimpleQueue) -> None:
    """Returns when somebody waits for a place; what they are told comes into `said`."""
    known = places._waiting.total()
    thread = Thread(target=lambda: said.put(places.take(who, 10)))
    thread.start()
    for _ in range(1_000):
        if places._waiting.total() > known:
            return
        thread.join(0.005)
    raise TimeoutError


def test_who_waits_gets_the_next_place_and_not_everybody_waits():
    places, said = Places(2, 4), SimpleQueue()
    assert (places.take(ME, 0), places.take(YOU, 0)) == ("free", "free")
    for _ in range(3):
        start_waiting(places, ME, said)
    assert places.take(ME, 10) == "refused"  # at once: three quarters wait already
    start_waiting(places, YOU, said)
    assert [places.take(who, 10) for who in (YOU, SHE)] == ["refused"] * 2
    for who in (ME, ME, ME, YOU):
        places.give_back(who)
        assert said.get(timeout=10) == "waited"
    assert places.take(SHE, 0.01) == "refused"  # waited a moment


@pytest.fixture
def middleware(settings, monkeypatch):
    """Makes one around a view, with a single place for each of two addresses, and nobody waits."""
    settings.WEB_THREADS = 1
    monkeypatch.setattr(capacity, "AT_WORK", 2)
    monkeypatch.setattr(capacity, "PATIENCE", 0)
    return CapacityMiddleware


def test_a_place_is_given_back_whatever_becomes_of_the_request(middleware):
    def fail(request):
        raise RuntimeError

    guarded = middleware(fail)
    for _ in range(3):
        with pytest.raises(RuntimeError):
            guarded(RequestFactory().get("/"))


def test_what_is_made_while_it_is_sent_holds_its_place_until_then(middleware):
    guarded = middleware(lambda request: StreamingHttpResponse(iter(["…"])))
    sent = guarded(RequestFactory().get("/"))
    assert guarded(RequestFactory().get("/")).status_code == 503
    sent.close()
    assert guarded(RequestFactory().get("/")).status_code == 200


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "没有轮到这一次"), ("zh-hant", "沒有輪到這一次"), ("en", "too much to do at once")]
)
def test_who_finds_none_is_told_so_in_their_language_and_a_form_is_kept(middleware, language, said):
    held, let_go = Barrier(3, timeout=10), Event()

    def hold(request):
        held.wait()
        let_go.wait(10)
        return HttpResponse()

    guarded, ask = middleware(hold), RequestFactory(headers={"accept-language": language})
    typed = partial(ask.post, "/say/helpful/40/", "answer=no&words=甲乙丙", content_type="application/x-www-form-urlencoded")
    busy = [Thread(target=guarded, args=(request,)) for request in (ask.get("/"), typed())]  # who writes has a place apart
    for thread in busy:
        thread.start()
    held.wait()
    refused, form = guarded(ask.get("/search/", {"q": "刷<不>出 6222021234567890123"})), guarded(typed())
    let_go.set()
    for thread in busy:
        thread.join(10)
    assert refused.status_code == 503 and refused.headers["Retry-After"] and "no-store" in refused.headers["Cache-Control"]
    assert 'value="刷&lt;不&gt;出 ***************0123"' in refused.content.decode()  # nothing that was typed is lost
    assert said in refused.content.decode() and form.status_code == 503 and "甲乙丙" in form.content.decode()


@pytest.mark.django_db
def test_with_every_place_taken_kept_pages_health_and_metrics_are_answered(client, settings, monkeypatch):
    settings.METRICS_TOKEN = "x" * 20
    kept = client.get("/f/40/").content
    monkeypatch.setattr(Places, "take", lambda places, who, patience: "refused")
    other = Client()
    assert other.get("/f/40/").content == kept and other.get("/f/40/", {"x": "1"}).content == kept
    assert [other.get(path).status_code for path in ("/f/104/", "/admin/login/", "/none/", "/search/?q=新的")] == [503] * 4
    assert (
        other.get("/healthz").status_code == 200
        and other.get("/metrics", headers={"authorization": "Bearer " + "x" * 20}).status_code == 200
    )
    assert b'posdesk_places_total{result="refused"}' in other.get("/metrics", headers={"authorization": "Bearer " + "x" * 20}).content


def test_gunicorn_has_the_threads_that_are_counted_on(monkeypatch):
    """The server's file imports nothing of the product, so the default stands in both."""
    monkeypatch.delenv("WEB_THREADS", raising=False)
    assert run_path(str(ROOT / "deploy/gunicorn.conf.py"))["threads"] == settings.WEB_THREADS
