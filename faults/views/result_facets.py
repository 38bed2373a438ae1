"""Narrowing results that have been found: by kind, category, terminal, and whether money is at stake."""

from collections import Counter

from django.utils.translation import gettext as _

from faults.models.search_documents import CODE, FAULT, TERM
from faults.search.find import Hit


def _kinds(hit: Hit) -> dict[str, str]:
    if hit.kind == FAULT:
        return {hit.item.kind: hit.item.get_kind_display()}
    return {hit.kind: {CODE: _("返回码"), TERM: _("术语")}[hit.kind]}


def _categories(hit: Hit) -> dict[str, str]:
    return {hit.item.category.slug: hit.item.category.name} if hit.kind == FAULT else {}


def _environments(hit: Hit) -> dict[str, str]:
    return {one.slug: one.name for one in hit.item.environments.all()} if hit.kind == FAULT else {}


def _red_lines(hit: Hit) -> dict[str, str]:
    return {"yes": _("只看有红线的")} if getattr(hit.item, "warning", "") else {}


FACETS = {"kind": _kinds, "category": _categories, "environment": _environments, "red": _red_lines}


def filter_hits(hits: list[Hit], chosen: dict[str, str]) -> tuple[list[Hit], list[dict]]:
    """The hits that fit every chosen value, and for each way its choices with what each would leave.

    A value that no hit has is not a choice of these results and is left out of account.
    """
    chosen = {name: value for name in FACETS if any((value := chosen.get(name, "")) in FACETS[name](hit) for hit in hits)}
    return _matching(hits, chosen), [_facet(name, hits, chosen) for name in FACETS]


def _matching(hits: list[Hit], chosen: dict[str, str]) -> list[Hit]:
    return [hit for hit in hits if all(value in FACETS[name](hit) for name, value in chosen.items())]


def _facet(name: str, hits: list[Hit], chosen: dict[str, str]) -> dict:
    left = _matching(hits, {other: value for other, value in chosen.items() if other != name})
    counts = Counter(pair for hit in left for pair in FACETS[name](hit).items())
    choices = [
        {"value": value, "label": label, "count": count, "is_chosen": chosen.get(name) == value}
        for (value, label), count in counts.most_common()
    ]
    labels = {"kind": _("类型"), "category": _("类别"), "environment": _("终端"), "red": _("提醒")}
    return {"name": name, "label": labels[name], "choices": choices, "is_chosen": name in chosen}
