"""What is different between two rows of a kind: field by field, cause by cause, fix by fix, in a reviewer's words. Pure, but for gettext.

Both rows are put into the reader's words first; what is compared after that is only text, lists of text, and parts made of these.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from types import MappingProxyType

from django.utils.translation import gettext as _

from faults.editing.knowledge_files import SHAPES, UNORDERED
from faults.editing.labels import LABELS, PARTS, labels_of
from faults.editing.pairing import Part, moved, pair
from faults.text.normalize import normalized_values

Names = Mapping[str, Mapping[str, str]]
Where = tuple[str, ...]

# Equal characters between two changes that are too few to be read as something kept.
CONFETTI = 2
# Lists of slugs and references: one is replaced by another, not reworded.
_REFERENCES = UNORDERED | {"actors"}


class Change(StrEnum):
    """What became of a text or a part. MOVED: it says the same (or is also REWORDED) at another place among its like."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"


@dataclass(frozen=True)
class Piece:
    """Characters that were added, were removed, or (None) stand in both texts."""

    text: str
    change: Change | None


@dataclass(frozen=True)
class Difference:
    """One thing that a reviewer looks at. A part that was both moved and reworded gives two."""

    where: Where  # in words, outermost first; places are those in the new row, of what was removed those in the old
    change: Change
    before: str  # what it said; of a moved part, its place
    after: str

    @property
    def pieces(self) -> list[Piece]:
        """From before to after: what was kept, and at every change what was removed, then what was added."""
        found, i, j = [], 0, 0
        for start, other, size in _matching_blocks(self.before, self.after):
            found += [Piece(self.before[i:start], Change.REMOVED), Piece(self.after[j:other], Change.ADDED)]
            i, j = start + size, other + size
            found.append(Piece(self.before[start:i], None))
        return [piece for piece in found if piece.text]


def differences(kind: str, before: dict, after: dict, names: Names = MappingProxyType({})) -> list[Difference]:
    """What must be done to the one row to get the other, in the order of LABELS[kind]; nothing if they say the same.

    {} stands for a row that isn't there: the item is new, or was deleted. A key that a row lacks has the default of its SHAPE,
    if files know the kind.
    Rows are normalized first: an older one may have its line ends and blanks in another way, which is no difference.
    `names` says slugs and choices in words, by key: {"status": {"draft": "草稿"}, "environments": {"all": "所有终端"}}.
    """
    old, new = (_worded(kind, SHAPES.get(kind, {}), normalized_values(row), names) for row in (before, after))
    return list(_of_row(kind, old, new, ()))


def _worded(kind: str, shape: dict, row: dict, names: Names) -> dict:
    return {key: _value(key, shape.get(key, ""), row, names) for key in LABELS[kind]}


def _value(key: str, default, row: dict, names: Names) -> str | list:
    said = names.get(key, {})
    if key in PARTS:
        return [_worded(PARTS[key], default[0], part, names) for part in row.get(key) or []]
    if isinstance(default, list):
        return [said.get(item, item) for item in row.get(key) or []]
    return _text(row.get(key, default), said) if row else ""


def _text(value, said: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return said.get(str(value), str(value)) if value else ""  # 0 is no number, as in merged_into


def _of_row(kind: str, old: dict, new: dict, where: Where) -> Iterator[Difference]:
    for key, label in labels_of(kind).items():
        if isinstance(new[key], list):
            yield from _of_list(key, label, old[key], new[key], where)
        else:
            yield from _of_text(old[key], new[key], (*where, label))


def _of_text(old: str, new: str, where: Where) -> Iterator[Difference]:
    if old != new:
        change = Change.ADDED if not old else Change.REMOVED if not new else Change.REWORDED
        yield Difference(where, change, old, new)


def _of_list(key: str, label: str, old: list, new: list, where: Where) -> Iterator[Difference]:
    pairs = pair(old, new, reworded=key not in _REFERENCES)
    out_of_order = set() if key in UNORDERED else moved(pairs)
    for i, j in pairs:
        part, place = (old[i], i) if j is None else (new[j], j)
        here = (*where, _called(key, label, part, place))
        if j is None:
            yield Difference(here, Change.REMOVED, _whole(key, part), "")
        elif i is None:
            yield Difference(here, Change.ADDED, "", _whole(key, part))
        else:
            if j in out_of_order:
                yield _move(i, j, part, here)
            yield from _of_part(key, old[i], part, here)


def _of_part(key: str, old: Part, new: Part, where: Where) -> Iterator[Difference]:
    return _of_row(PARTS[key], old, new, where) if key in PARTS else _of_text(old, new, where)


def _move(i: int, j: int, part: Part, where: Where) -> Difference:
    """A text that moved is named by its words, which stand nowhere else in the difference."""
    here = (*where[:-1], _("%(what)s：%(name)s") % {"what": where[-1], "name": part}) if isinstance(part, str) else where
    before, after = _("第%(n)s个") % {"n": i + 1}, _("第%(n)s个") if i != j else _("还是第%(n)s个，前后换了")
    return Difference(here, Change.MOVED, before, after % {"n": j + 1})


def _called(key: str, label: str, part: Part, place: int) -> str:
    """A part's name in the list: “原因 2：线没插好”, “步骤 3”, “相关条目 58”, “来源”."""
    if isinstance(part, str):
        return label if key in UNORDERED else f"{label} {place + 1}"
    if "number" in part:
        return f"{label} {part['number']}"
    words = part.get("title") or part.get("claim") or part.get("table")
    called = f"{label} {place + 1}"
    return _("%(what)s：%(name)s") % {"what": called, "name": words} if words else called


def _whole(key: str, part: Part) -> str:
    return "\n".join(_lines(PARTS[key], part)) if key in PARTS else part


def _lines(kind: str, part: dict) -> Iterator[str]:
    """The part to read from top to bottom, a labelled line for all that it says."""
    for key, label in labels_of(kind).items():
        if key in PARTS:
            for place, inner in enumerate(part[key]):
                yield from (_called(key, label, inner, place), *_lines(PARTS[key], inner))
        elif isinstance(part[key], list):
            yield _("%(what)s：%(name)s") % {"what": label, "name": ""}
            yield from (f"{place}. {text}" for place, text in enumerate(part[key], 1))
        elif part[key]:
            yield _("%(what)s：%(name)s") % {"what": label, "name": part[key]}


def _matching_blocks(before: str, after: str) -> list[tuple[int, int, int]]:
    """What stands in both texts, as (start before, start after, length); the last one is the end of both."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    start, end = (0, 0), (len(before), len(after))
    blocks = matcher.get_matching_blocks()
    return [(i, j, size) for i, j, size in blocks if size > CONFETTI or (i, j) == start or (i + size, j + size) == end]
