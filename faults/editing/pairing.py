"""Which part of an old list became which part of the new one, and which of them changed place. Pure: no Django."""

from collections.abc import Callable, Iterable
from functools import partial

from rapidfuzz import fuzz

Part = str | dict
Pairs = list[tuple[int | None, int | None]]

# Parts with half of their characters in common are one part reworded. In the history of our own fixtures the steps that were edited
# lie above 50 and those that were replaced below, with few exceptions. Of two different steps of one fix, 3 in 1000 are as like as
# that, of two causes of one entry 3 in 100; of two callers' phrases 15 in 100, where a wrong guess costs a reviewer nothing.
ALIKE = 50
# What a part is known by, the surest first.
_KNOWN_BY = ("number", "title", "claim", "check")
# Slugs that many parts share; they would make short parts look alike.
_CHOICES = {"actor", "likelihood"}


def pair(old: list[Part], new: list[Part], *, reworded: bool = True) -> Pairs:
    """Which old part became which new one: (place in old, place in new), in the new order; removed ones (place, None) come last.

    An added part is (None, place). Identical parts are paired first, then those known by the same title, claim, number or check,
    then the likest. reworded=False pairs identical parts only: a slug isn't reworded but replaced by another.
    """
    rounds = [_identical, *(partial(_same, key) for key in _KNOWN_BY), _likeness] if reworded else [_identical]
    left, right = dict(enumerate(old)), dict(enumerate(new))
    became: dict[int, int] = {}
    for score in rounds:
        became |= {j: i for i, j in _best_first(left, right, score)}
    return [(became.get(j), j) for j in range(len(new))] + [(i, None) for i in left]


def moved(pairs: Pairs) -> set[int]:
    """The places in the new list of the fewest parts that must be called moved: all but a longest run that kept its order.

    Of several such runs, the one with most parts at the same place as before, so that nothing is said to move from 2nd to 2nd.
    """
    both = [(i, j) for i, j in pairs if i is not None and j is not None]
    runs: list[tuple[int, int, tuple]] = []  # the best run that ends with each: its length, how many kept their place, the pairs
    for i, j in both:
        length, still, run = max((run for run in runs if run[2][-1][0] < i), key=lambda run: run[:2], default=(0, 0, ()))
        runs.append((length + 1, still + (i == j), (*run, (i, j))))
    kept = max(runs, key=lambda run: run[:2], default=(0, 0, ()))[2]
    return {j for _, j in both} - {j for _, j in kept}


def _best_first(left: dict[int, Part], right: dict[int, Part], score: Callable) -> Iterable[tuple[int, int]]:
    """Takes the pair with the highest score out of both, then the next.

    Among equals the nearest in place comes first, so that the pairs are the same in either direction.
    """
    scores = [(score(a, b), abs(i - j), i + j, i, j) for i, a in left.items() for j, b in right.items()]
    for _, _, _, i, j in sorted((-found, *rest) for found, *rest in scores if found):
        if i in left and j in right:
            del left[i], right[j]
            yield i, j


def _identical(a: Part, b: Part) -> bool:
    return a == b


def _known(part: Part, key: str):
    return part.get(key) if isinstance(part, dict) else None


def _same(key: str, a: Part, b: Part) -> bool:
    return bool(_known(a, key)) and _known(a, key) == _known(b, key)


def _likeness(a: Part, b: Part) -> float:
    """From ALIKE to 100, or 0. A link to another entry is another link, however like its words."""
    if _known(a, "number") != _known(b, "number"):
        return 0
    return fuzz.ratio(_text(a), _text(b), score_cutoff=ALIKE)


def _text(part) -> str:
    if isinstance(part, dict):
        return _text([value for key, value in part.items() if key not in _CHOICES])
    return "\n".join(map(_text, part)) if isinstance(part, list) else str(part)
