"""Rules for any text that is read aloud. No Django but its gettext."""

import re

from django.utils.translation import gettext as _

from faults.text.fold import HAN, fold
from faults.text.placeholders import TO_WRITE
from posdesk.masking import has_card_number

LONGEST_SENTENCE = 40  # characters; more can't be said in one breath, nor remembered while typing
PUBLIC_NUMBERS = {"95516"}  # UnionPay's hotline; every other telephone number belongs in the reader's own list

_SENTENCE_END = re.compile(r"[。？！；\n]")
_LONG_DIGITS = re.compile(r"(?<!\d)\d[\d\- ]{3,}\d(?!\d)")
_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_GAP = re.compile(rf"[{HAN}] +[A-Za-z0-9]|[A-Za-z0-9] +[{HAN}]")
_HALF_WIDTH = re.compile(rf"[{HAN}][,;:?!]")
_DAMAGED = re.compile(r"[\ufffd\ue000-\uf8ff]|\?，|ka卡|液裂|闹袭|禅塌|塌顷|乎碧|停唯行|败告辩|返友源|岩搏|粗毕祥|指芦哗")


def _traditional(text: str) -> list[str]:
    """Characters that folding makes Simplified, width and case aside."""
    return [character for character in re.findall(f"[{HAN}]", text) if fold(character) != character]


def problems(text: str) -> list[str]:
    """What is wrong with a text written by us beside verbatim_problems, one sentence each."""
    found = []
    numbers = [match for match in _LONG_DIGITS.findall(_DATE.sub("", text)) if match not in PUBLIC_NUMBERS]
    if numbers and not has_card_number(text):
        found.append(_("有电话号码或长数字：%(numbers)s") % {"numbers": _("、").join(numbers)})
    if strange := _traditional(text):
        found.append(_("有繁体或异体字：%(characters)s") % {"characters": "".join(dict.fromkeys(strange))})
    if _DAMAGED.search(text):
        found.append(_("有乱码或错乱的字"))
    long = [sentence for sentence in _SENTENCE_END.split(text) if len(sentence) > LONGEST_SENTENCE]
    found += [_("一句%(n)s个字，太长：%(sentence)s…") % {"n": len(sentence), "sentence": sentence[:20]} for sentence in long]
    if gap := _GAP.search(text):
        found.append(_("汉字和字母数字之间不要空格：%(where)s") % {"where": gap.group()})
    if half := _HALF_WIDTH.search(text):
        found.append(_("标点要用全角：%(where)s") % {"where": half.group()})
    return found


def unwritten(text: str) -> list[str]:
    """What stands in a text in place of what somebody has still to write: it must never be read out."""
    return [_("还没写，先把它写好：%(line)s") % {"line": line[:30]} for line in text.splitlines() if line.startswith(TO_WRITE)]


def verbatim_problems(text: str) -> list[str]:
    """What is wrong with a text quoted to the letter, such as a screen text: only what must never be published."""
    return [_("有像卡号的一串数字")] if has_card_number(text) else []
