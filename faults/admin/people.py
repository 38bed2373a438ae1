"""Accounts and groups in the admin's looks."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as BaseGroupAdmin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from faults.admin import second_factor
from faults.guarding.second_factor import codes_left, has_one

# The library's own pages would show every secret, and change it.
admin.site.unregister([User, Group, StaticDevice, TOTPDevice])


@admin.register(User)
class UserAdmin(BaseUserAdmin, ModelAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    readonly_fields = ["last_login", "date_joined", "second_factor"]

    def get_fieldsets(self, request, obj=None):
        more = [(_("两步登录"), {"fields": ["second_factor"]})] if obj else []
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
        view = self.admin_site.admin_view(self.reset_view)
        return [path("<int:pk>/second-factor/", view, name="auth_user_second_factor"), *super().get_urls()]

    @admin.display(description=_("两步登录"))
    def second_factor(self, user) -> str:
        """Whether the colleague has it, and the way to reset it."""
        if not has_one(user):
            return _("没有设")
        url = reverse("admin:auth_user_second_factor", args=[user.pk])
        left = _("设好了，备用码还有%(left)s个。") % {"left": codes_left(user)}
        return format_html('{} <a href="{}" class="desk-link">{}</a>', left, url, _("手机和备用码都丢了，重置"))

    def reset_view(self, request, pk: int):
        """A colleague's second factor is taken off."""
        person = self.get_object(request, str(pk))
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        if person is None:
            raise Http404
        return second_factor.reset(request, person)


def _is_within_reach(user, person: User | None) -> bool:
    return person is None or not person.is_superuser or user.is_superuser


@admin.register(Group)
class GroupAdmin(BaseGroupAdmin, ModelAdmin):
    pass
