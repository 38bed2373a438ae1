"""What one value looks like in a cell. Each class writes a value as text, reads it back, and says in Chinese how to fill it in.

read() gets text without blanks at its ends and raises WrongText for text that it can't understand.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _

from faults.editing.transfer.errors import WrongText

Names = Mapping[str, Mapping[str, str]]  # row key → {slug: Chinese name}


class Cell(Protocol):
    """How the values of one column are written and read."""

    def write(self, value, names: Names) -> str: ...

    def read(self, text: str, names: Names): ...

    def hint(self, names: Names) -> str: ...


def one_line(text: str) -> str:
    """The text with blanks for line breaks, so that it can't begin a line of its own in a cell that is a list."""
    return " ".join(text.splitlines())


def texts_in(text: str) -> list[str]:
    """The lines of a cell without blanks at their ends; empty lines are left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def quoted(text: str) -> str:
    """What somebody wrote, short enough for a sentence."""
    line = one_line(text)
    return f"“{line[:30]}…”" if len(line) > 31 else f"“{line}”"


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def slug_of(text: str, table: Mapping[str, str]) -> str:
    """The slug that a name or slug stands for; width, case and blanks matter only where they tell two names apart."""
    for spelled in (str, _folded):
        wanted = spelled(text)
        for slug, name in table.items():
            if wanted in (spelled(name), spelled(slug)):
                return slug
    raise WrongText(_("不认识%(said)s，可以写：%(known)s。") % {"said": quoted(text), "known": _("、").join(table.values())})


@dataclass(frozen=True)
class OneLine:
    """Text without line breaks."""

    def write(self, value: str, names: Names) -> str:
        return one_line(value)

    def read(self, text: str, names: Names) -> str:
        if len(text.splitlines()) > 1:
            raise WrongText(_("只能写一行，请把换行去掉。"))
        return text

    def hint(self, names: Names) -> str:
        return "一行文字，不换行"


@dataclass(frozen=True)
class Paragraphs:
    """Text of any number of lines."""

    def write(self, value: str, names: Names) -> str:
        return value

    def read(self, text: str, names: Names) -> str:
        return text

    def hint(self, names: Names) -> str:
        return "文字，可以换行"


@dataclass(frozen=True)
class Lines:
    """A list of texts, one a line. Where the order means nothing, it is sorted, as in the rows. `once`: a repeated one says nothing."""

    ordered: bool = True
    once: bool = False

    def write(self, value: list[str], names: Names) -> str:
        return "\n".join(one_line(text) for text in value)

    def read(self, text: str, names: Names) -> list[str]:
        texts = list(dict.fromkeys(texts_in(text))) if self.once else texts_in(text)
        return texts if self.ordered else sorted(set(texts))

    def hint(self, names: Names) -> str:
        return "一行一个"


@dataclass(frozen=True)
class Choice:
    """One of a list, shown by its name. `key`: where its names are."""

    key: str

    def write(self, value: str, names: Names) -> str:
        return one_line(names[self.key].get(value, value))

    def read(self, text: str, names: Names) -> str:
        return slug_of(text, names[self.key]) if text else ""

    def hint(self, names: Names) -> str:
        return f"写其中一个：{'、'.join(names[self.key].values())}"


@dataclass(frozen=True)
class Choices:
    """Some of a list, shown by their names, one a line."""

    key: str
    ordered: bool = True

    def write(self, value: list[str], names: Names) -> str:
        return "\n".join(Choice(self.key).write(slug, names) for slug in value)

    def read(self, text: str, names: Names) -> list[str]:
        slugs = [slug_of(line, names[self.key]) for line in texts_in(text)]
        return slugs if self.ordered else sorted(set(slugs))

    def hint(self, names: Names) -> str:
        return f"一行一个，可以写：{'、'.join(names[self.key].values())}"


@dataclass(frozen=True)
class YesNo:
    """True or false; where it may be open, an empty cell is None."""

    may_be_open: bool = False

    _READ = {"是": True, "true": True, "1": True, "yes": True, "否": False, "false": False, "0": False, "no": False, "": False}

    def write(self, value: bool | None, names: Names) -> str:
        return "" if value is None else "是" if value else "否"

    def read(self, text: str, names: Names) -> bool | None:
        if not text and self.may_be_open:
            return None
        if _folded(text) not in self._READ:
            raise WrongText(_("看不懂%(said)s，请写“是”或“否”。") % {"said": quoted(text)})
        return self._READ[_folded(text)]

    def hint(self, names: Names) -> str:
        return "写“是”或“否”；不知道就空着" if self.may_be_open else "写“是”或“否”，空着就是“否”"


@dataclass(frozen=True)
class Number:
    """The number of an entry or a note; an empty cell is 0, one that has none yet."""

    def write(self, value: int, names: Names) -> str:
        return str(value) if value else ""

    def read(self, text: str, names: Names) -> int:
        found = re.fullmatch(r"(\d{1,6})\s*号?", text or "0")
        if not found:
            raise WrongText(_("看不懂%(said)s，请写1到999999的整数；新条目就空着。") % {"said": quoted(text)})
        return int(found[1])

    def hint(self, names: Names) -> str:
        return "整数；新条目空着，存的时候自动给号"


@dataclass(frozen=True)
class Day:
    """A date as 2026-11-20; empty for none. Also reads the ways in which spreadsheets show dates."""

    def write(self, value: str, names: Names) -> str:
        return value

    def read(self, text: str, names: Names) -> str:
        found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s+[\d:]+)?", text)
        try:
            return date(*(int(part) for part in found.groups())).isoformat() if text else ""
        except (AttributeError, ValueError):  # not of that form; no such day
            raise WrongText(_("%(said)s不是日期，请写成 2026-11-20 这样。") % {"said": quoted(text)}) from None

    def hint(self, names: Names) -> str:
        return "日期，写成 2026-11-20"


@dataclass(frozen=True)
class Codes:
    """Return codes of any table, one a line: cup:97 is shown as 银联 97. Their order means nothing."""

    def write(self, value: list[str], names: Names) -> str:
        pairs = (code.partition(":") for code in value)
        return "\n".join(f"{names['scheme'].get(scheme, scheme)} {code}" for scheme, _, code in pairs)

    def read(self, text: str, names: Names) -> list[str]:
        return sorted({self._one(line, names) for line in texts_in(text)})

    def _one(self, line: str, names: Names) -> str:
        found = re.fullmatch(r"(.+)[\s:：]([^\s:：]+)", line)
        if not found:
            raise WrongText(_("看不懂%(said)s，请写码表、空格、返回码，例如“银联 97”，一行一个。") % {"said": quoted(line)})
        return f"{slug_of(found[1].strip(' :：'), names['scheme'])}:{found[2]}"

    def hint(self, names: Names) -> str:
        return f"一行一个，写码表、空格、返回码，例如“银联 97”；码表可以写：{'、'.join(names['scheme'].values())}"


@dataclass(frozen=True)
class Related:
    """Other entries, one a line, each with what tells it apart: 12：怎么分清."""

    def write(self, value: list[dict], names: Names) -> str:
        pairs = ((link["number"], one_line(link["difference"])) for link in value)
        return "\n".join(f"{number}：{difference}" if difference else str(number) for number, difference in pairs)

    def read(self, text: str, names: Names) -> list[dict]:
        return [self._one(line) for line in texts_in(text)]

    def _one(self, line: str) -> dict:
        found = re.fullmatch(r"(\d{1,6})\s*号?\s*(?:[：:]\s*(.*))?", line)
        if not found:
            raise WrongText(_("看不懂%(said)s，请写编号、冒号、怎么分清，例如“12：怎么分清”，一行一条。") % {"said": quoted(line)})
        return {"number": int(found[1]), "difference": found[2] or ""}

    def hint(self, names: Names) -> str:
        return "一行一条，写“编号：怎么分清”，例如“12：屏上写的是没检测到SIM卡”"
