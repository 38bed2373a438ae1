"""What a role may do, as sentences: each stands for permissions that make sense together. Who the sentences are told by is a setting."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

MANAGE_ACCOUNTS = "auth.change_user"


@dataclass(frozen=True)
class Capability:
    """One sentence. `permissions`: as Django writes them, `app.codename`."""

    name: str
    sentence: str | Promise
    permissions: frozenset[str]


def capabilities() -> list[Capability]:
    """All sentences that this site has, in the order in which a role's page shows them. The setting CAPABILITIES."""
    return import_string(settings.CAPABILITIES)


def permissions_of(role: Group) -> set[str]:
    """The role's permissions, as `app.codename`. No query where permissions and their content types are prefetched."""
    return {code_of(permission) for permission in role.permissions.all()}


def code_of(permission: Permission) -> str:
    """A permission as `app.codename`."""
    return f"{permission.content_type.app_label}.{permission.codename}"


def held(codes: set[str]) -> list[Capability]:
    """The sentences that these permissions make true."""
    return [capability for capability in capabilities() if capability.permissions <= codes]


def grant(role: Group, chosen: Iterable[str]) -> None:
    """Makes these sentences true of the role, by their names, and those not true any more that were.

    Permissions that no sentence has given or taken stay as they are.
    """
    before = {capability.name for capability in held(permissions_of(role))}
    chosen = set(chosen)
    stay = _codes(chosen)
    role.permissions.add(*_rows(_codes(chosen - before)))
    role.permissions.remove(*_rows(_codes(before - chosen) - stay))


def in_words(permissions: Iterable[Permission]) -> str:
    """Permissions one by one, for what no sentence covers: Django's own names are English."""
    deeds = {"add": _("新建%(kind)s"), "change": _("修改%(kind)s"), "delete": _("删除%(kind)s"), "view": _("查看%(kind)s")}

    def word(permission: Permission) -> str:
        deed, _blank, model = permission.codename.partition("_")
        is_djangos = deed in deeds and model == permission.content_type.model
        return deeds[deed] % {"kind": permission.content_type.name} if is_djangos else _(permission.name)

    return "、".join(word(permission) for permission in permissions)


def may_manage_without(user, role: Group) -> bool:
    """Whether the user could still look after accounts if the role gave nothing."""
    others = Permission.objects.filter(user=user) | Permission.objects.filter(group__in=user.groups.exclude(pk=role.pk))
    return user.is_superuser or MANAGE_ACCOUNTS in {code_of(permission) for permission in others.select_related("content_type")}


def _codes(names: Iterable[str]) -> set[str]:
    chosen = set(names)
    return set().union(*(capability.permissions for capability in capabilities() if capability.name in chosen))


def _rows(codes: set[str]) -> list[Permission]:
    found = Permission.objects.filter(codename__in={code.partition(".")[2] for code in codes}).select_related("content_type")
    return [permission for permission in found if code_of(permission) in codes]
