"""Mends mistyped Latin words by the words that documents and synonym groups hold."""

from rapidfuzz.distance import OSA, JaroWinkler

from faults.models import SearchWord
from faults.text.pinyin import spelled

SHORTEST = 3  # letters; anything shorter is too near to everything
LONG = 7  # letters from which two slips are forgiven


def correct(unknown: list[str], vocabulary: set[str]) -> dict[str, str]:
    """For each unknown word that isn't pinyin: the nearest word of the vocabulary or of a document, if one is near enough.

    One query at the most. A first letter is taken to be right: people rarely miss it, and it keeps the choice small.
    """
    wrong = [word for word in unknown if word.isalpha() and len(word) >= SHORTEST and not spelled(word)]
    if not wrong:
        return {}
    first = "".join({word[0] for word in wrong})
    choices = {*SearchWord.objects.filter(text__regex=f"^[{first}]").values_list("text", flat=True)}
    choices |= {word for word in vocabulary if word[0] in first and len(word) >= SHORTEST}
    return {word: near for word in wrong if (near := _nearest(word, choices))}


def _nearest(word: str, choices: set[str]) -> str:
    """The choice within one slip (two in a long word): swapped letters before others, then the likest."""
    allowed = 2 if len(word) >= LONG else 1
    near = [one for one in choices if one[0] == word[0] and OSA.distance(word, one, score_cutoff=allowed) <= allowed]
    return max(near, key=lambda one: (sorted(one) == sorted(word), JaroWinkler.similarity(word, one), one), default="")
