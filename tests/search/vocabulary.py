"""What the desk's lists say of words, as far as tests of the pure parser need it."""

from faults.search.query import Vocabulary

TABLES = {"cup": ["银联", "unionpay"], "kuaiqian": ["快钱"], "lakala": ["拉卡拉"], "visa": ["visa"], "wechat": ["微信"]}
VOCABULARY = Vocabulary(["银联商务", "随行付", "拉卡拉"], TABLES, ["USERPAYING", "ACQ.SYSTEM_ERROR", "E101", "107", "REFUND"])
