"""Measures search on judged queries: how often the first, the first three, the first five answers are right."""

import json
import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from faults.models import Fault, Judgment, ReturnCode, Term
from faults.search.find import Found, find
from faults.search.weights import SURE

DEPTH = 10


class JudgmentError(Exception):
    """A judgment file can't be used; the message names the file and the line."""


@dataclass
class Judged:
    """One query with its outcome. `rank`: place of the first right answer, from 1; 0 is none among the first ten."""

    id: str
    query: str
    kind: str
    gold: list[str]
    rank: int
    answered: bool
    milliseconds: float
    probability: float  # that the first is right, as search has it; 0 where nothing was presented
    shown: list[str] = field(default_factory=list)


def read(paths: Iterable[Path]) -> list[dict]:
    """The judgments of the files. Raises JudgmentError for a file or line that can't be read."""
    return [_line(path, number, line) for path in paths for number, line in enumerate(_lines(path), start=1) if line.strip()]


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise JudgmentError(_("%(path)s：读不了（%(why)s）。") % {"path": path, "why": error}) from error


def _line(path: Path, number: int, line: str) -> dict:
    try:
        judgment = json.loads(line)
        return {"id": str(judgment["id"]), "query": str(judgment["query"]), "kind": str(judgment["kind"]), "gold": list(judgment["gold"])}
    except (ValueError, KeyError, TypeError) as error:
        said = _("%(path)s 第 %(line)s 行：要有 id、query、kind、gold（%(why)r）。")
        raise JudgmentError(said % {"path": path, "line": number, "why": error}) from error


def stored(judgments: Iterable[Judgment]) -> list[dict]:
    """What editors said a search should find, as a file would say it."""
    return [{"id": f"stored:{one.pk}", "query": one.query, "kind": "stored", "gold": [expected(one)]} for one in judgments]


def expected(judgment: Judgment) -> str:
    """The reference of the page that a stored judgment asks for."""
    return f"fault:{judgment.fault.number}" if judgment.fault else f"code:{judgment.code}"


def references() -> dict:
    """For every page a search can show: the references it counts for. Each has one of its own: fault:40, code:97, term:签到."""
    known = {}
    for item in Fault.objects.prefetch_related("sources"):
        known[Fault, item.pk] = {f"fault:{item.number}", *_sources(item)}
    for item in Term.objects.prefetch_related("sources"):
        known[Term, item.pk] = {f"term:{item.name}", *_sources(item)}
    for row in ReturnCode.objects.prefetch_related("sources"):
        page = known.setdefault((ReturnCode, row.code), {f"code:{row.code}"})
        page.update([f"{row.scheme_id}:{row.code}", *_sources(row)])
    return _with_merged(known)


def _sources(item) -> list[str]:
    return [source.reference for source in item.sources.all()]


def _with_merged(known: dict) -> dict:
    """An entry that others went into counts for them: the nearest that readers find."""
    for number in Fault.everything.exclude(merged_into=None).values_list("number", flat=True):
        if target := Fault.objects.merge_target_of(number):
            known[Fault, target.pk].add(f"fault:{number}")
    return known


def _page(item) -> tuple:
    return (ReturnCode, item.code) if isinstance(item, ReturnCode) else (type(item), item.pk)


def judge(judgments: list[dict], without: frozenset[str] = frozenset()) -> list[Judged]:
    """Searches for every query as an anonymous reader would, and notes where the first right answer stands.

    `without`: parts of search to leave out (prepared_query.PARTS), to see what each is worth.
    """
    known, reader = references(), AnonymousUser()
    find(reader, "预热")  # the first search loads the conversion tables; readers never meet it
    return [_judge_one(judgment, known, reader, without) for judgment in judgments]


def _judge_one(judgment: dict, known: dict, reader, without: frozenset[str]) -> Judged:
    started = time.perf_counter()
    found: Found = find(reader, judgment["query"], without=without)
    elapsed = (time.perf_counter() - started) * 1000
    hits = found.hits[:DEPTH]
    right = [bool(known.get(_page(hit.item), set()) & set(judgment["gold"])) for hit in hits]
    rank = right.index(True) + 1 if True in right else 0
    probability = found.probability if hits else 0.0
    return Judged(**judgment, rank=rank, answered=bool(hits), milliseconds=elapsed, probability=probability, shown=_shown(hits))


def _shown(hits: list) -> list[str]:
    return [str(hit.item) for hit in hits[:3]]


def _figures(judged: list[Judged]) -> dict:
    """n, success at 1, 3 and 5, mean reciprocal rank at 10, and the share without results; shares from 0 to 1."""
    count = len(judged) or 1
    return {
        "n": len(judged),
        **{f"s{depth}": round(sum(0 < one.rank <= depth for one in judged) / count, 4) for depth in (1, 3, 5)},
        "mrr": round(sum(1 / one.rank for one in judged if one.rank) / count, 4),
        "zero": round(sum(not one.answered for one in judged) / count, 4),
    }


def _calibration(judged: list[Judged]) -> list[dict]:
    """Of what was presented, by tenths of its probability: how many, and the share whose first answer was right."""
    tenths: dict[int, list[Judged]] = {}
    for one in judged:
        if one.answered:
            tenths.setdefault(min(int(one.probability * 10), 9), []).append(one)
    return [
        {"from": tenth / 10, "n": len(of_tenth), "right": round(sum(one.rank == 1 for one in of_tenth) / len(of_tenth), 4)}
        for tenth, of_tenth in sorted(tenths.items())
    ]


def _presented_as_sure(judged: list[Judged]) -> dict:
    """Of all queries, the share whose first was presented as the answer, and the share where that was wrong."""
    count, sure = len(judged) or 1, [one for one in judged if one.answered and one.probability >= SURE]
    return {"share": round(len(sure) / count, 4), "wrong": round(sum(one.rank != 1 for one in sure) / count, 4)}


def summary(judged: list[Judged]) -> dict:
    """The figures for all and by kind; for unanswerable queries the share rightly left without an answer; times in milliseconds;
    how often what was presented with a probability is right, and how often what was presented as the answer is wrong."""
    answerable = [one for one in judged if one.gold]
    hopeless = [one for one in judged if not one.gold]
    times = sorted(one.milliseconds for one in judged) or [0.0]
    return {
        "all": _figures(answerable),
        "kinds": {kind: _figures([one for one in answerable if one.kind == kind]) for kind in sorted({one.kind for one in answerable})},
        "unanswerable": {"n": len(hopeless), "right": round(sum(not one.answered for one in hopeless) / (len(hopeless) or 1), 4)},
        "sure": _presented_as_sure(judged),
        "calibration": _calibration(judged),
        "ms": {"median": round(statistics.median(times), 2), "p95": round(times[min(len(times) - 1, int(len(times) * 0.95))], 2)},
    }
