"""Which red line a warning draws: a word for lists."""

import pytest

from faults.models import RedLine
from faults.text.red_line_kind import red_line_of

KINDS = [
    ("", ""),
    ("钱可能已经扣了。查清之前，不再刷卡，不交货。\n不拆机。", "money"),
    ("不拆机。关机前那笔没查清，不再刷卡，不交货。", "money"),
    ("没见过的话", "money"),
    ("单子看不清，也不要再刷一次卡。", "money"),
    ("马上停用，不重启，不拆机。签购单全部留好。", "machine"),
    ("不删批次，不清流水，不恢复出厂。", "machine"),
    ("不拆单，不换商户号，不换机器，不隔一会再刷。", "risk"),
    ("不借别人的码或商户来收。", "risk"),
    ("留不留卡，按收单机构书面规定。有危险不强留。", "card"),
    ("不抄卡号、有效期、CVN，不绕过机器手输。", "card"),
    ("挂断。验证码、密码谁都不给。", "scam"),
]


@pytest.mark.parametrize(("warning", "kind"), KINDS)
def test_the_order_says_which(warning, kind):
    assert red_line_of(warning) == kind and (not kind or kind in RedLine.values)
