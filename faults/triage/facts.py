"""The questions as this desk keeps them and what their answers speak for, compiled once a content version."""

from dataclasses import dataclass

import numpy as np

from faults.models import Answer, ContentVersion, Question
from faults.triage.decision import answer_table


@dataclass(frozen=True)
class Asked:
    """A question with its answers, and by (about, cause) the slugs of those that fit."""

    question: Question
    answers: tuple[Answer, ...]
    fits: dict[tuple[str, str], frozenset[str]]

    def answer(self, slug: str) -> Answer | None:
        """The answer of that slug; None if there is none."""
        return next((one for one in self.answers if one.slug == slug), None)

    def table(self, hypotheses: list[tuple[str, str]]) -> np.ndarray:
        """decision.answer_table for hypotheses named by (about, cause): what is said of a cause goes before what is said of its entry."""
        fitting = [self.fits.get(one) or self.fits.get((one[0], ""), frozenset()) for one in hypotheses]
        return answer_table(np.array([[answer.slug in slugs for slugs in fitting] for answer in self.answers], dtype=bool))

    def splits(self, hypotheses: list[tuple[str, str]]) -> bool:
        """Whether anything is known that tells these apart."""
        return any(one in self.fits or (one[0], "") in self.fits for one in hypotheses)


class Facts:
    """Of one content version: every question that has two answers or more, by its slug."""

    def __init__(self, version: str):
        self.version = version
        self.asked = {}
        for question in Question.objects.prefetch_related("answers", "evidence"):
            answers = tuple(question.answers.all())
            fits = {(one.about, one.cause): frozenset(one.fit_list) for one in question.evidence.all()}
            if len(answers) > 1:
                self.asked[question.slug] = Asked(question, answers, fits)


_kept: Facts | None = None


def current() -> Facts:
    """The facts in force; one query when nothing has changed."""
    global _kept  # noqa: PLW0603 (one a process is the point)
    version = ContentVersion.current()
    facts = _kept
    if facts is None or facts.version != version:
        facts = _kept = Facts(version)
    return facts
