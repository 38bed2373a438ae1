"""Coverage: for every id that the knowledge must cover, where it is, or why it is not; and which words of the trade nobody explains."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.utils.translation import gettext as _

from faults.checks.entries import Problem, entry_number
from faults.models import Fault, ReturnCode, Source, Term


@dataclass(frozen=True)
class Covered:
    """One required id. `places`: where it stands, in words; empty when it is missing."""

    id: str
    places: list[str]

    @property
    def is_missing(self) -> bool:
        return not self.places


def coverage(folder: Path) -> list[Covered]:
    """Every source and code of required.yaml with its places, in a fixed number of queries."""
    required = yaml.safe_load((folder / "required.yaml").read_text(encoding="utf-8"))
    codes = {f"{row.scheme_id}:{row.code}": row for row in ReturnCode.everything.all()}
    wanted = [f"{scheme}:{code}" for scheme, found in required["codes"].items() for code in found]
    places = _places_of_sources()
    return [
        *(Covered(one, places.get(one, [])) for name in ("seed", "facts", "foreign") for one in required[name]),
        *(Covered(one, [_code(codes[one])] if one in codes else []) for one in wanted),
    ]


def _code(row: ReturnCode) -> str:
    return _("码 %(code)s（%(status)s）") % {"code": row.code, "status": row.get_status_display()}


def _places_of_sources() -> dict[str, list[str]]:
    sources = Source.objects.prefetch_related("faults", "codes", "terms")
    return {source.reference: _places(source) for source in sources}


def _places(source: Source) -> list[str]:
    if source.reason:
        return [_("不采用：%(reason)s") % {"reason": source.reason}]
    return [
        *(
            _("%(number)s号（%(status)s）") % {"number": fault.number, "status": fault.get_status_display()}
            for fault in source.faults.all()
        ),
        *(_("码 %(code)s") % {"code": f"{row.scheme_id}:{row.code}"} for row in source.codes.all()),
        *(_("术语“%(name)s”") % {"name": term.name} for term in source.terms.all()),
    ]


def unexplained(folder: Path) -> Iterator[Problem]:
    """The jargon of required.yaml that stands in a published entry but in no published term."""
    words = yaml.safe_load((folder / "required.yaml").read_text(encoding="utf-8"))["jargon"]
    explained = {word for term in Term.objects.all() for word in (term.name, *term.alias_list)}
    parts = ("causes__fixes", "fixes", "myths", "links")
    texts = {fault: "\n".join(fault.texts()) for fault in Fault.objects.prefetch_related(*parts)}
    for word in set(words) - explained:
        used = [fault for fault, text in texts.items() if word in text]
        if used:
            yield Problem(entry_number(used[0]), _("用了“%(word)s”，术语里没有解释（共%(n)s条在用）") % {"word": word, "n": len(used)})
