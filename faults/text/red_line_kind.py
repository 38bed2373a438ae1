"""Which red line a warning draws, by the words of its order: in a list where most rows have one, that there is one says nothing."""

import re

# What could cost money comes first: a warning may name several, and that is the one which can't be undone.
_KINDS = (
    ("money", re.compile(r"不交货|钱(?:可能|已)|查清|先查|不再[刷收扫做退挥插贴出碰]|不重[刷做]|别再刷|不要再刷|再付|第二次|不退")),
    ("scam", re.compile(r"骗|挂断|验证码|截图|官方|代解限")),
    ("card", re.compile(r"留卡|书面规定|强留|扣卡|卡号|假卡|没收|镊子|代输|指责")),
    ("risk", re.compile(r"拆单|拆成几笔|商户号|换号|换名|执照|绕|不借|借人|风控|再刷")),
    ("machine", re.compile(r"拆|停用|流水|批次|恢复出厂|断电|充电|断开|插头|升级|密码|开机|不用它")),
)


def red_line_of(warning: str) -> str:
    """The kind of the warning's first line, a value of models.RedLine; of one that names none of these things: money. Empty for none."""
    order = warning.strip().partition("\n")[0]
    return next((kind for kind, words in _KINDS if words.search(order)), "money") if order else ""
