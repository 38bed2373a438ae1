"""From what was typed to what is looked for: codes, whose table, and the words that are left. Pure: no Django."""

import re
from dataclasses import dataclass

from faults.masking import mask_card_numbers
from faults.search.fold import fold

MAX_LENGTH = 200  # characters read of a query; nobody says more before the agent has typed it

# What people put around a code. After a word that can only mean a code, anything of its length is one, known or not;
# after a word that may introduce any text, only what has a digit in it.
_NAMED = r"(?:返回码|返还码|应答码|就答码|响应码|错误码|错误代码|错误带码|代码|代号|错码|报错码|状态码|提示码|码|rc|code)"
_SAID = r"(?:返回|返还|应答|响应|错误|报错|报|提示|显示|出现)"
_BEFORE = rf"(?:{_NAMED}|{_SAID})"
_AFTER = r"(?:号错误|号错|错误|报错|号码|的?返回码)"
_SEP = r"[\s:\-_,、“”\"'#是为]*"
_TWO = r"[0-9]{2}|[a-z][0-9]"
_CODE = rf"{_TWO}|[a-z]{{2}}|[0-9][a-z]"
_EXPLICIT = re.compile(
    rf"{_NAMED}{_SEP}({_CODE}|[0-9]|[0-9a-z]{{3,4}})(?![0-9a-z.%])"
    rf"|{_SAID}{_SEP}({_TWO}|[a-z][0-9]{{3}})(?![0-9a-z.%])"
    rf"|(?<![0-9a-z.])({_TWO}){_SEP}{_AFTER}|^([a-z][0-9]{{3}})(?![0-9a-z])"
)
_BARE = re.compile(rf"(?<![0-9a-z.])({_TWO}|^[a-z]{{2}}$)(?![0-9a-z.%]|\s*(?:元|块|次|天|点|台|张|分钟|小时|毛|笔|号店|年|月|日|g\b))")
_CHINESE = re.compile(rf"(?:^|{_BEFORE}{_SEP})([零〇一二三四五六七八九]?十[一二三四五六七八九]?|[零〇一二三四五六七八九]{{2}})$")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}

SCHEMES = {
    "cup": ("银联", "unionpay", "cup"),
    "kuaiqian": ("快钱", "99bill"),
    "lakala": ("拉卡拉", "lakala"),
    "visa": ("visa", "维萨"),
    "mastercard": ("mastercard", "万事达", "master card"),
}

# Said around the matter, never the matter itself.
_STOP = re.compile(
    r"是什么意思|什么意思|是什么原因|什么原因|是怎么回事|怎么回事|怎么办理|怎么办|怎么处理|如何处理|怎么解决|如何解决|该如何|怎么弄|怎么破"
    r"|是什么|为什么|为何|请问|你好|您好|谢谢|感谢|帮忙|看一下|我这个|我的|我们|老板|客户说|商户说|一直|突然|总是|老是|又|了吗|吗|呢|啊|呀|哦"
)


@dataclass(frozen=True)
class Code:
    """A return code in a query. `explicit`: the caller named it a code, so it may not be taken for a mere number."""

    value: str
    explicit: bool


@dataclass(frozen=True)
class Query:
    """A query understood. `text`: as shown again (masked, cut); `folded`: for comparing; `subject`: without stop phrases."""

    text: str
    folded: str
    subject: str
    codes: tuple[Code, ...]
    scheme: str
    was_cut: bool

    @property
    def is_empty(self) -> bool:
        return not self.folded


def _chinese_number(text: str) -> str:
    """九十九 → 99, 十二 → 12, 九七 → 97, 零五 → 05."""
    if "十" not in text:
        return "".join(str(_DIGITS[character]) for character in text)
    tens, _, ones = text.partition("十")
    return f"{_DIGITS.get(tens, 1)}{_DIGITS.get(ones, 0)}"


def _spelled(code: str) -> str:
    """A code as tables write it: upper case, two places, O and 0 told apart by place.

    The rule for leading zeros: a single digit is a code only where it is called one, and then stands for two places (5 → 05).
    Letter O in the second place is the digit 0 (AO → A0): no table has a letter O there.
    """
    code = code.upper()
    if len(code) == 1:
        return code.zfill(2)
    if len(code) == 2 and code[1] == "O":
        return code[0] + "0"
    return code


def _codes(folded: str) -> tuple[Code, ...]:
    found = {}
    for match in _EXPLICIT.finditer(folded):
        found.setdefault(_spelled(next(filter(None, match.groups()))), True)
    for match in _CHINESE.finditer(folded):
        found.setdefault(_chinese_number(match.group(1)), True)
    for match in _BARE.finditer(folded):
        found.setdefault(_spelled(match.group(1)), False)
    return tuple(Code(value, explicit) for value, explicit in found.items())


def _scheme(folded: str) -> str:
    return next((scheme for scheme, names in SCHEMES.items() if any(name in folded for name in names)), "")


def parse(text: str) -> Query:
    """Reads what was typed. Never fails: any text is a query, if perhaps an empty one.

    Card numbers are covered first, so that no later step can show or store one.
    """
    shown = " ".join(mask_card_numbers(text[: MAX_LENGTH * 4]).split())
    cut = shown[:MAX_LENGTH]
    folded = fold(cut)
    return Query(
        text="".join(character for character in cut if character.isprintable()),
        folded=folded,
        subject=_STOP.sub(" ", folded).strip() or folded,
        codes=_codes(folded),
        scheme=_scheme(folded),
        was_cut=len(text) > MAX_LENGTH,
    )
