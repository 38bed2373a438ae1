"""A search that fits several things, as a case to be narrowed down: its candidates, what was answered so far, and what to ask now."""

from dataclasses import dataclass

import numpy as np
from django.db.models import prefetch_related_objects

from faults.models import Answer, Fault, Likelihood, Question
from faults.models.questions import UNKNOWN
from faults.models.search_documents import FAULT
from faults.search.documents import name_of
from faults.search.find import MONEY, Found, Hit
from faults.search.weights import SURE
from faults.triage import facts
from faults.triage.decision import MOST_QUESTIONS, most_telling, next_question, stacked, updated

CANDIDATES = 12  # of what was found: behind these hardly anything is meant
ELSEWHERE = 0.5  # of the chance that none of the first three is meant: that nothing of what was found is
OUT = 0.02  # a candidate that is less likely than this, by what was answered, is put aside
WEIGHTS = {Likelihood.COMMON: 6.0, Likelihood.POSSIBLE: 3.0, Likelihood.RARE: 1.0}  # solved calls that the editor's word counts as


@dataclass(frozen=True)
class Hypothesis:
    """One cause of a candidate, or a candidate that has none. `hit`: its place among the candidates; `place`: the cause's on its page;
    `share`: of the candidate's chance; `minutes`: what trying its repair costs."""

    hit: int
    about: str
    cause: str = ""
    place: int = 0
    share: float = 1.0
    minutes: float = 1.0


@dataclass(frozen=True)
class Given:
    """A question that was asked; `answer` is None where the caller didn't know."""

    question: Question
    answer: Answer | None

    @property
    def said(self) -> str:
        """As the address says it."""
        return f"{self.question.slug}:{self.answer.slug if self.answer else UNKNOWN}"


@dataclass(frozen=True)
class Inquiry:
    """What is known of a case. `question`: what to ask now, None for nothing, with its `answers`; `hits`: the candidates, the likeliest
    first, and behind them what else was found; `out`: those that the answers speak against; `anchors`: by the candidate, where its
    page shows the cause that the answers point to; `chance`: of the first; `has_misread`: whether the address said what is no answer.
    """

    given: tuple[Given, ...]
    question: Question | None
    answers: tuple[Answer, ...]
    hits: list[Hit]
    out: list[Hit]
    anchors: dict[Hit, int]
    riskiest: Fault | None
    chance: float
    has_misread: bool

    @property
    def is_settled(self) -> bool:
        """Whether the answers have made it sure enough that the first is meant."""
        return bool(self.given) and self.chance >= SURE


def inquire(found: Found, hits: list[Hit], said: list[str]) -> Inquiry:
    """The case of a search that isn't sure. `hits`: of what was found, what is shown; `said`: slug:answer, as the address says it.

    What is no question or no answer of it is left out of account, and so is a second answer and what is more than MOST_QUESTIONS.
    A fixed number of queries.
    """
    known = facts.current()
    given = _given(known, said)
    candidates = hits[:CANDIDATES]
    hypotheses = _hypotheses(candidates)
    names = [(one.about, one.cause) for one in hypotheses]
    belief = _prior(found, candidates, hypotheses)
    for one in given:
        if one.answer:
            asked = known.asked[one.question.slug]
            belief = updated(belief, asked.table(names)[asked.answers.index(one.answer)])
    asked = _next(known, given, hypotheses, names, belief, found.query.is_vague)
    chances = np.bincount([one.hit for one in hypotheses], belief[:-1], minlength=len(candidates))
    order = np.argsort(-chances, kind="stable") if any(one.answer for one in given) else np.arange(len(candidates))
    stay = [place for place in order.tolist() if not given or chances[place] >= OUT or place == order[0]]
    return Inquiry(
        given=given,
        question=asked and asked.question,
        answers=asked.answers if asked else (),
        hits=[*(candidates[place] for place in stay), *hits[CANDIDATES:]],
        out=[candidates[place] for place in order.tolist() if place not in stay],
        anchors=_anchors(candidates, hypotheses, belief) if given else {},
        riskiest=_riskiest(candidates),
        chance=float(chances[order[0]]),
        has_misread=len(given) < len(said),
    )


