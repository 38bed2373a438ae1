"""What the keys of a row are called, in words for the reader. No Django but its gettext.

LABELS[kind][key], for the kinds of knowledge and for their parts, in the order in which a reader wants to see them: "check" is a
question to the caller in a code and the way to confirm a cause in an entry.
"""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

_LAST = {
    "sources": _("来源"),
    "status": _("状态"),
    "reviewed": _("上次复核"),
    "review_due": _("下次复核"),
    "owner": _("负责人"),
    "merged_into": _("并入"),
}
_NAMED = {"slug": _("标识"), "name": _("名称"), "position": _("排序")}

LABELS = {
    "fault": {
        "number": _("编号"),
        "kind": _("类型"),
        "title": _("标题"),
        "category": _("类别"),
        "environments": _("适用终端"),
        "screen_texts": _("屏幕提示"),
        "aliases": _("商户说法"),
        "symptom": _("现象"),
        "warning": _("红线提醒"),
        "causes": _("原因"),
        "fixes": _("整条的处理方法"),
        "myths": _("常见误区"),
        "reply": _("发给商户"),
        "escalation": _("转收单机构"),
        "codes": _("相关的码"),
        "related": _("相关条目"),
        "confidence": _("可信度"),
        **_LAST,
    },
    "code": {
        "scheme": _("码表"),
        "code": _("返回码"),
        "meaning": _("意思"),
        "detail": _("说明"),
        "generation": _("新旧码表"),
        "old_meaning": _("旧表的意思"),
        "new_meaning": _("新表的意思"),
        "screen_texts": _("屏幕提示"),
        "aliases": _("别名"),
        "class": _("分类"),
        "retry": _("能不能重试"),
        "actors": _("谁来处理"),
        "keep_card": _("留不留卡"),
        "warning": _("红线提醒"),
        "say": _("可以对持卡人说"),
        "dont_say": _("不要说"),
        "check": _("问"),
        "steps": _("做"),
        "expected": _("正常应该怎样"),
        "note": _("注意"),
        "myths": _("常见误区"),
        "confused_with": _("容易弄混的码"),
        "confidence": _("可信度"),
        **_LAST,
    },
    "term": {"name": _("名称"), "pinyin": _("拼音"), "aliases": _("别名"), "definition": _("解释"), **_LAST},
    "synonym": {"name": _("组名"), "words": _("词"), "are_brands": _("是牌子")},
    "wording": {"name": _("说的是哪一条"), "words": _("说法")},
    "elsewhere": {"name": _("哪一类事"), "words": _("词"), "refer_to": _("请找谁")},
    "note": {
        "number": _("批注号"),
        "about": _("写在哪一条"),
        "cause": _("哪个原因"),
        "step": _("哪一步"),
        "audience": _("给谁看"),
        "text": _("批注"),
        "owner": _("负责人"),
    },
    "incident": {
        "text": _("念什么"),
        "entries": _("哪些条目"),
        "codes": _("哪些码"),
        "words": _("查哪些话"),
        "starts_at": _("从什么时候"),
        "ends_at": _("到什么时候"),
        "is_proposed": _("只是提议"),
    },
    "category": _NAMED,
    "environment": _NAMED,
    "actor": {**_NAMED, "minutes": _("要几分钟")},
    "source": {
        "reference": _("编号或名称"),
        "title": _("说明"),
        "link": _("网址"),
        "file_name": _("文件名"),
        "dated": _("日期"),
        "page": _("页码或条款"),
        "verdict": _("是否采用"),
        "reason": _("不采用的理由"),
    },
    "code_table": {
        **_NAMED,
        "full_name": _("全称"),
        "kind": _("谁的码表"),
        "words": _("来电的人怎么叫它"),
        "letter": _("标记"),
        "red_lines": _("红线的码"),
        "is_own": _("本台的码表"),
    },
    "retry": {**_NAMED, "allows_again": _("同一张卡可以再做")},
    "response_class": _NAMED,
    "variable": {
        "name": _("名称"),
        "purpose": _("是什么"),
        "words": _("来电的人怎么叫它"),
        "value": _("值"),
        "values": _("各家的值"),
        "position": _("排序"),
    },
    "variable_value": {"table": _("谁的码表"), "value": _("值")},
    "question": {
        "slug": _("标识"),
        "text": _("问句"),
        "seconds": _("要几秒"),
        "answers": _("答法"),
        "evidence": _("依据"),
        "position": _("排序"),
    },
    "answer": {"slug": _("标识"), "text": _("答法")},
    "evidence": {"about": _("哪一条"), "cause": _("哪个原因"), "fits": _("合的答法")},
    "cause": {"title": _("原因"), "likelihood": _("多不多见"), "check": _("怎么确认"), "fixes": _("处理方法")},
    "fix": {"actor": _("谁来处理"), "steps": _("步骤"), "expected": _("正常应该怎样"), "otherwise": _("不是这样"), "note": _("注意")},
    "myth": {"claim": _("常见的说法"), "verdict": _("一句话结论"), "reason": _("为什么不对")},
    "related": {"number": _("相关条目"), "difference": _("怎么分清")},
}

# The keys that hold a list of parts, and the kind of these parts.
PARTS = {
    "causes": "cause",
    "fixes": "fix",
    "myths": "myth",
    "related": "related",
    "values": "variable_value",
    "answers": "answer",
    "evidence": "evidence",
}


def labels_of(kind: str) -> dict[str, str]:
    """LABELS[kind] in the reader's language."""
    return {key: gettext(label) for key, label in LABELS[kind].items()}
