"""Rules for what callers say: each list is of something that is there, and says nothing twice."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from faults.checks.entries import Problem, of_words
from faults.models import Status, Wording
from faults.search.documents import items_of
from faults.text.fold import fold
from faults.text.pinyin import spelled


def problems() -> Iterator[Problem]:
    """Of every list that isn't archived, in a fixed number of queries."""
    wordings = list(Wording.everything.exclude(status=Status.ARCHIVED))
    items = items_of([wording.name for wording in wordings])
    for wording in wordings:
        if wording.name not in items:
            yield Problem(wording.name, _("说法不属于任何条目、返回码或术语"), field="name")
        yield from of_words(wording)
        yield from _said_twice(wording)
        yield from _in_pinyin(wording)


def _in_pinyin(wording: Wording) -> Iterator[Problem]:
    """Phrases of several syllables in Latin letters: known as words, they would be taken for what callers type in pinyin."""
    for words in wording.word_list:
        syllables = [spelled(word) for word in fold(words).split()]
        if words.isascii() and len(syllables) > 1 and all(syllables):
            yield Problem(wording.name, _("“%(words)s”是拼音，不用写：照汉字的音就找得到") % {"words": words}, field="words")


def _said_twice(wording: Wording) -> Iterator[Problem]:
    """Words that search takes for the same."""
    times = Counter(map(fold, wording.word_list))
    for words in wording.word_list:
        if times.pop(fold(words), 1) > 1:
            yield Problem(wording.name, _("“%(words)s”写了不止一次") % {"words": words}, field="words")
