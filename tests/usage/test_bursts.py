"""When equal searches are far more than usual. Some 0.5 s."""

import pytest

from faults.usage.bursts import bursts, fewest_in_burst
from tests.incidents import incident
from tests.usage.rows import searched

HOUR = 1 / 24


@pytest.mark.parametrize(
    ("a_day", "fewest"), [(0, 8), (1, 8), (3, 8), (11, 8), (16, 8), (17, 8), (24, 10), (40, 15), (80, 30), (160, 60), (800, 300)]
)
def test_from_how_many_on_they_are_far_more_than_usual(a_day, fewest):
    assert fewest_in_burst(a_day) == fewest


def test_more_a_day_never_need_fewer():
    needed = [fewest_in_burst(a_day / 4) for a_day in range(4_000)]
    assert needed == sorted(needed)


# How often within the hour, how often in each of the ten days before, what more is true, and whether it is a burst.
CASES = [
    (20, 3, {}, True),
    (8, 0, {}, True),
    (7, 0, {}, False),
    (20, 60, {}, False),
    (24, 60, {}, True),
    (20, 0, {"words": "没网"}, False),
    (20, 0, {"words": "没网", "is_proposed": True}, False),
    (20, 0, {"words": "没网", "begins": -9, "ends": -1}, True),
    (20, 0, {"words": "吞卡"}, True),
]


@pytest.mark.django_db
@pytest.mark.postgresql
@pytest.mark.parametrize(("now", "before", "told", "is_one"), CASES)
def test_a_text_that_is_asked_far_more_often_than_usual(now, before, told, is_one):
    for day in range(1, 11):
        searched("别的话", days_ago=day)
        for _ in range(before):
            searched("机器没网", days_ago=day - 0.5)
    for number in range(now):
        searched("机器没网" if number % 2 else "機器沒網", days_ago=HOUR / 2)
    if told:
        incident(**told)
    found = bursts()
    assert bool(found) == is_one
    if found:
        assert (found[0].times, found[0].usual) == (now, before) and len(found) == 1
