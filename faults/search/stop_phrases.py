"""What callers say around the matter, never the matter itself. Pure: no Django.

The order counts: of two phrases that begin at the same place the earlier wins.
"""

import re

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
# Whose machine it is says nothing about what is wrong with it.
_BRANDS = (
    r"百富|新大陆|联迪|惠尔丰|升腾|新国都|天喻|银联商务|乐刷|合利宝|付临门|盛付通|友刷|聚赢家|星驿付|屹掌柜|乾刷|海科融通|海科|随行付"
    r"|瑞银信|中付|点刷|立刷|钱宝|通联|杉德|富友|汇付|汇来米|嘉联|现代金控|易生|国通|银盛|拉卡拉(?=pos|刷卡|的|机)|邮政|建行|工行|农行|中行|招行"
)
_SWIPED = r"(?:在|用)?刷(?:信用)?卡(?:消费)?(?:的?时候|时|之后|以后|后|就)?(?=,?(?:显示|提示|出现|跳出|弹出|报|总|都))"
_SHOWN = r"屏幕上?(?=显示|提示|出现|跳出)|(?:上|里)?(?:显示|提示|出现|跳出|弹出)(?:是|了|的是)?"
_ENGLISH = r"(?<![a-z])(?:please|how to|how do i|what is|why|the|a|an|is|are|my|your|our|in|on|to|of|and|or|has|have|become|it|this|that|i)(?![a-z])"  # noqa: E501
_ENDINGS = r"了吗|吗|呢|啊|呀|哦|吧"

_STOP = re.compile("|".join((_QUESTIONS, _TALK, _MACHINE, _BRANDS, _SWIPED, _SHOWN, _ENGLISH, _ENDINGS)))


def without_stop_phrases(folded: str) -> str:
    """Folded text with a blank in place of every stop phrase."""
    return _STOP.sub(" ", folded)
