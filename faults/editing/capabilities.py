"""What a role of the desk may do, as sentences. The setting CAPABILITIES."""

from django.utils.translation import gettext_lazy as _

from posdesk.security.roles import Capability

_ITEMS = ("fault", "returncode", "term", "synonymgroup", "wording", "elsewhere", "note")
_PARTS = ("screentext", "alias", "cause", "fix", "myth", "relatedfault", "codeactor")
_LISTS = (
    *("category", "environment", "actor", "source", "codetable", "retry", "responseclass", "variable", "variablevalue"),
    *("question", "answer", "evidence"),
)


def _each(deeds: str, models) -> set[str]:
    return {f"{deed}_{model}" for deed in deeds.split() for model in models}


def _capability(name: str, sentence, codenames: set[str], app: str = "faults") -> Capability:
    return Capability(name, sentence, frozenset(f"{app}.{codename}" for codename in codenames))


_WRITING = (
    _each("view add change", _ITEMS + _PARTS)
    | _each("delete", _PARTS)  # rows of an entry's own page, not entries
    | _each("view", (*_LISTS, "change", "deskrules"))
    | _each("view add change", ("incident",))  # in force only by who may publish
    | {"add_source"}  # which nobody reads before an item that names it is published
)
_USAGE = _each("view", ("search", "vote", "solved", "judgment")) | _each("add change delete", ("judgment",)) | {"add_dealtwith"}

CAPABILITIES = [
    _capability("write", _("写条目、返回码、术语、词和批注：新建、修改、提交复核"), _WRITING),
    _capability("flags", _("处理读者报的“有误”"), _each("view change", ("flag",))),
    _capability("usage", _("看使用情况，记下搜索该找到什么"), _USAGE),
    _capability("import", _("导入表格"), {"import_knowledge"}),
    _capability("export", _("导出全部内容"), {"export_knowledge"}),
    _capability("publish", _("发布、退回、下架、合并，定复核日期"), {"publish"}),
    _capability("approve", _("发布自己写的，不用别人复核"), {"approve_own"}),
    _capability("delete", _("删除读者看不到的内容"), _each("delete", _ITEMS)),
    _capability(
        "lists",
        _("改清单：类别、适用终端、谁来处理、来源、码表、分类、变量和问题（马上生效，不用复核）"),
        _each("view add change delete", _LISTS),
    ),
    _capability("rules", _("改复核、登录和保留期限的规则"), {"view_deskrules", "change_deskrules"}),
    _capability("accounts", _("管账号和角色"), _each("view add change delete", ("user", "group")), app="auth"),
    _capability("audit", _("看操作记录"), {"view_audited"}),
]
