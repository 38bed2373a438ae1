"""From what was typed to what is looked for: whose table, and the words that are left. Pure: no Django."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from faults.search.written_codes import AFTER, BEFORE, Code, codes_in
from faults.text.fold import HAN, fold, without_particles
from posdesk.masking import mask_card_numbers

_QUESTIONS = (
    r"(?:请问)?(?:这个|那个)?(?:是|该)?"
    r"(?:什么意思|什么原因|怎么回事|怎么办理|怎么办|怎么处理|如何处理|怎么解决|如何解决|怎么弄|怎么搞|怎么破|咋办|咋整|咋回事|如何)"
)
_TALK = (
    r"是什么|为什么|为何|请问|你好|您好|谢谢|感谢|帮忙|看一下|我这个|我的|我们|自己的?|老板|客户说|商户说"
    r"|一直|突然|总是|老是|老说|是不是|咋就|怎么就"
)
# Everybody has the machine. But who speaks of changing, moving or opening it means the machine.
_MACHINE = (
    r"(?<![换拆移])(?:这台|那台|一台)?(?:移动)?(?:pos刷卡机|刷卡pos机|pos机器|pos机|刷卡机|收款机|收银机|机子|机器)(?:上面|上|里|的)?"
    r"|(?<![a-z])pos(?![a-z])"
)
_SWIPED = r"(?:在|用)?刷(?:信用)?卡(?:消费)?(?:的?时候|时|之后|以后|后|就)?(?=,?(?:显示|提示|出现|跳出|弹出|报|总|都))"
_SHOWN = r"屏幕上?(?=显示|提示|出现|跳出)|(?:上|里)?(?:显示|提示|出现|跳出|弹出)(?:是|了|的是)?"
_ENGLISH = r"(?<![a-z])(?:please|how to|how do i|what is|why|the|a|an|is|are|my|your|our|in|on|to|of|and|or|has|have|become|it|this|that|i)(?![a-z])"  # noqa: E501
_ENDINGS = r"了吗|吗|呢|啊|呀|哦|吧"

_STOP = re.compile("|".join((_QUESTIONS, _TALK, _MACHINE, _SWIPED, _SHOWN, _ENGLISH, _ENDINGS)))


def without_stop_phrases(folded: str) -> str:
    """Folded text with a blank in place of every stop phrase."""
    return _STOP.sub(" ", folded)


NO_TABLES: Mapping[str, Collection[str]] = MappingProxyType({})


class Vocabulary:
    """What the desk's own lists say of words in a query.

    `brands`: whose machine it may be, which says nothing about what is wrong with it. `tables`: slug of a code table → words by which
    callers name it. `long_codes`: codes that look like no code of two places.
    """

    def __init__(self, brands: Collection[str] = (), tables: Mapping[str, Collection[str]] = NO_TABLES, long_codes: Iterable[str] = ()):
        named = {fold(word) for words in tables.values() for word in words}
        self._brands = _any_of(brands)
        self._without_table = _any_of(word for word in brands if fold(word) not in named)
        self._tables = {slug: _any_of(words) for slug, words in tables.items()}
        self._long_codes = _any_of(long_codes)
        # A table's name that stands before a machine says whose that is.
        self._as_brand = re.compile(rf"(?:{_any_of(word for words in tables.values() for word in words).pattern})(?=pos|刷卡|的|机)")

    def without_brands(self, folded: str) -> str:
        """Folded text without brands, unless nothing would be left."""
        left = " ".join(self._as_brand.sub(" ", re.sub(rf"(?:{self._brands.pattern})的?", " ", folded)).split())
        return left if re.search(rf"[{HAN}a-z0-9]", left) else folded

    def table_in(self, folded: str) -> tuple[str, str]:
        """The slug of the table that is named, of several that with the longest name, and its name as said; empty if none is. What is only
        a part of a brand's name names no table: 银联商务 is not 银联."""
        left = self._without_table.sub(" ", folded)
        said = [(match[0], slug) for slug, words in self._tables.items() if (match := words.search(left))]
        return max(said, key=lambda one: len(one[0]))[::-1] if said else ("", "")

    def brand_in(self, folded: str) -> str:
        """The first brand that is named and has no code table here; empty if none is."""
        match = self._without_table.search(folded)
        return match[0] if match else ""

    def long_codes_in(self, folded: str, table_is_named: bool) -> list[str]:
        """Codes of more than two places that are written out, as they stand in the text. What may as well be a number or an English word,
        107 or refund, is one only where a table is named or no other Latin word stands."""
        found = [match[0] for match in self._long_codes.finditer(folded)]
        is_english = len(re.findall(r"[a-z]{2,}", folded)) > 1
        return [code for code in found if table_is_named or not (code.isdigit() or (code.isalpha() and is_english))]


def _any_of(words: Iterable[str]) -> re.Pattern:
    """Any of these words in a folded text, the longest first; what is Latin counts only where it stands alone."""
    longest = sorted({fold(word) for word in words} - {""}, key=lambda word: (-len(word), word))
    parts = (rf"(?<![0-9a-z]){re.escape(word)}(?![0-9a-z])" if word.isascii() else re.escape(word) for word in longest)
    return re.compile("|".join(parts) or "(?!)")


