"""Rules for questions: each tells something apart, names what is there, and asks for nothing that crosses a red line."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from faults.checks.entries import RED, Problem, crossed_in
from faults.models import Cause, Evidence, Question
from faults.models.questions import MOST_ANSWERS
from faults.search.documents import items_of


def problems() -> Iterator[Problem]:
    """Of every question, in a fixed number of queries."""
    questions = list(Question.objects.prefetch_related("answers", "evidence"))
    items = items_of({one.about for question in questions for one in question.evidence.all()})
    titles = set(Cause.objects.values_list("fault__number", "title"))
    for question in questions:
        where, answers = _("问题%(slug)s") % {"slug": question.slug}, {one.slug for one in question.answers.all()}
        for text in (question.text, *(one.text for one in question.answers.all())):
            yield from (Problem(where, sentence, RED) for sentence in crossed_in(text))
        if not 2 <= len(answers) <= MOST_ANSWERS:
            yield Problem(where, _("要有两到四个答法，“不知道”不算"))
        fitting = set()
        for one in question.evidence.all():
            yield from (Problem(where, f"“{one}”：{sentence}") for sentence in _wrong(one, answers, items, titles))
            fitting.add(frozenset(one.fit_list))
        if len(fitting) < 2:
            yield Problem(where, _("分不开任何两条：每一行合的答法都一样，或者一行也没有"))


def _wrong(one: Evidence, answers: set[str], items: dict, titles: set[tuple[int, str]]) -> Iterator[str]:
    item = items.get(one.about)
    if item is None:
        yield _("没有这一条")
    elif one.cause and (getattr(item, "number", None), one.cause) not in titles:
        yield _("这一条没有叫这个名字的原因")
    if not set(one.fit_list) < answers or not one.fit_list:
        yield _("合的答法要是这个问题的，至少一个，不能全是")
