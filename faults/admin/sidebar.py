"""The way around the admin: what is written first, then tables, lists, accounts. Everybody sees what they may open."""

from collections.abc import Callable

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from faults.models import (
    Audited,
    Category,
    CodeTable,
    DeskRules,
    Elsewhere,
    Environment,
    Fault,
    Judgment,
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


def _models(*models) -> list[dict]:
    return [
        {
            "title": model._meta.verbose_name,
            "link": reverse_lazy(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"),
            "permission": _may(f"{model._meta.app_label}.view_{model._meta.model_name}"),
        }
        for model in models
    ]


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
    accounts = [
        {"title": _("账号"), "link": reverse_lazy("admin:auth_user_changelist"), "permission": _may("auth.view_user")},
        {"title": _("角色"), "link": reverse_lazy("admin:auth_group_changelist"), "permission": _may("auth.view_group")},
    ]
    usage = {"title": _("使用情况"), "link": reverse_lazy("usage"), "permission": _may("faults.view_search")}
    return [
        {"items": [{"title": _("工作台"), "link": reverse_lazy("admin:index")}]},
        {"title": _("内容"), "separator": True, "items": [*_models(Fault, ReturnCode, Term, Wording, SynonymGroup, Elsewhere), tables]},
        {"title": _("使用"), "separator": True, "items": [usage, *_models(Judgment)]},
        {
            "title": _("清单"),
            "separator": True,
            "items": _models(Variable, CodeTable, Retry, ResponseClass, Category, Environment, Actor, Source),
        },
        {"title": _("管理"), "separator": True, "items": [*_models(DeskRules), *accounts, *_models(Audited)]},
    ]
