"""Whoever searches chooses what is remembered: what a process keeps of it is bounded, whatever they type. In full: bench/memory.py."""

import configparser
import gc
import runpy
from random import Random

import pytest
from django.core.cache import caches

from faults.search import ngrams
from faults.text import fold, pinyin, remembering
from posdesk.page_cache import local_cache
from tests.test_settings import ROOT

BY_TEXT = [fold.fold, pinyin.spelled, pinyin.readings, ngrams.ngrams, ngrams.spoken]
HAN = "打印机卡纸不出单签到失败余额查询交易超时终端密码键盘无拨号音"


@pytest.fixture
def small_store(settings):
    """A store like the one of a process, with room for 100 kB."""
    store = settings.CACHES["local"]
    settings.CACHES = {"default": store, "local": store | {"LOCATION": "small", "OPTIONS": store["OPTIONS"] | {"MAX_BYTES": 100_000}}}
    yield caches["local"]
    caches["local"].clear()


def test_what_is_kept_of_pages_is_bounded_by_bytes(small_store):
    small_store.set("first", "asked for again")
    for number in range(300):
        small_store.set(f"page{number}", bytes(2_000), 60)
        assert small_store.get("first") and small_store.held <= 100_000
    assert small_store.get("page299") and not small_store.get("page0")
    assert small_store.held == sum(map(len, small_store._cache.values()))  # nothing is counted twice, nothing forgotten


@pytest.mark.parametrize("change", ["again", "delete", "clear", "cull", "larger than all"])
def test_what_is_let_go_is_counted_down(small_store, change):
    small_store.set_many({"a": bytes(500), "b": bytes(500)})
    match change:
        case "again":
            small_store.set("a", bytes(700))
        case "delete":
            small_store.delete("a")
        case "clear":
            small_store.clear()
        case "cull":
            small_store._cull()
        case "larger than all":
            small_store.set("c", bytes(200_000))
    assert small_store.held == sum(map(len, small_store._cache.values())) <= 100_000


def test_threads_and_processes_count_one_store(small_store):
    """Django makes an object of the store for each thread."""
    small_store.set("a", bytes(500))
    other = local_cache.BoundedLocMemCache("small", {"OPTIONS": {"MAX_BYTES": 100_000}})
    assert other.held == small_store.held > 500


@pytest.mark.django_db
def test_different_searches_leave_little_behind(client):
    random = Random(7)  # noqa: S311 (the same in every run)
    for length in [4, 8, 16, 40, 200] * 8:
        query = "".join(random.choices(HAN, k=length))
        assert client.get("/search/suggestions/", {"q": query}).status_code == 200
    assert caches["local"].held <= 16 * 2**20
    assert all(one.cache_info().currsize <= one.cache_info().maxsize <= remembering.MOST for one in BY_TEXT)


@pytest.mark.parametrize("remembered", BY_TEXT, ids=lambda one: one.__name__)
def test_nothing_long_is_remembered(remembered):
    before = remembered.cache_info().misses
    text = "打印" * remembering.LONGEST
    assert remembered(text) == remembered(text) and remembered.cache_info().misses == before


def test_the_unit_has_limits_that_a_worker_and_an_upload_fit_into():
    unit = (ROOT / "deploy/systemd/posdesk.service").read_text(encoding="utf-8")
    parser = configparser.ConfigParser(strict=False, interpolation=None, delimiters=["="], comment_prefixes=["#"])
    parser.optionxform = str
    parser.read_string(unit)
    assert {"MemoryHigh": "768M", "MemoryMax": "1G", "OOMPolicy": "continue"}.items() <= dict(parser["Service"]).items()
    assert "\nEnvironment=MALLOC_ARENA_MAX=2\n" in unit


def test_the_collector_leaves_alone_what_never_goes():
    conf = runpy.run_path(str(ROOT / "deploy/gunicorn.conf.py"))
    thresholds = gc.get_threshold()
    worker = type("Worker", (), {"log": type("Log", (), {"error_log": type("Logger", (), {"handlers": []})})})
    try:
        conf["post_worker_init"](worker)
        assert gc.get_freeze_count() > 100_000 and gc.get_threshold()[0] > thresholds[0]
    finally:
        gc.unfreeze()
        gc.set_threshold(*thresholds)
