"""The red lines as rules: what must carry a warning, and what must never be advised. No Django but its gettext."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from faults.text.fold import simplified

# What an entry is about when a red line is near: unknown result, reversal, kept card, risk control, tampering, settlement.
_NEAR = re.compile(
    r"冲正|没收|留卡|重复扣|重复交易|扣了钱|扣款|没出单|不打单|不出票|交易超时|应答超时|等待应答|断线|通信中断|线路中断|结果不明|处理中"
    r"|防拆|安全触发|被攻击|拆机|TAMPER|ATTACKED|结算失败|批次|清流水|风控"
)
_ENGLISH_AGAIN = r"\b(?:swipe|charge|tap|insert|run|put)\b[^.;!,]{0,30}\b(?:again|once more)\b"
_CHARGE_AGAIN = rf"(?:重刷|再刷|重新刷|再次刷|{_ENGLISH_AGAIN})"
_AGAIN = rf"(?:重刷|再刷|重新刷|再次刷|重做|再做一笔|重试|再试|重新交易|{_ENGLISH_AGAIN})"
_FORBIDDEN = {
    gettext_noop("教人绕风控"): re.compile(
        r"(?<!不)(?<!别)(?<!不要)(?<!不能)(?:拆成几笔|分几笔刷|拆单刷|换个?商户号|换个商户再刷|换一家店刷)"
    ),
    gettext_noop("教人清流水或恢复出厂"): re.compile(
        r"(?<!不)(?<!别)(?<!不要)(?<!不能)(?:清流水|删批次|删除批次|恢复出厂)(?!设置会|会|过)"
    ),
    gettext_noop("写了默认密码"): re.compile(r"(?:默认|初始)密码(?:是|为|：)\s*\w+"),
}
_SECRETS = re.compile(
    r"(?:报|念|说|问|提供|告诉|告知|发来|发给|写下|记下|抄下|留下)"
    r"(?:一下|下|出|给|来|清楚|我们?|他们?|客服|银行|顾客|客人|持卡人|商户|对方|您|你|的|卡上|完整|全部|整个|全|这张卡|银行卡|信用卡)*"
    r"(?:卡号(?!的?[后末尾]|不符|无效|错)|密码(?!键盘|错|超|不|格式)|(?:卡的?)?有效期|CVN2?|CVV2?|安全码|验证码|卡背面的数字)"
    r"|把[^，。；：“”]{0,12}(?:卡号(?!的?[后末尾])|密码(?!键盘)|有效期|CVN2?|CVV2?|安全码|验证码)[^，。；：“”]{0,14}(?:报|念|发|说|告诉|写|抄|记|提供)"
    r"|\b(?:read|tell|give|say|send|provide|write)\b[^.;!,]{0,30}\b(?:card numbers?|pin|cvv2?|cvn2?|security codes?|expiry)\b",
    re.IGNORECASE,
)
# What makes the words no advice: a ban before them in the same clause; finding out first, anywhere before; a question or a warning in the
# same clause; being quoted. “还不行就再刷” bans nothing, and a key called 确认 finds nothing out.
_FORBIDS = re.compile(
    r"不要|不能|不可|不许|不得|不准|不用|不必|不再|别|勿|禁|严禁|才|之前|不$|不(?:让|叫|教|给|请|按|直接|急着)"
    r"|(?i:\b(?:not|never|no)\b|n['’]t\b)"
)
_FINDS_OUT = re.compile(r"(?:查清|问清|核清|弄清|查明|核实|(?<!按)(?<!按“)(?<!“)确认(?!键))")
_ASKS = re.compile(r"谁|有没有|是不是|同不同意|吗|过没|会(?:重|多|再|扣|被|出|丢|让|变|把)|等于|以后再")


def words_near(text: str) -> list[str]:
    """The words of a title, symptom or screen text that touch a red line."""
    return _NEAR.findall(text)


def forbidden_advice(step: str) -> dict[str, str]:
    """What a step tells people to do that no entry may: its name → the words. Who forbids or asks is not advising."""
    sentences = re.split(r"[。；！\n]", step)
    return {_(name): words for name, pattern in _FORBIDDEN.items() for sentence in sentences if (words := _advised(sentence, pattern))}


def asks_for_secrets(text: str) -> dict[str, str]:
    """Sentences that ask for a whole card number, a PIN or what else of a card nobody may be told, each with the words that do."""
    return {sentence: words for sentence in re.split(r"[。；！\n]", text) if (words := _advised(sentence, _SECRETS))}


def _advised(sentence: str, pattern: re.Pattern) -> str:
    """The words of the pattern that the sentence advises; empty if it doesn't."""
    sentence = simplified(sentence)
    return next((match[0] for match in pattern.finditer(sentence) if not _is_refused(sentence, match)), "")


def _is_refused(sentence: str, match: re.Match) -> bool:
    before, after = sentence[: match.start()], sentence[match.end() :]
    clause = re.split("[，：（]", before)[-1]  # what is forbidden before 、 is forbidden behind it: 不要删批次、清流水
    is_quoted = before.count("“") > before.count("”")
    return is_quoted or bool(_FORBIDS.search(clause) or _FINDS_OUT.search(before) or _ASKS.search(clause + re.split("[，）]", after)[0]))


def says_again(text: str, again: str = _AGAIN) -> dict[str, str]:
    """Sentences that tell someone to charge or try again without first finding out or forbidding it, each with the words that do."""
    pattern = re.compile(again, re.IGNORECASE)
    return {sentence: words for sentence in re.split(r"[。；！\n]", text) if (words := _advised(sentence, pattern))}


def says_charge_again(text: str) -> dict[str, str]:
    """Sentences that tell someone to put the card through again, each with the words that do."""
    return says_again(text, _CHARGE_AGAIN)
