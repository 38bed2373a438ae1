"""What slugs and choices are called, for whoever puts rows into words."""

from django.utils import translation

from faults.models import Audience, CodeTable, Confidence, Generation, Kind, Likelihood, ResponseClass, Retry, Status
from faults.models.lists import Actor, Category, Environment, Source


def display_names() -> dict[str, dict[str, str]]:
    """Row key → {slug, reference or choice: its name on screen}, in seven queries."""
    actors, tables = _names(Actor), _names(CodeTable)
    return {
        "category": _names(Category),
        "environments": _names(Environment),
        "actor": actors,
        "actors": actors,
        "sources": _sources(),
        "kind": _labels(Kind),
        "likelihood": _labels(Likelihood),
        "confidence": _labels(Confidence),
        "status": _labels(Status),
        "scheme": tables,
        "table": tables,
        "retry": _names(Retry),
        "class": _names(ResponseClass),
        "generation": _labels(Generation),
        "audience": _labels(Audience),
    }


def display_names_for_tables() -> dict[str, dict[str, str]]:
    """The same in the language of the tables, whoever takes them out: another one must be able to read them in."""
    with translation.override("zh-hans"):
        return display_names()


def _sources() -> dict[str, str]:
    """With what readers will see of them: a reviewer decides on it together with the item that names them."""
    return {reference: f"{reference} {title}".strip() for reference, title in Source.objects.values_list("reference", "title")}


def _names(model) -> dict[str, str]:
    return dict(model.objects.values_list("slug", "name"))


def _labels(choices) -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices}