NO_VOCABULARY = Vocabulary()


SHORTEST_CLAUSE = 2  # characters
MOST_CLAUSES = 4  # of a long ramble, each looked for by itself
MAX_LENGTH = 200  # characters read of a query; nobody says more before the agent has typed it

# What was tried already is no part of what is wrong: 重启过了还是卡死.
_TRIED = re.compile(
    r"(?:重启|重开|重装|重新|[换拔插充擦清试修弄]|关机|开机|检查).*?(?:过|了|[次遍])[^,;。!?]*?[,;。!? ]*"
    r"(?:还是|仍然|仍旧|依然|依旧|照样)(?P<left>.+)"
)
_TRIED_IN_ENGLISH = re.compile(
    r"(?:re-?start|re-?boot|re-?insert|re-?load|swipe|tr[iy]|change|replace)(?:e?d)?\b.*?\b(?:but )?still\b(?P<left>.+)"
)
# Nor is what is said to be in order: 打印正常，就是没有网络; 没有卡纸就是不出票.
_IN_ORDER = re.compile(
    r"^(?:(?:[^,;。!?]{1,12}?(?:正常|没问题|没事|没坏|是好的|都好|好好的|能用|没有?卡|不缺))|(?:并?没有?|不是)[^,;。!?]{1,12}?)[,;。!? ]*"
    r"(?:就是|只是|而是|但是?|可是|却)(?P<left>.+)"
)
_WELL = re.compile(r"(?:正常|没问题|没事|没坏|是好的|好好的|能用|可以用|不影响)[了的啊呢]?$")
_NO_USE = re.compile(r"(?:不行|不可以|没用|一样|这样|老样子|没反应|不好使|不好|没好|没解决|有问题|不管用|报错|失败)")
# Nothing that tells one matter from another.
_GENERIC = re.compile(
    r"(?:pos|终端|刷卡|消费|交易|操作|付款|支付|提示|显示|报|出|[^0-9a-z\u3400-\u9fff])*(?:失败|错误|异常|不成功|被拒绝?|拒绝|报错|错)?"
)
# Nor whose fault it is: 刷不了卡, 连不上, 机器用不了.
_FAILS = re.compile(
    r"(?:pos|终端|机器|机子|机|刷|用|连|做|付|收|卡|钱|款|交易|支付|消费|[^0-9a-z\u3400-\u9fff])*"
    r"(?:不了|不上|不出来?|不成|不通|不起|不动|不好使|没反应|不能|没法|无法)(?:刷|用|连|做|付|收|卡|钱|款|网|交易|支付|消费)*了?"
)
_AND = re.compile(r"而且|并且|另外|同时|但是|可是|还有|又|还(?!是|没|能|款|有|要|在|原|不)|但(?!凡)")
_JOINED = re.compile(rf"[,;。!?、\s]*(?:{_AND.pattern})也?|[,;。!?]")
# Who asks where, what, who or how much wants to be told, and saw no code.
_ASKS = re.compile(
    r"(?:是)?多少(?:钱)?|在?(?:哪里|哪儿|哪)(?:[看查找问办]|有)?|(?:是)?哪个|找谁[问办]?|谁来|谁管|电话(?:是)?|号码是|怎么(?:查|开通|申请|办理|设置)"
    r"|什么是|是什么(?!原因|问题|情况|毛病)(?:意思)?|什么时候|要?多久|几天|几个"
)
_WANTS = re.compile("号码?|几点|查|问|一下|告诉|给|我|要|知道|有没有|有|来着|的|是")
_CODES_OF = re.compile("(?:返回|错误|应答|响应)?(?:代码|码表|码)")
_AROUND = rf"[^0-9a-z{HAN}]*"


