"""Limits: each for itself, all together, and nobody written down."""

import pytest
from django.core.cache import cache, caches
from django.test import RequestFactory

from posdesk.rate_limits import SHARED_FACTOR, client_id, within_limit, within_shared_limit

CLOSED = {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": "redis://127.0.0.1:1/0", "OPTIONS": {"IGNORE_EXCEPTIONS": True}}


def test_each_for_itself():
    assert [within_limit("甲", "x", 2) for _ in range(3)] == [True, True, False]
    assert within_limit("乙", "x", 2) and within_limit("甲", "y", 2)


def test_all_together():
    taken = [within_shared_limit(f"{n % 5}", "x", 1) for n in range(SHARED_FACTOR + 5)]
    assert taken == [True] * SHARED_FACTOR + [False] * 5 and within_limit("又一个", "x", 1)


def test_what_an_address_does_first_is_stopped_by_no_others():
    for n in range(2 * SHARED_FACTOR):
        within_shared_limit(f"{n % 5}", "x", 1)
    assert within_shared_limit("读者", "x", 1) and not within_shared_limit("读者", "x", 1)


def test_the_time_ends():
    assert within_limit("甲", "x", 1) and not within_limit("甲", "x", 1)
    cache.clear()  # as when the minute is over
    assert within_limit("甲", "x", 1)


def test_nobody_is_written_down():
    within_limit("203.0.113.7", "x", 1)
    assert not [key for key in cache._cache if "203.0" in key or "113.7" in key]


def test_counted_here_while_the_shared_cache_is_away(settings):
    settings.CACHES = {**settings.CACHES, "default": CLOSED}
    caches["local"].clear()
    assert [within_limit("甲", "x", 2) for _ in range(3)] == [True, True, False]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("203.0.113.7", "203.0.113.8", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),  # one household, which chooses among 2^64
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("", "", True),  # a socket
    ],
)
def test_who_is_behind_an_address(one, other, is_same):
    first, second = (client_id(RequestFactory().get("/", REMOTE_ADDR=address)) for address in (one, other))
    assert (first == second) is is_same


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "setting"),
    [("/search/", "SEARCHES_A_MINUTE"), ("/search/suggestions/", "KEYSTROKES_A_MINUTE"), ("/codes/", "PAGES_A_MINUTE")],
)
def test_pages_that_cost_work_are_limited_and_kept_ones_are_not(client, path, setting, settings):
    setattr(settings, setting, 2)
    assert [client.get(path, {"q": text}).status_code for text in ("不出票", "无拨号音", "不出票", "死机")] == [200, 200, 200, 429]
    refused = client.get(path, {"q": "卡纸"})
    assert refused.headers["Retry-After"] == "60" and "no-store" in refused.headers["Cache-Control"]
    assert client.get(path, {"q": "卡纸"}, REMOTE_ADDR="203.0.113.7").status_code == 200


@pytest.mark.django_db
def test_no_cookie_and_no_word_in_the_address_gets_around_the_limit(client, settings):
    settings.PAGES_A_MINUTE = 3
    client.cookies["sessionid"] = "x" * 32
    assert [client.get("/codes/", {"q": n, "x": n}).status_code for n in range(5)] == [200, 200, 200, 429, 429]


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "said"), [("zh-hans", "请等60秒"), ("zh-hant", "請等60秒"), ("en", "60 seconds")])
def test_a_refusal_is_in_the_readers_language_has_its_number_and_asks_nothing(client, settings, language, said, django_assert_num_queries):
    settings.PAGES_A_MINUTE = 0
    client.get("/")
    with django_assert_num_queries(1):  # for the content version: the page might have been kept
        refused = client.get("/f/40/", headers={"accept-language": language})
    assert refused.status_code == 429 and said in refused.content.decode() and refused.headers["X-Request-ID"] in refused.content.decode()


@pytest.mark.django_db
def test_who_is_signed_in_is_not_held_up(signed_in_as, settings):
    settings.PAGES_A_MINUTE = 1
    editor = signed_in_as("编辑")
    assert [editor.get("/f/40/").status_code for _ in range(3)] == [200] * 3
