"""People and roles in the admin: who may sign in, as what, and what that means."""

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from posdesk.model_admin import ModelAdmin
from posdesk.security import roles
from posdesk.security.admin import second_factor_pages, session_pages
from posdesk.security.admin.account_forms import NewPasswordForm, NewPersonForm, PersonForm, RoleForm
from posdesk.security.second_factor import is_set_up, recovery_codes_left
from posdesk.security.session_list import end_all_sessions
from posdesk.stored_language import in_stored_language

# The library's own pages would show every secret, and change it.
admin.site.unregister([User, Group, StaticDevice, TOTPDevice])


class ActiveFilter(admin.SimpleListFilter):
    title, parameter_name = _("状态"), "active"

    def lookups(self, request, model_admin):
        return [("yes", _("启用")), ("no", _("停用"))]

    def queryset(self, request, queryset):
        return queryset.filter(is_active=self.value() == "yes") if self.value() in ("yes", "no") else queryset


class FormOfRequestMixin:
    """A form that knows who asks."""

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.by = request.user
        return form

    def get_actions(self, request):
        """Each is deleted on its own page, which says what that means."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}


@admin.register(User)
class UserAdmin(FormOfRequestMixin, BaseUserAdmin, ModelAdmin):
    form = PersonForm
    add_form = NewPersonForm
    change_password_form = NewPasswordForm
    add_form_template = "admin/change_form.html"
    delete_confirmation_template = "admin/security/delete_person.html"
    compressed_fields = False
    list_display = ["username", "full_name", "role", "is_in_use", "last_seen", "has_factor"]
    list_filter = [("groups", admin.RelatedOnlyFieldListFilter), ActiveFilter]
    search_fields = ["username", "first_name", "last_name", "email"]
    search_help_text = _("登录名或姓名")
    readonly_fields = ["password_link", "last_seen", "second_factor", "sessions", "date_joined", "own_permissions"]
    filter_horizontal = ()
    actions = ["end_sessions"]
    add_fieldsets = [(None, {"fields": ["username", "first_name", "email", "role", "password1", "password2"]})]

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return self.add_fieldsets
        own = ["own_permissions", "keep_own"] if obj.user_permissions.exists() else []
        forgotten = ["password_link"] if obj != request.user else []  # one's own is changed with the old one, in the menu
        signing_in = ["last_seen", "second_factor", "sessions", *forgotten, "date_joined"]
        return [(None, {"fields": ["username", "first_name", "email", "role", *own, "is_active"]}), (_("登录"), {"fields": signing_in})]

    def get_queryset(self, request):
        factor = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        return super().get_queryset(request).prefetch_related("groups").annotate(is_two_step=Exists(factor))

    def has_change_permission(self, request, obj=None):
        """An administrator doesn't take over a superuser's account, by its password or its second factor."""
        return super().has_change_permission(request, obj) and _is_within_reach(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        """Nor does anybody delete themselves: somebody would be left without an administrator."""
        return super().has_delete_permission(request, obj) and _is_within_reach(request.user, obj) and obj != request.user

    def get_urls(self):
        pages = [("second-factor", "second_factor", self.reset_view), ("sessions", "sessions", self.sessions_view)]
        ours = [path(f"<int:pk>/{place}/", self.admin_site.admin_view(view), name=f"auth_user_{name}") for place, name, view in pages]
        return [*ours, *super().get_urls()]

    def delete_view(self, request, object_id, extra_context=None):
        """Asks once more, and offers to close the account instead, which keeps the name wherever it stands."""
        if request.method == "POST" and "deactivate" in request.POST:
            return self._deactivate(request, self._in_reach(request, object_id))
        return super().delete_view(request, object_id, extra_context)

    def _deactivate(self, request, person) -> HttpResponseRedirect:
        if person == request.user:
            raise PermissionDenied
        person.is_active = False
        person.save()
        with in_stored_language():
            self.log_change(request, person, [{"changed": {"fields": [str(_("启用"))]}}])
        messages.success(request, _("%(name)s 停用了，登录都结束了。名字和历史都留着。") % {"name": person})
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[person.pk]))

    @admin.display(description=_("姓名"), ordering="first_name")
    def full_name(self, person) -> str | None:
        return person.get_full_name() or None

    @admin.display(description=_("角色"))
    def role(self, person) -> str:
        """The role's name; more than one only if somebody else than this page gave them."""
        names = [_("超级用户")] if person.is_superuser else [group.name for group in person.groups.all()]
        return "、".join(map(str, names)) or _("没有角色")

    @admin.display(description=_("状态"), ordering="is_active")
    def is_in_use(self, person) -> str:
        return _("启用") if person.is_active and person.is_staff else _("停用")

    @admin.display(description=_("上次登录"), ordering="last_login")
    def last_seen(self, person) -> str:
        return date_format(localtime(person.last_login), "Y-m-d H:i") if person.last_login else _("还没登录过")

    @admin.display(description=_("两步登录"), ordering="is_two_step")
    def has_factor(self, person) -> str:
        return _("设好了") if person.is_two_step else _("没有设")

    @admin.display(description=_("单独给的权限"))
    def own_permissions(self, person) -> str:
        """What somebody has beside their role, from before there were roles to choose."""
        return roles.in_words(person.user_permissions.select_related("content_type"))

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

    @admin.display(description=_("密码"))
    def password_link(self, user) -> str:
        """The way to a new password."""
        url = reverse("admin:auth_user_password_change", args=[user.pk])
        return format_html('<a href="{}" class="desk-link">{}</a>', url, _("忘了，设一个新的"))

    def reset_view(self, request, pk: int):
        """A colleague's second factor is taken off."""
        return second_factor_pages.reset(request, self._in_reach(request, pk))

    def sessions_view(self, request, pk: int):
        """A colleague's sessions."""
        return session_pages.look_after(request, self._in_reach(request, pk))

    def _in_reach(self, request, pk: int | str) -> User:
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
class GroupAdmin(FormOfRequestMixin, ModelAdmin):
    form = RoleForm
    delete_confirmation_template = "admin/security/delete_role.html"
    compressed_fields = False
    list_display = ["name", "people_count", "may"]
    search_fields = ["name"]
    search_help_text = _("角色的名称")
    readonly_fields = ["people"]

    def get_fieldsets(self, request, obj=None):
        return [(None, {"fields": ["name", "may", "people"] if obj else ["name", "may"]})]

    def get_queryset(self, request):
        rows = super().get_queryset(request).order_by("pk").prefetch_related("permissions__content_type")
        return rows.annotate(number_of_people=Count("user"))

    def get_deleted_objects(self, objs, request):
        """A role that somebody has stays: they would be left with nothing that they may do, and without a word."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, lacking, [*protected, *User.objects.filter(groups__in=objs).order_by("username")]

    @admin.display(description=_("几个人"), ordering="number_of_people")
    def people_count(self, role) -> int:
        return role.number_of_people

    @admin.display(description=_("谁有这个角色"))
    def people(self, role) -> str:
        """The way to each of them."""
        rows = [(reverse("admin:auth_user_change", args=[person.pk]), person) for person in role.user_set.order_by("username")]
        return format_html_join("、", '<a href="{}" class="desk-link">{}</a>', rows) or _("还没有人")

    @admin.display(description=_("可以做什么"))
    def may(self, role) -> str:
        """The sentences that are true of it."""
        return "；".join(str(one.sentence) for one in roles.held(roles.permissions_of(role))) or _("什么也做不了")
