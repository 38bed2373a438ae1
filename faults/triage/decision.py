"""What the next step of a call should be: a question, a repair, or handing the call over. Plain numpy, no Django.

Of a call with H hypotheses (a cause of a candidate, each with the repair that helps if it is the one), a *belief* is an array
(..., H + 1) that sums to 1: the chance of each, and, last, of none of these. `minutes`, (H,), is what trying each repair costs; handing
over (the service call) costs SERVICE_CALL and always ends the call. One thing is wrong at a time, and a repair that helps is seen to.

Heckerman, Breese and Rommelse, “Decision-theoretic troubleshooting”, CACM 38(3), 1995: repairs are tried by chance per minute until
handing over is cheaper. Langseth and Jensen, “Decision theoretic troubleshooting of coherent systems”, RESS 80(1), 2003: a question is
asked if that is expected to be cheaper both than never asking and than asking it after the first repair.
"""

import numpy as np

NOISE = 0.2  # of answers that are wrong: callers guess. With 0.1 the questions cost more than they save (bench/triage.py)
UNKNOWN = 0.2  # of questions that the caller has no answer to
SERVICE_CALL = 150.0  # minutes: the acquirer is rung, told all of it, and sends somebody
MOST_QUESTIONS = 3  # no caller answers more before something is done
SURE_GAIN = 1e-9  # minutes: less is a rounding error


def answer_table(fits: np.ndarray) -> np.ndarray:
    """P(answer | hypothesis), (A, H + 1), of one question. `fits`, (A, H) of bool: whether the answer speaks for the hypothesis.

    Of the answers that fit one is given with 1 - NOISE, of the others with NOISE, in equal parts. Where all or none fit, and for none
    of these, the question says nothing: 1 / A each.
    """
    answers, fitting = len(fits), fits.sum(axis=0)
    matters = (fitting > 0) & (fitting < answers)
    told = np.where(fits, (1 - NOISE) / np.maximum(fitting, 1), NOISE / np.maximum(answers - fitting, 1))
    return np.concatenate([np.where(matters, told, 1 / answers), np.full((answers, 1), 1 / answers)], axis=1)


def stacked(tables: list[np.ndarray]) -> np.ndarray:
    """Tables of several questions as one array (Q, A, H + 1), A the most answers of any: those that a question lacks are never given."""
    most = max(len(table) for table in tables)
    return np.stack([np.pad(table, ((0, most - len(table)), (0, 0))) for table in tables])


def updated(belief: np.ndarray, told: np.ndarray) -> np.ndarray:
    """The belief after an answer: Bayes' rule. `told`, (H + 1,): its row of the question's table."""
    weighed = belief * told
    return weighed / weighed.sum()


def expected_minutes(belief: np.ndarray, minutes: np.ndarray) -> np.ndarray:
    """(...): what repairing costs, without a question: the sum over repairs, by chance per minute, of the minutes of each times the
    chance that none before it helped, as many as are worth it, then SERVICE_CALL times what is left."""
    order = np.argsort(-belief[..., :-1] / minutes, axis=-1)
    helped = np.cumsum(np.take_along_axis(belief[..., :-1], order, axis=-1), axis=-1)
    spent = np.cumsum(minutes[order] * (1 - helped + np.take_along_axis(belief[..., :-1], order, axis=-1)), axis=-1)
    return np.minimum(SERVICE_CALL, (spent + SERVICE_CALL * (1 - helped)).min(axis=-1))


def first_repair(belief: np.ndarray, minutes: np.ndarray) -> int | None:
    """The place of the repair to try first; None if handing over at once is cheaper than any."""
    best = int(np.argmax(belief[:-1] / minutes))
    return best if belief[best] * SERVICE_CALL > minutes[best] else None


def failed(belief: np.ndarray, repair: int) -> np.ndarray:
    """The belief after a repair that didn't help."""
    left = belief.copy()
    left[repair] = 0
    return left / left.sum()


def next_question(belief: np.ndarray, minutes: np.ndarray, tables: np.ndarray, costs: np.ndarray) -> int | None:
    """The place of the question to ask now, or None if a repair, or handing over, goes first.

    `tables`: (Q, A, H + 1), as `stacked` gives them; `costs`, (Q,): minutes that each question takes.
    """
    never = expected_minutes(belief, minutes)
    asking = _asking(belief, minutes, tables, costs, never)
    best = int(np.argmin(asking))
    if asking[best] >= never - SURE_GAIN:
        return None
    repair = first_repair(belief, minutes)
    if repair is None or belief[repair] >= 1:
        return best
    left = failed(belief, repair)
    asked = _asking(left, minutes, tables[best : best + 1], costs[best : best + 1], expected_minutes(left, minutes))[0]
    after = minutes[repair] + (1 - belief[repair]) * asked
    return best if asking[best] < after - SURE_GAIN else None


def most_telling(belief: np.ndarray, tables: np.ndarray) -> int:
    """The place of the question whose answer says most about which hypothesis it is: mutual information, whatever it costs."""
    joint = tables * belief
    apart = joint.sum(axis=-1, keepdims=True) * belief  # if the answer said nothing
    both = (joint > 0) & (apart > 0)
    told = np.where(both, joint * np.log(np.where(both, joint, 1) / np.where(both, apart, 1)), 0)
    return int(np.argmax(told.sum(axis=(-2, -1))))


def _asking(belief: np.ndarray, minutes: np.ndarray, tables: np.ndarray, costs: np.ndarray, never: float) -> np.ndarray:
    """(Q,): what each question costs and what the call then costs on average, over the answers and over there being none."""
    weighed = tables * belief
    chances = weighed.sum(axis=-1)
    posteriors = weighed / np.where(chances > 0, chances, 1)[..., None]
    told = (chances * expected_minutes(posteriors, minutes)).sum(axis=-1)
    return costs + UNKNOWN * never + (1 - UNKNOWN) * told
