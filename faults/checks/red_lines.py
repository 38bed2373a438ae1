"""The red lines as rules: what must carry a warning, and what must never be advised. Pure: no Django."""

import re

# Codes after which nobody at the counter knows whether money moved (design: red line 1).
UNKNOWN_RESULT = {
    "cup": {"68", "91", "92", "94", "96", "98"},
    "kuaiqian": {"C0"},
    "terminal": {"Z0", "Z1", "Z2", "Z3", "Z4", "Z5"},
}
# What an entry is about when a red line is near: unknown result, reversal, kept card, risk control, tampering, settlement.
_NEAR = re.compile(
    r"冲正|没收|留卡|重复扣|重复交易|扣了钱|扣款|没出单|不打单|不出票|交易超时|应答超时|等待应答|断线|通信中断|线路中断|结果不明|处理中"
    r"|防拆|安全触发|被攻击|拆机|TAMPER|ATTACKED|结算失败|批次|清流水|风控"
)
_CHARGE_AGAIN = r"(?:重刷|再刷|重新刷|再次刷)"
_AGAIN = r"(?:重刷|再刷|重新刷|再次刷|重做|再做一笔|重试|再试|重新交易)"
_FORBIDDEN = {
    "教人绕风控": re.compile(r"(?<!不)(?<!别)(?<!不要)(?<!不能)(?:拆成几笔|分几笔刷|拆单刷|换个?商户号|换个商户再刷|换一家店刷)"),
    "教人清流水或恢复出厂": re.compile(r"(?<!不)(?<!别)(?<!不要)(?<!不能)(?:清流水|删批次|删除批次|恢复出厂)(?!设置会|会|过)"),
    "写了默认密码": re.compile(r"(?:默认|初始)密码(?:是|为|：)\s*\w+"),
}
_REFUSAL = re.compile(r"不|别|没|禁|勿|才|之前|问清|确认|核清|以后再|会|谁|有没有|吗")


def words_near(text: str) -> list[str]:
    """The words of a title, symptom or screen text that touch a red line."""
    return _NEAR.findall(text)


def is_unknown_result(scheme: str, code: str) -> bool:
    """Whether the code leaves the result unknown."""
    return code in UNKNOWN_RESULT.get(scheme, set())


def forbidden_advice(step: str) -> dict[str, str]:
    """What a step tells people to do that no entry may: its name → the words. A sentence that forbids or asks is not advice."""
    sentences = [sentence for sentence in re.split(r"[。；]", step) if not _REFUSAL.search(sentence)]
    return {name: match[0] for name, pattern in _FORBIDDEN.items() for sentence in sentences if (match := pattern.search(sentence))}


def says_again(text: str, again: str = _AGAIN) -> dict[str, str]:
    """Sentences that tell someone to charge or try again without first finding out or forbidding it, each with the words that do."""
    sentences = [sentence for sentence in re.split(r"[。；！\n]", text) if not _REFUSAL.search(sentence)]
    return {sentence: match[0] for sentence in sentences if (match := re.search(again, sentence))}


def says_charge_again(text: str) -> dict[str, str]:
    """Sentences that tell someone to put the card through again, each with the words that do."""
    return says_again(text, _CHARGE_AGAIN)
