"""Accounts and groups in the admin's looks."""

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as BaseGroupAdmin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from posdesk.security.admin import second_factor_pages, session_pages
from posdesk.security.second_factor import is_set_up, recovery_codes_left
from posdesk.security.session_list import end_all_sessions

# The library's own pages would show every secret, and change it.
admin.site.unregister([User, Group, StaticDevice, TOTPDevice])


@admin.register(User)
class UserAdmin(BaseUserAdmin, ModelAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    readonly_fields = ["last_login", "date_joined", "second_factor", "sessions"]
    actions = ["end_sessions"]

    def get_fieldsets(self, request, obj=None):
        more = [(_("登录"), {"fields": ["second_factor", "sessions"]})] if obj else []
        return [*super().get_fieldsets(request, obj), *more]

    def get_readonly_fields(self, request, obj=None):
        """Only a superuser makes superusers: an administrator would otherwise give themselves every right there is."""
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else [*fields, "is_superuser"]

    def has_change_permission(self, request, obj=None):
        """Nor does an administrator take over a superuser's account, by its password or its second factor."""
        return super().has_change_permission(request, obj) and _is_within_reach(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and _is_within_reach(request.user, obj)

    def get_urls(self):
        pages = [("second-factor", "second_factor", self.reset_view), ("sessions", "sessions", self.sessions_view)]
        ours = [path(f"<int:pk>/{place}/", self.admin_site.admin_view(view), name=f"auth_user_{name}") for place, name, view in pages]
        return [*ours, *super().get_urls()]

    @admin.display(description=_("两步登录"))
    def second_factor(self, user) -> str:
        """Whether the colleague has it, and the way to reset it."""
        if not is_set_up(user):
            return _("没有设")
        url = reverse("admin:auth_user_second_factor", args=[user.pk])
        left = _("设好了，备用码还有%(left)s个。") % {"left": recovery_codes_left(user)}
        return format_html('{} <a href="{}" class="desk-link">{}</a>', left, url, _("手机和备用码都丢了，重置"))

    @admin.display(description=_("登录在哪里"))
    def sessions(self, user) -> str:
        """The way to the colleague's sessions."""
        url = reverse("admin:auth_user_sessions", args=[user.pk])
        return format_html('<a href="{}" class="desk-link">{}</a>', url, _("看看，结束"))

    def reset_view(self, request, pk: int):
        """A colleague's second factor is taken off."""
        return second_factor_pages.reset(request, self._in_reach(request, pk))

    def sessions_view(self, request, pk: int):
        """A colleague's sessions."""
        return session_pages.look_after(request, self._in_reach(request, pk))

    def _in_reach(self, request, pk: int) -> User:
        """That account. Raises PermissionDenied for one that they may not change, Http404 for none."""
        person = self.get_object(request, str(pk))
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        if person is None:
            raise Http404
        return person

    @admin.action(description=_("结束他们的登录"), permissions=["change"])
    def end_sessions(self, request, people):
        """All sessions of these people end, but the one in which it is done: after a break-in, or when a machine was left behind."""
        reached = [person for person in people if _is_within_reach(request.user, person)]
        ended = sum(end_all_sessions(person, by=request.user, except_key=request.session.session_key) for person in reached)
        self.message_user(request, ngettext("%(n)s处登录结束了。", "%(n)s处登录结束了。", ended) % {"n": ended})
        if len(reached) < len(people):
            self.message_user(request, _("超级用户的登录只有超级用户能结束，没有动。"), messages.WARNING)


def _is_within_reach(user, person: User | None) -> bool:
    return person is None or not person.is_superuser or user.is_superuser


@admin.register(Group)
class GroupAdmin(BaseGroupAdmin, ModelAdmin):
    pass
