"""What the keys of a row are called, in words for the reader. Pure: no Django.

LABELS[kind][key], for the kinds of knowledge and for their parts, in the order in which a reader wants to see them: "check" is a
question to the caller in a code and the way to confirm a cause in an entry.
"""

_LAST = {
    "sources": "来源",
    "status": "状态",
    "reviewed": "上次复核",
    "review_due": "下次复核",
    "owner": "负责人",
    "merged_into": "并入",
}
_NAMED = {"slug": "标识", "name": "名称", "position": "排序"}

LABELS = {
    "fault": {
        "number": "编号",
        "kind": "类型",
        "title": "标题",
        "category": "类别",
        "environments": "适用终端",
        "screen_texts": "屏幕提示",
        "aliases": "商户说法",
        "symptom": "现象",
        "warning": "红线提醒",
        "causes": "原因",
        "fixes": "整条的处理方法",
        "myths": "常见误区",
        "reply": "发给商户",
        "escalation": "转收单机构",
        "codes": "相关的码",
        "related": "相关条目",
        "confidence": "可信度",
        **_LAST,
    },
    "code": {
        "scheme": "码表",
        "code": "返回码",
        "meaning": "意思",
        "detail": "说明",
        "generation": "新旧码表",
        "old_meaning": "旧表的意思",
        "new_meaning": "新表的意思",
        "screen_texts": "屏幕提示",
        "aliases": "别名",
        "class": "分类",
        "retry": "能不能重试",
        "actors": "谁来处理",
        "keep_card": "留不留卡",
        "warning": "红线提醒",
        "say": "可以对持卡人说",
        "dont_say": "不要说",
        "check": "问",
        "steps": "做",
        "expected": "正常应该怎样",
        "note": "注意",
        "myths": "常见误区",
        "confused_with": "容易弄混的码",
        "confidence": "可信度",
        **_LAST,
    },
    "term": {"name": "名称", "pinyin": "拼音", "aliases": "别名", "definition": "解释", **_LAST},
    "synonym": {"name": "组名", "words": "词"},
    "elsewhere": {"name": "哪一类事", "words": "词", "refer_to": "请找谁"},
    "category": _NAMED,
    "environment": _NAMED,
    "actor": _NAMED,
    "source": {"reference": "编号或名称", "title": "说明", "verdict": "是否采用", "reason": "不采用的理由"},
    "cause": {"title": "原因", "likelihood": "多不多见", "check": "怎么确认", "fixes": "处理方法"},
    "fix": {"actor": "谁来处理", "steps": "步骤", "expected": "正常应该怎样", "otherwise": "不是这样", "note": "注意"},
    "myth": {"claim": "常见的说法", "verdict": "一句话结论", "reason": "为什么不对"},
    "related": {"number": "相关条目", "difference": "怎么分清"},
}

# The keys that hold a list of parts, and the kind of these parts.
PARTS = {"causes": "cause", "fixes": "fix", "myths": "myth", "related": "related"}
