"""The next question proved on simulated callers: minutes and questions of a call beside other ways to lead it, and the optimum.

    python bench/triage.py [CALLERS]        some two minutes; needs a filled database (`make setup`)

Callers are drawn from the knowledge: for each judged query of which search isn't sure, its candidates with search's probabilities, and
one of their causes by its likelihood. Of their answers WRONG are wrong and UNSURE none. A repair costs the minutes of who acts; when all
that is worth trying failed, the call is handed over. As in Heckerman, Breese and Rommelse (1995), section 5, and Langseth and Jensen
(2003), section 6, ways to lead a call are compared by their mean cost on the same callers. The optimum of ten small cases is worked out by
dynamic programming over every order of questions and repairs.
"""

import sys
from dataclasses import dataclass
from functools import cache
from time import thread_time

import numpy as np
from setup_django import ROOT  # models need settings

# isort: split
from django.contrib.auth.models import AnonymousUser

from faults.search import evaluate
from faults.search.find import find
from faults.triage import decision, facts, inquiry
from faults.triage.decision import MOST_QUESTIONS, SERVICE_CALL

CALLERS = 40  # a query
WRONG, UNSURE = 0.2, 0.2
SMALL, HYPOTHESES, QUESTIONS = 10, 5, 3  # cases for the optimum, and of each what is the likeliest and tells most


@dataclass
class Case:
    """A query: the belief (H + 1,) before any answer, the minutes (H,), the tables (Q, A, H + 1), the costs (Q,) and how many answers
    each question has (Q,); `editors`: the repairs in the order of the pages."""

    belief: np.ndarray
    minutes: np.ndarray
    tables: np.ndarray
    costs: np.ndarray
    answers: np.ndarray
    fits: list[np.ndarray]
    editors: list[int]


def cases() -> list[Case]:
    """One for each judged query that isn't sure and has a question."""
    known, found = facts.current(), []
    for judgment in evaluate.read([ROOT / "tests/data/judgments.jsonl"]):
        result = find(AnonymousUser(), judgment["query"], limit=30)
        if result.is_question and not result.matters and (case := _case(known, result)):
            found.append(case)
    return found


def _case(known: facts.Facts, result) -> Case | None:
    candidates = result.hits[: inquiry.CANDIDATES]
    hypotheses = inquiry._hypotheses(candidates)
    names = [(one.about, one.cause) for one in hypotheses]
    asked = [one for one in known.asked.values() if one.splits(names)]
    if not asked:
        return None
    tables = [one.table(names) for one in asked]
    return Case(
        belief=inquiry._prior(result, candidates, hypotheses),
        minutes=np.array([one.minutes for one in hypotheses]),
        tables=decision.stacked(tables),
        costs=np.array([one.question.seconds / 60 for one in asked]),
        answers=np.array([len(table) for table in tables]),
        fits=[table[:, :-1] > 1 / len(table) for table in tables],
        editors=list(range(len(hypotheses))),
    )


class Caller:
    """Somebody with one of the case's causes, or with none of them (the last). Says the same however often it is asked."""

    def __init__(self, case: Case, random: np.random.Generator, truth: int | None = None):
        self.case, self.truth = case, int(random.choice(len(case.belief), p=case.belief)) if truth is None else truth
        self._said = [self._answer(case, place, random) for place in range(len(case.costs))]

    def _answer(self, case: Case, place: int, random: np.random.Generator) -> int | None:
        if random.random() < UNSURE:
            return None
        every = np.arange(case.answers[place])
        right = np.flatnonzero(case.fits[place][:, self.truth]) if self.truth < len(case.minutes) else every
        right = right if len(right) else every
        wrong = np.setdiff1d(every, right)
        return int(random.choice(wrong if len(wrong) and random.random() < WRONG else right))

    def says(self, question: int) -> int | None:
        """The place of the answer; None for “don't know”."""
        return self._said[question]


def repaired(caller: Caller, order: list[int], most: float = np.inf) -> float:
    """Minutes of repairs tried in this order until one helps, or handed over."""
    spent = 0.0
    for repair in order:
        spent += caller.case.minutes[repair]
        if repair == caller.truth:
            return spent
    return spent + SERVICE_CALL


def by_page(caller: Caller, random) -> tuple[float, int]:
    """the editor's order"""
    return repaired(caller, caller.case.editors), 0


def by_chance(caller: Caller, random) -> tuple[float, int]:
    """a random order"""
    return repaired(caller, random.permutation(len(caller.case.minutes)).tolist()), 0


def unasked(caller: Caller, random) -> tuple[float, int]:
    """chance per minute, no question"""
    return _led(caller, most=0)


def asked(caller: Caller, random) -> tuple[float, int]:
    """as the site does"""
    return _led(caller, most=MOST_QUESTIONS)


STEPS: list[float] = []  # seconds of each decision


