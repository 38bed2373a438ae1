"""Card numbers: find them however they are spelled, and cover all but the last four digits. Pure: no Django.

A text is read as its kinds, one letter a character, and every rule is a pattern over these:
`d` a digit of any writing, `n` a Chinese numeral, `-` what may stand between any two digits, `,` what may stand between groups of them,
`*` a digit that a rule has covered, `x` anything else.
"""

import re
import unicodedata
from functools import lru_cache, partial

MIN_DIGITS = 13  # digits; ISO/IEC 7812 has numbers of up to 19
VISIBLE = 4
LONG = 6  # digits; from here on a figure may be a telephone, a merchant, a terminal or a trace

_BETWEEN = frozenset(".．｡·・･•‧∙⋅․‥…*＊−ー\u115f\u1160\u3164\uffa0\u2800")  # the last five can't be seen
_SPOKEN = frozenset("洞两拐勾")  # 0, 2, 7 and 9 as they are said on the telephone; Unicode knows the other numerals, 幺 too


def _all(item: str, least: int = 0) -> str:
    """A pattern for as many of these in a row as there are. None is given back and tried otherwise: the time taken is linear.

    Not `*+`: before 3.11.5 Python does not step back from an item that fits only in part (CPython's issue 106052).
    """
    return rf"(?>(?:{item}){{{least},}})"


_GAP = r"[-*]*+"  # of single characters there are no parts
_COMMA = rf"{_GAP},[-*,]*+"
_GROUP = rf"[dn]{_all(rf'{_GAP}[dn]', 2)}"
_ONE = rf"[dn](?!{_GAP}[dn])"
_ANY = re.compile(rf"[dn]{_all('[-*,]*+[dn]')}")
_RULES = (
    re.compile(rf"[dn]{_all(rf'{_GAP}[dn]')}"),
    # Figures with commas between are one number if none of them is short: 51、55、61、75、91、96、68 are return codes.
    re.compile(rf"{_GROUP}{_all(rf'{_COMMA}{_GROUP}')}"),
    # … or if each is a single digit: 6、2、2、2、0、2. After the rule above, of whose last four one may be left alone in its group.
    re.compile(rf"(?:^|[x,]){_GAP}{_ONE}{_all(rf'{_COMMA}{_ONE}')}"),
)
_COUNTED = re.compile(rf"d|n{_all(rf'{_GAP}n', 2)}")  # one or two Chinese numerals are a word: 一个月, 二三百

_DAY = r"(?:19|20)[0-9]{2}[-/.](?:1[0-2]|0?[1-9])[-/.](?:[12][0-9]|3[01]|0?[1-9])"
_MOMENT = rf"{_DAY}(?: [0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?)?"
_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"  # no card begins with three digits up to 255
_HOST = rf"{_OCTET}(?:\.{_OCTET}){{3}}(?::[0-9]{{2,5}})?"  # where a terminal dials in, with its port
_NO_NUMBER = re.compile(rf"(?:{_MOMENT}|{_HOST})(?:\W+(?:{_MOMENT}|{_HOST}))*")


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    category = unicodedata.category(character)
    if unicodedata.numeric(character, -1) in range(10) or character in _SPOKEN:
        return "d" if category in ("Nd", "No") else "n"
    # Blanks, marks such as a keycap's, and all that is invisible, private or unassigned: nobody reads these as an end.
    if category[0] in "ZMC" or category in ("Pd", "Pc") or character in _BETWEEN:
        return "-"
    return "," if category[0] in "PS" else "x"


def _kinds(text: str) -> str:
    return "".join(map(_kind, text))


def _without_known(text: str, kinds: str) -> str:
    """A run that is days, times and network addresses and nothing else is no number. One that has more in it stays as it is."""
    return _ANY.sub(lambda run: "x" * len(run.group()) if _NO_NUMBER.fullmatch(text, *run.span()) else run.group(), kinds)


def _number(kinds: str, least: int) -> slice:
    """Where the number is: a Chinese numeral by itself beside a long figure is a word, as in 张三6222… and …7890一直."""
    figure = re.fullmatch(rf"n?(d{{{least},}}+)n?", kinds)
    return slice(*figure.span(1)) if figure else slice(len(kinds))


def _cover(match: re.Match, least: int, kept: int) -> str:
    run = match.group()
    places = [place for place, kind in enumerate(run) if kind in "dn"]
    if len(places) < least:
        return run
    number = places[_number("".join(run[place] for place in places), least)]
    hidden = set(number[: len(number) - kept])
    return "".join("*" if place in hidden else kind for place, kind in enumerate(run))


def _written(text: str, kinds: str) -> str:
    return "".join("*" if kind == "*" else character for character, kind in zip(text, kinds, strict=True))


def mask_card_numbers(text: str) -> str:
    """The text with every run of 13 or more digits, in any spelling, covered by `*` but for its last four.

    No check digit is asked for: a number mistyped by one digit is as much a card number to its holder.
    """
    kinds = _without_known(text, _kinds(text))
    for rule in _RULES:
        kinds = rule.sub(partial(_cover, least=MIN_DIGITS, kept=VISIBLE), kinds)
    return _written(text, kinds)


def has_card_number(text: str) -> bool:
    """Whether the text holds a run of 13 or more digits, in any spelling. Never after `mask_card_numbers`."""
    return mask_card_numbers(text) != text


def count_digits(text: str) -> int:
    """How many digits the text holds in all, whatever is in between; Chinese numerals where three or more stand together."""
    return sum(len(re.findall("[dn]", match.group())) for match in _COUNTED.finditer(_kinds(text)))


def mask_digits(text: str) -> str:
    """The text for a log: no run of 6 or more digits is left in it, and no digit at all if it has 13 or more, whatever is in between."""
    kinds = _kinds(text)
    covered = _ANY.sub(partial(_cover, least=LONG, kept=0), kinds)
    if count_digits(text) >= MIN_DIGITS:
        covered = _COUNTED.sub(lambda match: re.sub("[dn]", "*", match.group()), covered)
    return _written(text, covered)
