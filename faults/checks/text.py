"""Rules for any text that is read aloud. Pure: no Django."""

import re

from faults.text.fold import HAN, fold
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
    """What is wrong with a text written by us, one sentence each."""
    found = []
    if has_card_number(text):
        found.append("有像卡号的一串数字")
    elif numbers := [match for match in _LONG_DIGITS.findall(_DATE.sub("", text)) if match not in PUBLIC_NUMBERS]:
        found.append(f"有电话号码或长数字：{'、'.join(numbers)}")
    if strange := _traditional(text):
        found.append(f"有繁体或异体字：{''.join(dict.fromkeys(strange))}")
    if _DAMAGED.search(text):
        found.append("有乱码或错乱的字")
    found += [
        f"一句{len(sentence)}个字，太长：{sentence[:20]}…" for sentence in _SENTENCE_END.split(text) if len(sentence) > LONGEST_SENTENCE
    ]
    if gap := _GAP.search(text):
        found.append(f"汉字和字母数字之间不要空格：{gap.group()}")
    if half := _HALF_WIDTH.search(text):
        found.append(f"标点要用全角：{half.group()}")
    return found


def verbatim_problems(text: str) -> list[str]:
    """What is wrong with a text quoted to the letter, such as a screen text: only what must never be published."""
    return ["有像卡号的一串数字"] if has_card_number(text) else []