def _led(caller: Caller, most: int) -> tuple[float, int]:
    case, belief, spent, count = caller.case, caller.case.belief.copy(), 0.0, 0
    left = np.ones(len(case.costs), dtype=bool)
    while True:
        question = None
        if count < most and left.any():
            began = thread_time()
            question = decision.next_question(belief, case.minutes, case.tables[left], case.costs[left])
            STEPS.append(thread_time() - began)
        if question is not None:
            place = int(np.flatnonzero(left)[question])
            left[place], count, spent = False, count + 1, spent + case.costs[place]
            if (said := caller.says(place)) is not None:
                belief = decision.updated(belief, case.tables[place, said])
            continue
        repair = decision.first_repair(belief, case.minutes)
        if repair is None:
            return spent + SERVICE_CALL, count
        spent += case.minutes[repair]
        if repair == caller.truth:
            return spent, count
        belief = decision.failed(belief, repair)


def small(case: Case) -> Case:
    """The case with its likeliest HYPOTHESES and the QUESTIONS that tell most of them."""
    keep = np.sort(np.argsort(-case.belief[:-1])[:HYPOTHESES])
    belief = np.append(case.belief[keep], case.belief[-1])
    belief /= belief.sum()
    rows = np.append(keep, len(case.minutes))
    asking = decision._asking(belief, case.minutes[keep], case.tables[:, :, rows], case.costs, 0.0)
    told = np.argsort(asking)[:QUESTIONS]
    tables = case.tables[told][:, :, rows]
    answers = case.answers[told]
    return Case(
        belief, case.minutes[keep], tables, case.costs[told], answers, [case.fits[at][:, keep] for at in told], list(range(len(keep)))
    )


def worth(case: Case, is_optimal: bool) -> float:
    """Expected minutes, exactly: of the best plan of questions, repairs and handing over, or of the site's rule. Callers answer as the
    model believes: this measures the rule, not the model."""
    none = len(case.minutes)

    @cache
    def rest(given: tuple[int | None, ...], tried: frozenset[int]) -> float:
        belief = case.belief.copy()
        belief[list(tried)] = 0
        for place, said in enumerate(given):
            if said is not None and said >= 0:
                belief = belief * case.tables[place, said]
        belief /= belief.sum()
        left = (
            [place for place, said in enumerate(given) if said is None] if sum(said is not None for said in given) < MOST_QUESTIONS else []
        )
        if not is_optimal:
            return by_rule(given, tried, belief, left)
        repairs = [try_it(given, tried, belief, one) for one in range(none) if one not in tried and belief[one] > 0]
        return min([SERVICE_CALL, *repairs, *(ask(given, tried, belief, place) for place in left)])

    def by_rule(given, tried, belief, left) -> float:
        place = decision.next_question(belief, case.minutes, case.tables[left], case.costs[left]) if left else None
        if place is not None:
            return ask(given, tried, belief, left[place])
        repair = decision.first_repair(belief, case.minutes)
        return SERVICE_CALL if repair is None else try_it(given, tried, belief, repair)

    def try_it(given, tried, belief, repair: int) -> float:
        left = 1 - belief[repair]
        return case.minutes[repair] + (left * rest(given, tried | {repair}) if left > 1e-12 else 0.0)

    def ask(given, tried, belief, place: int) -> float:
        chances = (case.tables[place, : case.answers[place]] * belief).sum(axis=-1)
        told = sum(chance * rest((*given[:place], said, *given[place + 1 :]), tried) for said, chance in enumerate(chances))
        unknown = rest((*given[:place], -1, *given[place + 1 :]), tried)
        return case.costs[place] + (1 - decision.UNKNOWN) * told + decision.UNKNOWN * unknown

    return rest((None,) * len(case.costs), frozenset())


def main(callers: int) -> None:
    random = np.random.default_rng(22)
    every = cases()
    people = [Caller(case, random) for case in every for _ in range(callers)]
    here = [caller for caller in people if caller.truth < len(caller.case.minutes)]
    print(f"{len(every)} queries that aren't sure, {len(people)} callers, {len(here)} with a cause that is among the candidates")
    for name, group in (("all callers", people), ("whose cause is among the candidates", here)):
        print(f"\n{name:44}  minutes    beside it  questions  9 in 10 ask at most")
        base = np.mean([by_page(caller, random)[0] for caller in group])
        for way in (by_page, by_chance, unasked, asked):
            spent, counts = zip(*(way(caller, random) for caller in group), strict=True)
            said = f"{np.mean(spent):7.1f}  {np.mean(spent) / base - 1:+10.0%}  {np.mean(counts):9.2f}  {np.quantile(counts, 0.9):19.0f}"
            print(f"{way.__doc__:44}  {said}")
    print(f"\na step: {np.mean(STEPS) * 1000:.2f} ms, 99 in 100 below {np.quantile(STEPS, 0.99) * 1000:.2f} ms")
    asking = [one for one in map(small, every) if decision.next_question(one.belief, one.minutes, one.tables, one.costs) is not None]
    exact = [(worth(one, is_optimal=True), worth(one, is_optimal=False)) for one in asking[:SMALL]]
    best, ours = map(np.array, zip(*exact, strict=True))
    print(
        f"{SMALL} small cases: the optimum {best.mean():.2f} minutes, the rule {ours.mean():.2f}, {ours.mean() / best.mean() - 1:+.1%};"
        f" at worst {max(ours / best) - 1:+.1%}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CALLERS)
