"""How far use may lift an entry: the judgments measured with lifts at random, by popularity, and in the worst ways there are.

Beside them the same judgments without any lift. What the words of a query come to doesn't depend on lifts, so it is worked out once for
each query; the order, the floor and what is shown are search's own each time.
"""

import setup_django  # noqa: F401 (models need settings)

# isort: split
import statistics
import sys
from collections.abc import Iterator
from random import Random

from django.contrib.auth.models import AnonymousUser
from gold import Gold
from own_database import measured

from faults.models import Fault
from faults.search import evaluate, prepared_query, process_cache, weights
from faults.usage.ranking_signals import boost_of

LIFTS = (0.02, 0.04, 0.06, 0.1)
DRAWS = 20
LIFTED = 0.1  # of all entries, when they are drawn at random
MOST_SOLVED = 2_000  # calls in 90 days by the first of the popular; the second has half, the third a third
HARMLESS = 0.003  # lost at the most, on average

search = sys.modules["faults.search.find"]
Lifts = dict[int, float]


class Asked(prepared_query.PreparedQuery):
    """As search asks, each query once."""

    known: dict[tuple, list] = {}

    def ranked(self, codes: tuple[str, ...]) -> list:
        """What was found for this query the first time."""
        key = (self.query.text, codes)
        if key not in self.known:
            self.known[key] = super().ranked(codes)
        return self.known[key]


def random_lifts() -> Iterator[Lifts]:
    """Some entries with all of the lift, DRAWS times."""
    ids = sorted(Fault.objects.values_list("pk", flat=True))
    for seed in range(DRAWS):
        yield dict.fromkeys(Random(seed).sample(ids, round(len(ids) * LIFTED)), 1.0)  # noqa: S311 (the same in every run)


def popular(gold: Gold) -> Iterator[Lifts]:
    """The entries that judgments are about, a few of them much used and most hardly, DRAWS times."""
    best = {gold.best(judgment) for judgment in gold.judgments if judgment["gold"]}
    ids = sorted(item.pk for item in best if isinstance(item, Fault))
    for seed in range(DRAWS):
        drawn = Random(seed).sample(ids, len(ids))  # noqa: S311 (the same in every run)
        yield {pk: boost_of(MOST_SOLVED // place) for place, pk in enumerate(drawn, start=1)}


def second(gold: Gold) -> Iterator[Lifts]:
    """Every entry that stands second for some judgment and is wrong there, with all of the lift."""
    found = [(judgment, search.find(AnonymousUser(), judgment["query"]).hits[1:2]) for judgment in gold.judgments]
    yield {hit.item.pk: 1.0 for judgment, hits in found for hit in hits if hit.kind == "fault" and not gold.is_right(judgment, hit.item)}


def against(gold: Gold, judgment: dict) -> Lifts:
    """Every entry with all of the lift but those that are right."""
    return {item.pk: 1.0 for item in gold.items.values() if isinstance(item, Fault) and not gold.is_right(judgment, item)}


def figures(judged: list[evaluate.Judged]) -> tuple[float, float, float]:
    """Success at 1 and at 3, and the share of unanswerable queries left without an answer."""
    found = evaluate.summary(judged)
    return found["all"]["s1"], found["all"]["s3"], found["unanswerable"]["right"]


def with_lifts(gold: Gold, boosts: Lifts) -> tuple[float, float, float]:
    """The figures when these entries are lifted."""
    process_cache.current().boosts = boosts
    return figures([gold.judged(judgment) for judgment in gold.judgments])


def worst(gold: Gold) -> tuple[float, float, float]:
    """The figures when for each judgment everything is lifted that is wrong, and nothing that is right: no lifts there are can do more."""
    judged = []
    for judgment in gold.judgments:
        process_cache.current().boosts = against(gold, judgment)
        judged.append(gold.judged(judgment))
    return figures(judged)


def row(name: str, measured: list[tuple[float, float, float]]) -> str:
    """One line of the table: means, and behind the first two the lowest."""
    first, three, unanswered = zip(*measured, strict=True)
    ngrams = [f"{statistics.mean(column):.4f}, {min(column):.4f}" for column in (first, three)]
    return f"| {name} | {' | '.join(ngrams)} | {statistics.mean(unanswered):.3f} |"


def report(gold: Gold, lift: float, bare: tuple[float, float, float]) -> float:
    """Prints the lines of one LIFT. Returns what random lifts cost of success at 1 on average."""
    search.LIFT = lift
    drawn = [with_lifts(gold, boosts) for boosts in random_lifts()]
    print(row(f"{lift}: a tenth of all entries, drawn {DRAWS} times", drawn))
    print(row(f"{lift}: by popularity, drawn {DRAWS} times", [with_lifts(gold, boosts) for boosts in popular(gold)]))
    process_cache.current().boosts = {}
    print(row(f"{lift}: whatever stands second and is wrong, all at once", [with_lifts(gold, boosts) for boosts in second(gold)]))
    print(row(f"{lift}: against each judgment everything wrong, nothing right", [worst(gold)]), flush=True)
    return bare[0] - statistics.mean(first for first, _, _ in drawn)


def measure() -> bool:
    """Prints the table. Returns whether the lift that search has is harmless."""
    gold, search.Asked = Gold(), Asked
    bare = with_lifts(gold, {})
    print("| LIFT: who is lifted | first: mean, lowest | first three: mean, lowest | unanswered |\n|---|---|---|---|")
    print(row("nobody", [bare]))
    lost = {lift: report(gold, lift, bare) for lift in sorted({*LIFTS, weights.BOOST})}
    harmless = [lift for lift, share in lost.items() if share <= HARMLESS]
    print(f"\nLost at random, on average: {', '.join(f'{lift}: {share:.4f}' for lift, share in lost.items())}")
    print(f"Harmless, at most {HARMLESS}: {harmless}; search has {weights.BOOST}")
    return weights.BOOST in harmless


if __name__ == "__main__":
    measured(__file__, measure)
