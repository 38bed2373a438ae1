"""Card numbers: find them however they are spelled, and cover all but the last four digits. Pure: no Django.

A text is read as its kinds, one letter a character, and every rule is a pattern over these:
`d` a digit of any writing, `n` a Chinese numeral, `-` what may stand between any two digits, `,` what may stand between groups of them,
`o` and `b` letters and bars that may be typed for 0 or 1, `a` any other letter that has a case, `s` a word for what may stand between
groups of digits, `w` one that leads on to the next group,
`*` a digit that a rule has covered, `x` anything else.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import partial

MIN_DIGITS, LONGEST_NUMBER = 13, 19  # digits, as in ISO/IEC 7812
VISIBLE = 4
LONG = 6  # digits; from here on a figure may be a telephone, a merchant, a terminal or a trace
AHEAD = 100  # characters behind the place where a text is cut: a number may begin before it

_BETWEEN = frozenset(".．｡·・･•‧∙⋅․‥…*＊−ー\u115f\u1160\u3164\uffa0\u2800")  # the last five can't be seen
_SPOKEN = frozenset("洞两拐勾")  # 0, 2, 7 and 9 as they are said on the telephone; Unicode knows the other numerals, 幺 too
_ZEROS = frozenset("OoＯｏОоΟοՕօ○◯⚪⭕")  # Latin, full-width, Cyrillic, Greek, Armenian letters, and circles
_ONES = frozenset("lIＩｌІӀӏΙı丨")
_BARS = frozenset("|｜¦∣ǀ")  # a 1, or between groups


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
    re.compile(rf"(?:^|[xw,]){_GAP}{_ONE}{_all(rf'{_COMMA}{_ONE}')}"),
    # With words between they are one number from three on: 12345678和87654321 are two terminals.
    re.compile(rf"{_GROUP}{_all(rf'[-*,w]++{_GROUP}', 2)}"),
)
_COUNTED = re.compile(rf"d|n{_all(rf'{_GAP}n', 2)}")  # one or two Chinese numerals are a word: 一个月, 二三百

_SIGNS = (
    r"空一?格|空|[横中短]?杠|[横竖斜]线|反?斜杠|连字符|减号|下划线|点|逗号|顿号|句号|星号|换行|回车"
    r"|(?<![A-Za-z])(?:nbsp|space|tab|enter|newline|dash|hyphen|minus|dot|point|period|comma|slash|underscore)(?![A-Za-z])"
)
_LEADING_ON = (
    r"第[一二三四五1-5]?[段组排]|[前后中末]?四位|后四位|然后|接着|再来?|中间|最后|后面|末尾|尾号|和|跟|与|是"
    r"|(?<![A-Za-z])(?:and|then|next)(?![A-Za-z])"
    r"|(?<=[0-9]{4})x(?=[0-9]{4})|(?<=[0-9]{4} )x(?= [0-9]{4})"  # 1280x720 is a screen
)
_WORDS = re.compile(rf"(?P<s>{_SIGNS})|(?P<w>{_LEADING_ON})", re.IGNORECASE)
# Beside a digit, and in no word: 4539O787, not POS1. Or by itself among digits: 4 5 3 9 O 7.
_LETTER = re.compile(rf"(?<=[dn])o++(?!a)|(?<![ao])o++(?=[dn])|(?<=[dn]){_all('[-*,]++o{1,4}(?![ao])', 1)}(?=[-*,]++[dn])")
_PARTING = re.compile(r"(?:(?<=^[dn]{4})|(?<=[^dn][dn]{4}))b(?=[dn]{4}(?![dn]))")  # 4539|5787
_BAR = re.compile(r"(?<=[dn]{3})b(?=[-*]*+[dn])|(?<=[dn])b(?=[dn]{3})|(?<=[dn]-)b(?=[dn]{3})")
_SIGN = re.compile(r"(?<=[dn]{3})[-*,]*+s[-*,s]*+(?=[dn]{3})")  # 51点55 isn't one
_REST = str.maketrans("oabs", "xx,x")

_DAY = r"(?:19|20)[0-9]{2}[-/.](?:1[0-2]|0?[1-9])[-/.](?:[12][0-9]|3[01]|0?[1-9])"
_MOMENT = rf"{_DAY}(?: [0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?)?"
_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"  # no card begins with three digits up to 255
_HOST = rf"{_OCTET}(?:\.{_OCTET}){{3}}(?::[0-9]{{2,5}})?"  # where a terminal dials in, with its port
_NO_NUMBER = re.compile(rf"(?:{_MOMENT}|{_HOST})(?:(?=\W*[^\w.])\W+(?:{_MOMENT}|{_HOST}))*")  # dots alone part no two addresses


class _Kinds(dict):
    """Code point → kind, each looked up once: `str.translate` asks for them faster than a loop could."""

    def __missing__(self, code: int) -> str:
        if len(self) > 20_000:  # whoever sends every character there is doesn't fill the memory
            self.clear()
        return self.setdefault(code, _kind(chr(code)))


def _kind(character: str) -> str:
    category = unicodedata.category(character)
    if character in _ZEROS or character in _ONES:
        return "o"
    if character in _BARS:
        return "b"
    if unicodedata.numeric(character, -1) in range(10) or character in _SPOKEN:
        return "d" if category in ("Nd", "No") else "n"
    # Blanks, marks such as a keycap's, and all that is invisible, private or unassigned: nobody reads these as an end.
    if category[0] in "ZMC" or category in ("Pd", "Pc") or character in _BETWEEN:
        return "-"
    if category in ("Lu", "Ll"):
        return "a"
    return "," if category[0] in "PS" else "x"


_KIND_OF = _Kinds()


def _pieces(text: str) -> Iterator[str]:
    place = 0
    for word in _WORDS.finditer(text):
        yield text[place : word.start()].translate(_KIND_OF)
        yield word.lastgroup * len(word.group())
        place = word.end()
    yield text[place:].translate(_KIND_OF)


def _kinds(text: str) -> str:
    kinds = _PARTING.sub(",", "".join(_pieces(text)))
    for letters in (_LETTER, _BAR):
        kinds = letters.sub(lambda run: re.sub("[ob]", "d", run.group()), kinds)
    return _SIGN.sub(lambda run: "-" * len(run.group()), kinds).translate(_REST)


def _without_known(text: str, kinds: str) -> str:
    """A run that is days, times and network addresses and nothing else is no number. One that has more in it stays as it is."""
    return _ANY.sub(lambda run: "x" * len(run.group()) if _is_known(text[slice(*run.span())]) else run.group(), kinds)


def _is_known(run: str) -> bool:
    return bool(_NO_NUMBER.fullmatch(run)) and not _is_dotted_number(re.split(r"\W+", run))


def _is_dotted_number(parts: list[str]) -> bool:
    """Whether addresses such as 45.39.57.87 63.62.14.86 are a card's number: of even parts, with the right first and last digit."""
    digits = "".join(parts)
    is_even = len(set(map(len, parts))) == 1 and len(parts[0]) <= 2
    return is_even and MIN_DIGITS <= len(digits) <= LONGEST_NUMBER and digits[0] in "234569" and _is_luhn(digits)


def _is_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (ISO/IEC 7812-1, annex B)."""
    doubled = "".join(str(int(digit) * (1 + place % 2)) for place, digit in enumerate(reversed(digits)))
    return sum(map(int, doubled)) % 10 == 0


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


def mask_card_numbers(text: str, most: int | None = None) -> str:
    """The text with every run of 13 or more digits, in any spelling, covered by `*` but for its last four.

    No check digit is asked for: a number mistyped by one digit is as much a card number to its holder. `most`: so many characters
    are given back at the most, and no more is read than tells what they are.
    """
    text = text[: most and most + AHEAD]
    kinds = _without_known(text, _kinds(text))
    for rule in _RULES:
        kinds = rule.sub(partial(_cover, least=MIN_DIGITS, kept=VISIBLE), kinds)
    return _written(text, kinds)[:most]


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