@dataclass(frozen=True)
class Query:
    """A query understood.

    `text`: as shown again (masked, cut). `folded`: for comparing. `complaint`: that without brands and what was tried already.
    `subject`: the complaint without stop phrases. `clauses`: its parts between punctuation and quotes, when there are several: one of
    them may be what the terminal shows. `scheme`: the slug of the code table that is named, `scheme_said`: in which words. `brand`: whose
    machine it is, if no table is named.
    """

    text: str
    folded: str
    complaint: str
    subject: str
    clauses: tuple[str, ...]
    codes: tuple[Code, ...]
    scheme: str
    scheme_said: str
    brand: str
    was_cut: bool

    @property
    def is_code_alone(self) -> bool:
        """Whether nothing is said beside codes and the table's name."""
        rest = self.subject
        for word in (*(code.written for code in self.codes), self.scheme_said):
            rest = rest.replace(word, " ") if word else rest
        return not re.search(rf"[{HAN}a-z]{{2}}", re.sub(rf"{BEFORE}|{AFTER}", " ", rest))

    @property
    def is_table_alone(self) -> bool:
        """Whether a code table's name is all that was said: 拉卡拉, 随行付的返回码表."""
        return bool(self.scheme) and only_asks(_CODES_OF.sub(" ", self.folded.replace(self.scheme_said, " ", 1)))

    @property
    def number(self) -> int | None:
        """The entry number that the whole query may be: 118, 118号. None for anything else."""
        match = re.fullmatch(rf"{_AROUND}([1-9][0-9]{{0,5}})\s*号?(?:条目)?{_AROUND}", self.folded)
        return int(match.group(1)) if match else None

    @property
    def number_is_meant(self) -> bool:
        """Whether the caller said that it is an entry's number: 97号 rather than 97."""
        return self.number is not None and "号" in self.folded

    @property
    def asks(self) -> bool:
        """Whether it asks where, what, who or how much."""
        return bool(_ASKS.search(self.folded))

    @property
    def asked_for(self) -> str:
        """What it asks about, in folded text; empty if it doesn't ask."""
        return _stripped(_ASKS.sub(" ", self.folded)) if self.asks else ""

    @property
    def joins(self) -> bool:
        """Whether it says in words that there are several matters."""
        return bool(_AND.search(self.folded))

    @property
    def is_generic(self) -> bool:
        """Whether it says no more than that something went wrong."""
        return bool(_GENERIC.fullmatch(_stripped(self.complaint).replace(" ", "")))

    @property
    def is_vague(self) -> bool:
        """Whether it says that something doesn't work, and nothing that tells one cause from another."""
        return self.is_generic or bool(_FAILS.fullmatch(self.complaint.replace(" ", "")))

    @property
    def matters(self) -> tuple[str, ...]:
        """The parts of a query that joins several: 又不打票又连不上网. Empty if it doesn't."""
        parts = [part.strip() for part in _JOINED.split(self.folded)]
        said = tuple(dict.fromkeys(part for part in parts if len(_stripped(part)) >= SHORTEST_CLAUSE))
        return said[:MOST_CLAUSES] if len(said) > 1 else ()

    def without(self, *words: str) -> str:
        """What is left of the folded query without these folded words."""
        left = self.folded
        for word in words:
            left = re.sub(rf"{re.escape(word)}的?", " ", left)
        return left

    @property
    def is_empty(self) -> bool:
        return not self.folded


def _clauses(folded: str) -> tuple[str, ...]:
    """What is quoted, then what stands between punctuation; nothing when that is all there is."""
    parts = [*re.findall(r"[“\"「『]([^”\"」』]+)[”\"」』]", folded), *re.split(rf"[^{HAN}a-z0-9 ]+", folded)]
    left = dict.fromkeys(left for part in parts if len(left := _stripped(part)) >= SHORTEST_CLAUSE)
    return tuple(left)[:MOST_CLAUSES] if len(left) > 1 or len(parts) > 1 else ()


def _stripped(folded: str) -> str:
    return without_particles(" ".join(without_stop_phrases(folded).split()))


def only_asks(folded: str) -> bool:
    """Whether folded text says nothing but that something is asked for: 是多少, 请问在哪里查, 查一下."""
    return not re.search(rf"[{HAN}a-z0-9]", _WANTS.sub(" ", _stripped(_ASKS.sub(" ", folded))))


def says_all_is_well(folded: str) -> bool:
    """Whether a part of a query says that something works: 还能用, 打印正常."""
    return bool(_WELL.search(folded))


def _complaint(folded: str) -> str:
    """The folded query without what was tried already or is in order, if what is left says what is wrong."""
    tried = _TRIED.search(folded) or _TRIED_IN_ENGLISH.search(folded) or _IN_ORDER.search(folded)
    left = _stripped(tried["left"]) if tried else ""
    return tried["left"] if len(left) >= SHORTEST_CLAUSE and not _NO_USE.fullmatch(left) else folded


def _subject(folded: str) -> str:
    """What is left to look for; all of it when nothing would be left."""
    left = _stripped(folded)
    return left if re.search(rf"[{HAN}a-z0-9]", left) else folded


def parse(text: str, vocabulary: Vocabulary = NO_VOCABULARY) -> Query:
    """Reads what was typed. Never fails: any text is a query, if perhaps an empty one.

    Card numbers are covered first, so that no later step can show or store one.
    """
    shown = " ".join(mask_card_numbers(text, most=MAX_LENGTH * 4).split())
    cut = shown[:MAX_LENGTH]
    folded = fold(cut)
    scheme, scheme_said = vocabulary.table_in(folded)
    return Query(
        text="".join(character for character in cut if character.isprintable()),
        folded=folded,
        complaint=(complaint := _complaint(vocabulary.without_brands(folded))),
        subject=_subject(complaint),
        clauses=_clauses(complaint),
        codes=codes_in(folded, vocabulary.long_codes_in(folded, bool(scheme))),
        scheme=scheme,
        scheme_said=scheme_said,
        brand="" if scheme else vocabulary.brand_in(folded),
        was_cut=len(text) > MAX_LENGTH,
    )
