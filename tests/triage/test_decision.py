"""The arithmetic of the next step, held against tables that were worked out by hand and against every plan there is."""

from itertools import permutations

import numpy as np
import pytest

from faults.triage import decision
from faults.triage.decision import NOISE, SERVICE_CALL, UNKNOWN

HERE = [[True, False], [False, True]]  # two answers, each for one of two hypotheses
EVEN = np.array([0.45, 0.45, 0.1])


@pytest.mark.parametrize(
    ("fits", "wanted"),
    [
        (HERE, [[1 - NOISE, NOISE, 0.5], [NOISE, 1 - NOISE, 0.5]]),
        ([[True], [True], [False]], [[(1 - NOISE) / 2, 1 / 3], [(1 - NOISE) / 2, 1 / 3], [NOISE, 1 / 3]]),
        ([[False, True], [False, True]], [[0.5, 0.5, 0.5], [0.5, 0.5, 0.5]]),  # nothing known, and everything fits: no matter
    ],
)
def test_the_chance_of_each_answer(fits, wanted):
    table = decision.answer_table(np.array(fits))
    assert table == pytest.approx(np.array(wanted)) and table.sum(axis=0) == pytest.approx(1)


def test_an_answer_raises_what_it_fits_and_leaves_what_it_says_nothing_of():
    table = decision.answer_table(np.array(HERE))
    after = decision.updated(EVEN, table[0])
    assert after == pytest.approx(np.array([0.9 * (1 - NOISE), 0.9 * NOISE, 0.1])) and after.sum() == pytest.approx(1)
    indifferent = decision.answer_table(np.zeros((2, 2), dtype=bool))
    assert decision.updated(EVEN, indifferent[1]) == pytest.approx(EVEN)


@pytest.mark.parametrize(
    ("belief", "minutes", "wanted"),
    [
        ([1, 0], [1], 1),
        ([0.5, 0.5], [1], 1 + 0.5 * SERVICE_CALL),
        ([0.5, 0.5, 0], [1, 10], 1 + 0.5 * 10),  # by chance per minute: the dear one second
        ([0.4, 0.6, 0], [1, 120], 1 + 0.6 * 120),
        ([0.001, 0.999], [10], SERVICE_CALL),  # not worth trying
        ([0, 1], [1], SERVICE_CALL),
    ],
)
def test_what_repairing_costs(belief, minutes, wanted):
    assert decision.expected_minutes(np.array(belief, dtype=float), np.array(minutes, dtype=float)) == pytest.approx(wanted)


def test_no_order_of_repairs_is_cheaper():
    """Of every order and every place to give up, for beliefs of all sorts."""
    random = np.random.default_rng(7)
    for _ in range(40):
        belief, minutes = random.dirichlet(np.full(5, 0.5)), random.choice([1.0, 5.0, 10.0, 120.0], 4)
        cheapest = min(_spent(belief, minutes, order[:tried]) for order in permutations(range(4)) for tried in range(5))
        assert decision.expected_minutes(belief, minutes) == pytest.approx(cheapest)


def _spent(belief: np.ndarray, minutes: np.ndarray, order: tuple[int, ...]) -> float:
    left, spent = 1.0, 0.0
    for repair in order:
        spent += minutes[repair] * left
        left -= belief[repair]
    return spent + left * SERVICE_CALL


@pytest.mark.parametrize(
    ("name", "belief", "minutes", "cost", "is_asked"),
    [
        ("two alike, each ten minutes", EVEN, [10, 10], 0.2, True),
        ("the same, and the question is dearer than both", EVEN, [10, 10], 30, False),
        ("one is sure", [0.98, 0.01, 0.01], [1, 1], 0.2, False),
        ("trying is as quick as asking", EVEN, [0.2, 0.2], 0.2, False),
        ("a sure cheap one goes before the question", [0.9, 0.09, 0.01], [1, 120], 1, False),
        ("nothing is likely enough to be tried", [0.01, 0.01, 0.98], [10, 10], 0.2, False),
    ],
)
def test_when_a_question_is_asked(name, belief, minutes, cost, is_asked):
    tables = decision.stacked([decision.answer_table(np.array(HERE))])
    place = decision.next_question(np.array(belief), np.array(minutes, dtype=float), tables, np.array([cost]))
    assert (place == 0) is is_asked, name


def test_the_question_that_tells_more_is_asked_and_one_with_fewer_answers_is_no_worse_for_it():
    telling, blunt = np.array(HERE), np.array([[True, True], [False, False], [False, False]])
    tables = decision.stacked([decision.answer_table(blunt), decision.answer_table(telling)])
    assert tables.shape == (2, 3, 3) and tables[1, 2].sum() == 0
    assert decision.next_question(EVEN, np.array([10.0, 10.0]), tables, np.array([0.2, 0.2])) == 1


def test_the_most_telling_question_is_that_which_parts_what_is_likely():
    parts, hardly = decision.answer_table(np.array(HERE)), decision.answer_table(np.zeros((2, 2), dtype=bool))
    assert decision.most_telling(EVEN, np.stack([hardly, parts])) == 1
    sure = np.array([0.98, 0.0, 0.02])
    assert decision.most_telling(sure, np.stack([parts, hardly])) == 0  # no log of nothing


def test_what_is_done_first_and_what_is_left_when_it_failed():
    minutes = np.array([10.0, 1.0])
    assert decision.first_repair(EVEN, minutes) == 1
    assert decision.failed(EVEN, 1) == pytest.approx(np.array([0.45, 0, 0.1]) / 0.55)
    assert decision.first_repair(np.array([0.001, 0.001, 0.998]), np.array([10.0, 10.0])) is None
    assert 0 < NOISE < 0.5 and 0 < UNKNOWN < 1
