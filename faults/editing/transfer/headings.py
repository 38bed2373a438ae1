"""What people write above the columns of their own tables, and which of our columns they mean."""

import re
import unicodedata
from collections.abc import Mapping

from faults.editing.transfer.columns import COLUMNS, VERSION, headers_of, naming_headers

CAUSE, STEPS = "原因", "处理办法"  # columns of other people's tables that together are our 原因和处理

# Kind → our column → the usual headings, the likeliest first. Where two of our columns could be meant, the upper one takes it.
USUAL: dict[str, dict[str, tuple[str, ...]]] = {
    "code": {
        "返回码": (
            *("返回码", "应答码", "错误码", "响应码", "返回代码", "应答代码", "错误代码", "响应代码", "交易返回码", "交易应答码", "故障码"),
            *("response code", "resp code", "error code", "return code", "code", "rc", "39域", "代码", "码"),
        ),
        "码表": ("码表", "卡组织", "收单机构", "机构", "渠道", "scheme", "network", "acquirer"),
        "意思": (
            *("意思", "含义", "中文含义", "释义", "描述", "错误描述", "返回码描述", "应答码描述", "返回信息", "应答信息", "错误信息"),
            *("返回码含义", "应答码含义", "错误码含义", "message", "msg", "meaning", "description", "desc", "说明", "中文说明"),
        ),
        "屏幕提示": ("屏幕提示", "提示信息", "屏幕显示", "终端显示", "终端提示", "pos显示", "提示", "screen text", "screen", "display"),
        "说明": ("说明", "详细说明", "详细描述", "可能原因", "原因", "原因分析", "detail", "details", "描述"),
        "做": (
            *("做", "处理方法", "处理办法", "解决方法", "解决办法", "解决方案", "处理建议", "处理措施", "处理步骤", "处理方式"),
            *("action", "solution", "what to do"),
        ),
        "能不能重试": ("能不能重试", "能否重试", "可否重试", "是否可重试", "是否重试", "重试", "retry", "can retry", "retryable"),
        "谁来处理": ("谁来处理", "谁处理", "处理方", "责任方", "负责方", "who", "who acts", "owner"),
        "可以对持卡人说": ("可以对持卡人说", "话术", "客服话术"),
        "注意": ("注意", "备注", "注意事项", "remark", "remarks", "note", "notes", "comment"),
    },
    "fault": {
        "编号": ("编号",),
        "标题": ("标题", "故障现象", "故障名称", "故障", "问题", "问题描述", "title", "fault", "problem", "issue", "现象"),
        "现象": ("现象", "现象描述", "故障描述", "详细描述", "描述", "symptom", "symptoms", "description"),
        CAUSE: ("故障原因", "原因", "可能原因", "原因分析", "cause", "causes", "reason"),
        STEPS: (
            *("解决方法", "解决办法", "解决方案", "处理方法", "处理办法", "处理措施", "处理步骤", "处理方式", "处理建议", "排除方法"),
            *("solution", "fix", "action", "steps"),
        ),
        "屏幕提示": ("屏幕提示", "提示信息", "屏幕显示", "错误提示", "报错信息", "报错", "screen text", "screen", "display"),
        "商户说法": ("商户说法", "商户描述", "用户描述"),
        "类别": ("类别", "故障类别", "故障类型", "分类", "category"),
        "适用终端": ("适用终端", "适用机型", "终端类型", "机型", "terminal", "model"),
        "发给商户": ("发给商户", "客服话术", "回复话术", "话术", "reply"),
    },
    "term": {
        "术语": ("术语", "名词", "词语", "term"),
        "解释": ("解释", "释义", "定义", "名词解释", "definition"),
        "别名": ("别名", "又称", "简称"),
    },
}
_ASIDE = re.compile(r"[(（\[【].*?[)）\]】]")  # 返回码（必填）


def folded(heading: str) -> str:
    """A heading as it is compared: without width, case, blanks, signs, and what stands in brackets."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(filter(str.isalnum, _ASIDE.sub("", text))) or "".join(text.split())


def targets_of(kind: str) -> list[str]:
    """What a column of a table may be taken for."""
    return [*headers_of(kind), *((CAUSE, STEPS) if kind == "fault" else ()), VERSION]


def recognized(kind: str, texts: list[str]) -> list[str]:
    """For each text the column of the kind that it means as a heading; "" for none. No column is meant twice.

    A table that names its items as ours do is one of ours that got more columns: there a heading of ours means what it says.
    """
    given = [folded(text) for text in texts]
    own = {header: (header,) for header in targets_of(kind)}
    usual = USUAL.get(kind, {})
    is_ours = {folded(header) for header in naming_headers(kind)} <= set(given)
    found = _assigned(given, [""] * len(texts), own) if is_ours else [""] * len(texts)
    return _assigned(given, _assigned(given, found, usual), own)


def _assigned(given: list[str], found: list[str], spellings: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The columns found, and for each header that isn't among them the first free heading that is spelled as one of its spellings."""
    found = list(found)
    for header, spelled in spellings.items():
        wanted = [folded(one) for one in spelled]
        places = [place for place, text in enumerate(given) if text in wanted and not found[place]]
        if places and header not in found:
            found[min(places, key=lambda place: wanted.index(given[place]))] = header
    return found


def exact_kind(texts: list[str]) -> str:
    """The kind whose table has these headings, in its own words, each once, with those that name its items; "" for none."""
    headings = ["".join(text.split()) for text in texts if text]
    known = (kind for kind in COLUMNS if set(naming_headers(kind)) <= set(headings) <= {*headers_of(kind), VERSION})
    return next(known, "") if len(set(headings)) == len(headings) else ""