def _given(known: facts.Facts, said: list[str]) -> tuple[Given, ...]:
    given: dict[str, Given] = {}
    for one in said:
        slug, _colon, answer = one.partition(":")
        asked = known.asked.get(slug)
        if asked and slug not in given and (answer == UNKNOWN or asked.answer(answer)):
            given[slug] = Given(asked.question, asked.answer(answer))
    return tuple(given.values())[:MOST_QUESTIONS]


def _next(
    known: facts.Facts, given: tuple[Given, ...], hypotheses: list[Hypothesis], names: list[tuple], belief: np.ndarray, is_vague: bool
):
    """The question to ask now; None for none. Who said nothing but that it doesn't work is asked one whatever that saves: what the list
    holds then is a guess."""
    if len(given) >= MOST_QUESTIONS:
        return None
    past = {one.question.slug for one in given}
    open_ = [one for slug, one in known.asked.items() if slug not in past and one.splits(names)]
    if not open_:
        return None
    minutes = np.array([one.minutes for one in hypotheses])
    costs = np.array([one.question.seconds / 60 for one in open_])
    tables = stacked([one.table(names) for one in open_])
    place = next_question(belief, minutes, tables, costs)
    if place is None and is_vague and not given:
        place = most_telling(belief, tables)
    return None if place is None else open_[place]


def _hypotheses(candidates: list[Hit]) -> list[Hypothesis]:
    faults = [hit.item for hit in candidates if hit.kind == FAULT]
    prefetch_related_objects(faults, "causes__fixes__actor", "causes__standing", "fixes__actor")
    return [one for place, hit in enumerate(candidates) for one in _of_hit(place, hit)]


def _of_hit(place: int, hit: Hit) -> list[Hypothesis]:
    """Each cause's share: what its editor says, as so many solved calls, and the solved calls that were counted."""
    about = name_of(hit.item)
    causes = hit.item.causes_to_ask if hit.kind == FAULT else []
    if not causes:
        return [Hypothesis(place, about, minutes=_minutes(hit.item.general_fixes if hit.kind == FAULT else []))]
    weights = [WEIGHTS[cause.likelihood] + cause.times_solved for cause in causes]
    return [
        Hypothesis(place, about, cause.title, at, weight / sum(weights), _minutes(list(cause.fixes.all())))
        for at, (cause, weight) in enumerate(zip(causes, weights, strict=True))
    ]


def _minutes(fixes: list) -> float:
    """Of what is done first."""
    return float(fixes[0].actor.minutes) if fixes else 1.0


def _prior(found: Found, candidates: list[Hit], hypotheses: list[Hypothesis]) -> np.ndarray:
    """The belief before any answer: search's probabilities, within the first three and behind them by how well each fits."""
    weights = np.exp([hit.score - found.hits[0].score for hit in candidates])
    places = [found.hits.index(hit) for hit in candidates]  # some of them may be narrowed away
    groups = [
        (found.probability, {0}),
        (found.chance - found.probability, {1, 2}),
        ((1 - found.chance) * (1 - ELSEWHERE), set(range(3, 99))),
    ]
    chances = np.zeros(len(candidates))
    for chance, members in groups:
        inside = np.array([place in members for place in places])
        if inside.any():
            chances[inside] = max(chance, 0.0) * weights[inside] / weights[inside].sum()
    belief = np.array([chances[one.hit] * one.share for one in hypotheses] + [(1 - found.chance) * ELSEWHERE])
    return belief / belief.sum()


def _anchors(candidates: list[Hit], hypotheses: list[Hypothesis], belief: np.ndarray) -> dict[Hit, int]:
    """By candidate, the number of the cause on its page that is likelier than all others together; not the first, which stands there."""
    found = {}
    for place, hit in enumerate(candidates):
        own = [(belief[at], one.place) for at, one in enumerate(hypotheses) if one.hit == place]
        likeliest, cause = max(own)
        if cause and likeliest > sum(chance for chance, _place in own) / 2:
            found[hit] = cause + 1
    return found


def _riskiest(candidates: list[Hit]) -> Fault | None:
    """Of the candidates with a red line the first about money, or else the first; no answer changes it, for an answer may be wrong."""
    warned = [hit.item for hit in candidates if hit.kind == FAULT and hit.item.warning]
    return next((one for one in warned if one.category.slug in MONEY), next(iter(warned), None))
