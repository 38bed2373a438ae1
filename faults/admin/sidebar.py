"""The way around the admin: what is written first, then tables, lists, accounts. Everybody sees what they may open."""

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.db.models import Value
from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from faults.admin.filters import waiting_for_review
from faults.models import (
    KINDS,
    Audited,
    Category,
    CodeTable,
    DeskRules,
    Elsewhere,
    Environment,
    Fault,
    Incident,
    Judgment,
    Note,
    Question,
    ResponseClass,
    Retry,
    ReturnCode,
    Source,
    SynonymGroup,
    Term,
    Variable,
    Wording,
)
from faults.models.lists import Actor


def _may(permission: str) -> Callable:
    return lambda request: request.user.has_perm(permission)


def _models(*models, waiting: Mapping[type, int] = MappingProxyType({})) -> list[dict]:
    """`waiting`: how many of a model wait for a review; none is not said."""
    return [
        {
            "title": model._meta.verbose_name,
            "link": reverse_lazy(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"),
            "permission": _may(f"{model._meta.app_label}.view_{model._meta.model_name}"),
            "badge": format_lazy(_("待复核 {n}"), n=waiting[model]) if model in waiting else "",
            "badge_variant": "primary",
        }
        for model in models
    ]


def _waiting(user) -> Counter[type]:
    """How many of each kind wait for a review, as its list says by that filter; one query."""
    if not user.has_perm("faults.view_fault"):
        return Counter()
    rows = [waiting_for_review(model.everything.all()).order_by().values_list(Value(kind), "pk") for kind, model in KINDS.items()]
    return Counter(KINDS[kind] for kind, _pk in rows[0].union(*rows[1:], all=True))


def account(request) -> list[dict]:
    """What everybody may do with their own account."""
    return [
        {"title": _("改密码"), "link": reverse_lazy("admin:password_change")},
        {"title": _("两步登录"), "link": reverse_lazy("second_factor")},
        {"title": _("登录在哪里"), "link": reverse_lazy("sessions")},
    ]


def navigation(request) -> list[dict]:
    """The sidebar, as django-unfold wants it."""
    tables = {
        "title": _("导入和导出"),
        "link": reverse_lazy("transfer"),
        "permission": lambda request: request.user.has_perm("faults.import_knowledge") or request.user.has_perm("faults.export_knowledge"),
    }
    replacing = {"title": _("查找替换"), "link": reverse_lazy("replace"), "permission": _may("faults.import_knowledge")}
    accounts = [
        {"title": _("账号"), "link": reverse_lazy("admin:auth_user_changelist"), "permission": _may("auth.view_user")},
        {"title": _("角色"), "link": reverse_lazy("admin:auth_group_changelist"), "permission": _may("auth.view_group")},
    ]
    usage = {"title": _("使用情况"), "link": reverse_lazy("usage"), "permission": _may("faults.view_search")}
    return [
        {"items": [{"title": _("工作台"), "link": reverse_lazy("admin:index")}]},
        {
            "title": _("内容"),
            "separator": True,
            "items": [
                *_models(Incident, Fault, ReturnCode, Term, Note, Wording, SynonymGroup, Elsewhere, waiting=_waiting(request.user)),
                tables,
                replacing,
            ],
        },
        {"title": _("使用"), "separator": True, "items": [usage, *_models(Judgment)]},
        {
            "title": _("清单"),
            "separator": True,
            "items": _models(Variable, Question, CodeTable, Retry, ResponseClass, Category, Environment, Actor, Source),
        },
        {"title": _("管理"), "separator": True, "items": [*_models(DeskRules), *accounts, *_models(Audited)]},
    ]
