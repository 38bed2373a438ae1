"""One way to take a query: its parts with their alternatives, as cells to look for and as phrases to compare."""

from faults.search.ngrams import NGram, ngrams, spoken
from faults.search.weights import SYNONYM, VARIANTS
from faults.text.fold import figures
from faults.text.pinyin import initial_tokens


def _written(text: str, latin: frozenset[str]) -> tuple[NGram, ...]:
    """The text's cells without their sounds."""
    return tuple(NGram(ngram.exact) for ngram in ngrams(text, latin) if ngram.exact)


class Interpretation:
    """One way to take the query: as a whole, or one clause of it.

    `slots`: alternatives for each part, the caller's own word first. `latin`: Latin words that are words, not pinyin.
    `trust`: how sure it is that this is what was meant. `without`: parts of search that are left out (prepared_query.PARTS).
    """

    def __init__(self, slots: list[list[str]], latin: frozenset[str], trust: float = 1.0, without: frozenset[str] = frozenset()):
        typed = [slot[0] for slot in slots]
        self.trust, self.has_similarity = trust, "likeness" not in without
        by_sound = "sounds" not in without
        of = ngrams if by_sound else _written
        self.slots = [[(of(text, latin), SYNONYM if place else 1.0) for place, text in enumerate(slot)] for slot in slots]
        self.whole = of("".join(typed), latin)
        self.wholes = _wholes(slots)
        self.spoken = spoken("".join(typed), latin) if by_sound else ""
        is_letters = len(typed) == 1 and typed[0].isalpha() and typed[0].isascii()
        self.letters = typed[0] if is_letters and "initials" not in without else ""
        self.ngrams = frozenset(ngram for slot in self.slots for found, _ in slot for ngram in found).union(self.whole)
        self.written = frozenset(ngram.exact for ngram in self.ngrams if ngram.exact)
        self.figures = figures("".join(typed))
        self.typed = frozenset(ngram.exact for ngram in self.whole if ngram.exact)  # `written` has other words for the same too
        self.sounds = frozenset(sound for ngram in self.ngrams for sound in ngram.sounds)

    def tokens(self) -> list[str]:
        """Every token of the index that this reading may be found by."""
        return [*self.written, *self.sounds, *initial_tokens(self.letters)]


def _wholes(slots: list[list[str]]) -> list[tuple[str, float]]:
    """The query as typed, and with one part said in other words; each with how far it is to be trusted."""
    typed = [slot[0] for slot in slots]
    found = [("".join(typed), 1.0)]
    for place, slot in enumerate(slots):
        found += [("".join([*typed[:place], other, *typed[place + 1 :]]), SYNONYM) for other in slot[1:]]
    return found[:VARIANTS]
