"""Return codes in what was typed: in figures, letters and words, with what people put around them. Pure: no Django."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from faults.text.fold import HAN

# What people put around a code. After a word that can only mean a code, anything of its length is one, known or not;
# after a word that may introduce any text, only what has a digit in it.
_FOR_CERTAIN = (
    r"返回[码吗马]|返还码|应答码|就答码|响应码|错误码|错误代码|错误带码|错误编号|错码|报错码|报错代码|故障码|故障代码|状态码|提示码"
    r"|(?<![a-z])(?:rc|error code)"
)
_NAMED = rf"(?:{_FOR_CERTAIN}|代码|代号|码|(?<![a-z])code)"
_SAID = r"(?:返回|返还|应答|响应|错误|报错|报|提示|显示|出现|失败|被拒|说是|[跳蹦弹冒]出来?了?个?)"
BEFORE = rf"(?:{_NAMED}|{_SAID})"
AFTER = r"(?:号错误|号错|错误|报错|号码|的?返回码)"
_SEP = r"[\s:\-_,、“”\"'#是为]*"
_TWO = r"[0-9]{2}|[a-z]-?[0-9]|[0-9]o"
_CODE = rf"{_TWO}|[a-z]{{2}}|[0-9][a-z]"
# Longer than any table's codes, and still meant as one: 0x80070005, P0420; E0099 says of itself that it is an error's number.
_LONG = r"(?=[a-z]*[0-9])[0-9a-z]{5,12}"
_ERROR = r"(?<![0-9a-z])(?:e|err(?:or)?[\s:#-]?)[0-9]{2,6}"
_CALLED = re.compile(
    rf"{_NAMED}{_SEP}({_CODE}|[0-9]|[0-9a-z]{{3,4}})(?![0-9a-z.%])|(?:{_FOR_CERTAIN}){_SEP}({_LONG})(?![0-9a-z.%])"
    rf"|(?<![0-9a-z.])({_TWO}){_SEP}{AFTER}|({_ERROR})(?![0-9a-z])"
)
_UNIT = r"\s*(?:元|块|次|天|点|台|张|分钟|小时|毛|笔|号店|年|月|日|g\b)"  # a number of these is no code
_INTRODUCED = re.compile(rf"{_SAID}{_SEP}({_TWO}|[a-z][0-9]{{3}})(?![0-9a-z.%]|{_UNIT})|报错?{_SEP}([a-z]{{2}})(?![0-9a-z{HAN}.%])")
# No table's code, and meant as one: 报1012.
_REPORTED = re.compile(rf"(?:报错?|返回|返还|应答){_SEP}([0-9]{{3,6}})(?![0-9a-z.%]|{_UNIT})")
_BARE = re.compile(rf"(?<![0-9a-z.])({_TWO})(?![0-9a-z.%]|{_UNIT})")
_ALONE = re.compile(rf"[^0-9a-z{HAN}]*([0-9a-z][\s_-]?[0-9a-z])[^0-9a-z{HAN}]*")
_SPOKEN = r"[零〇一二三四五六七八九]?十[一二三四五六七八九]?|[零〇一二三四五六七八九]{2}"
_CHINESE = re.compile(rf"^({_SPOKEN})$|{BEFORE}{_SEP}({_SPOKEN})(?![零〇一二三四五六七八九十百千万亿0-9几多]|{_UNIT})")
_PATTERNS = (  # explicit, called
    *((_CALLED, True, True), (_CHINESE, True, True)),
    *((_INTRODUCED, True, False), (_REPORTED, True, False), (_BARE, False, False)),
)
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}


@dataclass(frozen=True)
class Code:
    """A return code in a query. `explicit`: said to be shown or reported, so no mere number. `called`: called a code.

    `written`: as it stands in the folded query; `phrase`: with what introduces it.
    """

    value: str
    explicit: bool
    called: bool
    written: str
    phrase: str

    @property
    def figures(self) -> str:
        """The code of two figures that may be meant by another maker's number: E51, ERR099; empty if there is none."""
        match = re.fullmatch(r"E(?:RR(?:OR)?)?0*([0-9]{2})", self.value)
        return match.group(1) if match else ""


def _chinese_number(text: str) -> str:
    """九十九 → 99, 十二 → 12, 九七 → 97, 零五 → 05."""
    if "十" not in text:
        return "".join(str(_DIGITS[character]) for character in text)
    tens, _, ones = text.partition("十")
    return f"{_DIGITS.get(tens, 1)}{_DIGITS.get(ones, 0)}"


def _spelled(code: str) -> str:
    """A code as tables write it: upper case, two places, O and 0 told apart by place.

    The rule for leading zeros: a single digit is a code only where it is called one, and then stands for two places (5 → 05).
    Letter O beside a letter or a digit is the digit 0 (AO → A0, O5 → 05): no table has a letter O.
    """
    code = re.sub(r"[\s:#_-]", "", code.upper())
    if len(code) == 1:
        return code.zfill(2)
    if len(code) == 2 and code[1] == "O":
        return code[0] + "0"
    if len(code) == 2 and code[0] == "O" and code[1].isdigit():
        return "0" + code[1]
    return code


def codes_in(folded: str, long_codes: Iterable[str] = ()) -> tuple[Code, ...]:
    """The codes in a folded text, those that are surely meant first; none stands within another.

    `long_codes`: what stands in it of the codes that only tables know: userpaying, acq.system_error, e101.
    """
    found = {written.upper(): Code(written.upper(), True, True, written, written) for written in long_codes}
    taken = [match.span() for code in found.values() for match in re.finditer(re.escape(code.written), folded)]
    for pattern, explicit, called in _PATTERNS:
        for match in pattern.finditer(folded):
            written = next(filter(None, match.groups()))
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            value = _chinese_number(written) if pattern is _CHINESE else _spelled(written)
            found.setdefault(value, Code(value, explicit, called, written, match.group()))
    if not found and (alone := _ALONE.fullmatch(folded)):
        found[alone.group(1)] = Code(_spelled(alone.group(1)), explicit=False, called=False, written=alone.group(1), phrase=folded)
    return tuple(found.values())
