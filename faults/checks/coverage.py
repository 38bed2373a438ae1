"""Coverage: for every id that the knowledge must cover, where it is, or why it is not."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from faults.models import ReturnCode, Source


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
    codes = {f"{row.scheme}:{row.code}": row for row in ReturnCode.everything.all()}
    wanted = [f"{scheme}:{code}" for scheme, found in required["codes"].items() for code in found]
    places = _places_of_sources()
    return [
        *(Covered(one, places.get(one, [])) for name in ("seed", "facts", "foreign") for one in required[name]),
        *(Covered(one, [f"码 {codes[one].code}（{codes[one].get_status_display()}）"] if one in codes else []) for one in wanted),
    ]


def _places_of_sources() -> dict[str, list[str]]:
    sources = Source.objects.prefetch_related("faults", "codes", "terms")
    return {source.reference: _places(source) for source in sources}


def _places(source: Source) -> list[str]:
    if source.reason:
        return [f"不采用：{source.reason}"]
    return [
        *(f"{fault.number}号（{fault.get_status_display()}）" for fault in source.faults.all()),
        *(f"码 {row.scheme}:{row.code}" for row in source.codes.all()),
        *(f"术语“{term.name}”" for term in source.terms.all()),
    ]
