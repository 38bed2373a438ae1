"""Causes, fixes and myths in one cell: lines with a label in front, so that people read and edit them without brackets.

    原因：线没插好
    怎么确认：网线插紧了吗？
    谁来处理：收银员
    步骤：拔下来再插紧。

A block's first label begins the next block of its sort; a block may hold others (a cause holds fixes).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from faults.editing.knowledge_files import SHAPES
from faults.editing.transfer.cells import Names, one_line, quoted, slug_of
from faults.editing.transfer.errors import WrongText

_LABELLED = re.compile(r"\s*([^：:]*?)\s*[：:]\s*(.*)")
_CHOSEN = {"actor", "likelihood"}  # keys whose value is one of names[key]
_NEEDED = {"steps": "步骤"}  # a fix without a step is none


@dataclass(frozen=True)
class Block:
    """One sort of block. `labels`: label → key, the first of which begins a block; `holds`: key and sort of the blocks within."""

    labels: Mapping[str, str]
    shape: Mapping[str, object]
    holds: "tuple[str, Block] | None" = None

    @property
    def opening(self) -> str:
        return next(iter(self.labels))

    def empty(self) -> dict:
        return {key: [] if isinstance(default, list) else default for key, default in self.shape.items()}

    def levels(self) -> "list[Block]":
        """This sort and those within, outermost first."""
        return [self, *(self.holds[1].levels() if self.holds else [])]


FIX = Block(
    {"谁来处理": "actor", "步骤": "steps", "正常应该怎样": "expected", "不是这样": "otherwise", "注意": "note"},
    SHAPES["fault"]["fixes"][0],
)
CAUSE = Block({"原因": "title", "多不多见": "likelihood", "怎么确认": "check"}, SHAPES["fault"]["causes"][0], ("fixes", FIX))
MYTH = Block({"常见的说法": "claim", "一句话结论": "verdict", "为什么不对": "reason"}, SHAPES["fault"]["myths"][0])


@dataclass(frozen=True)
class Blocks:
    """A cell that holds blocks of one sort."""

    block: Block

    def write(self, value: list[dict], names: Names) -> str:
        return "\n\n".join("\n".join(_written(self.block, item, names)) for item in value)

    def read(self, text: str, names: Names) -> list[dict]:
        reading = _Reading(self.block, names)
        for number, line in enumerate(text.splitlines(), start=1):
            if line.strip():
                reading.take(number, line)
        reading.close(0)
        return reading.items

    def hint(self, names: Names) -> str:
        return f"每行以这些开头：{_all_labels(self.block)}。“{self.block.opening}：”开始下一条，写法见下面的例子"


def _written(block: Block, item: dict, names: Names) -> Iterator[str]:
    """The lines of one block; what is empty is left out, except the line that begins it."""
    for label, key in block.labels.items():
        for text in item[key] if isinstance(item[key], list) else [item[key]]:
            shown = one_line(names[key].get(text, text) if key in _CHOSEN else text)
            if shown or label == block.opening:
                yield f"{label}：{shown}"
    for inner in item[block.holds[0]] if block.holds else []:
        yield from _written(block.holds[1], inner, names)


def _all_labels(block: Block) -> str:
    return "、".join(f"{label}：" for level in block.levels() for label in level.labels)


@dataclass
class _Open:
    """A block whose lines are being read: where it began, and which labels it has had."""

    item: dict
    line: int
    seen: set[str] = field(default_factory=set)


class _Reading:
    """Takes the lines of a cell one by one. `open` holds the block being read at each level, outermost first."""

    def __init__(self, block: Block, names: Names):
        self.levels, self.names = block.levels(), names
        self.items: list[dict] = []
        self.open: list[_Open] = []

    def take(self, number: int, line: str) -> None:
        """Reads one line. Raises WrongText that says which line of the cell is wrong."""
        found = _LABELLED.fullmatch(line)
        level = next((depth for depth, block in enumerate(self.levels) if found and found[1] in block.labels), None)
        if level is None:
            said, labels = quoted(line.strip()), _all_labels(self.levels[0])
            raise _wrong(number, _("%(said)s看不懂，每行要以这些开头：%(labels)s。"), said=said, labels=labels)
        if found[1] == self.levels[level].opening:
            self._begin(level, number, found[1])
        else:
            self._check_place(level, number, found[1])
        self._put(level, number, found[1], found[2].strip())

    def close(self, level: int) -> None:
        """Ends the blocks of this level and within. Raises WrongText for one that lacks what it needs."""
        for depth in range(level, len(self.open)):
            ended, opening = self.open[depth], self.levels[depth].opening
            for key, label in _NEEDED.items():
                if ended.item.get(key) == []:
                    raise _wrong(ended.line, _("“%(opening)s：”下面没有“%(label)s：”，请补上。"), opening=opening, label=label)
        del self.open[level:]

    def _begin(self, level: int, number: int, label: str) -> None:
        if level > len(self.open):
            raise _wrong(number, _("“%(label)s：”前面要先写“%(opening)s：”。"), label=label, opening=self.levels[level - 1].opening)
        self.close(level)
        begun = _Open(self.levels[level].empty(), number)
        siblings = self.open[level - 1].item[self.levels[level - 1].holds[0]] if level else self.items
        siblings.append(begun.item)
        self.open.append(begun)

    def _check_place(self, level: int, number: int, label: str) -> None:
        if level >= len(self.open):
            raise _wrong(number, _("“%(label)s：”前面要先写“%(opening)s：”。"), label=label, opening=self.levels[level].opening)
        if level < len(self.open) - 1:
            raise _wrong(number, _("“%(label)s：”要写在“%(opening)s：”前面。"), label=label, opening=self.levels[level + 1].opening)

    def _put(self, level: int, number: int, label: str, text: str) -> None:
        """Keeps a line's text; a line with nothing behind its label says nothing."""
        block, here = self.levels[level], self.open[level]
        if label in here.seen and not isinstance(here.item[block.labels[label]], list):
            raise _wrong(number, _("同一个“%(opening)s：”下面，“%(label)s：”只能写一次。"), opening=block.opening, label=label)
        here.seen.add(label)
        if not text and label == block.opening:
            raise _wrong(number, _("“%(label)s：”后面要写字。"), label=label)
        if text:
            self._keep(here.item, block.labels[label], number, text)

    def _keep(self, item: dict, key: str, number: int, text: str) -> None:
        if isinstance(item[key], list):
            item[key].append(text)
            return
        try:
            item[key] = slug_of(text, self.names[key]) if key in _CHOSEN else text
        except WrongText as error:
            raise _wrong(number, "%(why)s", why=error.sentence) from None


def _wrong(number: int, sentence: str, **said: str) -> WrongText:
    """The error for a line of the cell."""
    return WrongText(_("格子里第%(line)s行：%(what)s") % {"line": number, "what": sentence % said})
