"""The forms of people and roles: one role a person, one sentence a right."""

from django import forms
from django.contrib.auth.forms import BaseUserCreationForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.forms import AdminPasswordChangeForm
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminEmailInputWidget,
    UnfoldAdminPasswordWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from posdesk.masking import has_card_number
from posdesk.security import roles

CARD = gettext_lazy("这里有一串像卡号的数字。卡号不能存，请只留后四位。")
SUPERUSER, SEVERAL = "superuser", "several"
OWN = gettext_lazy("这是您自己的账号：角色和启用，请别的管理员改。")
CLOSING = gettext_lazy("去掉就停用：马上退出，再也登录不了；名字和历史都留着，随时可以再启用。")
_WIDGETS = {"username": UnfoldAdminTextInputWidget, "first_name": UnfoldAdminTextInputWidget, "email": UnfoldAdminEmailInputWidget}
_LABELS = {"username": gettext_lazy("登录名"), "first_name": gettext_lazy("姓名"), "email": gettext_lazy("电子邮件")}
_HELP = {
    "username": gettext_lazy("登录时输的名字：字母、数字和 @ . + - _，也可以是汉字。"),
    "first_name": gettext_lazy("历史里写的就是这个名字；不填就写登录名。"),
    "email": gettext_lazy("可以不填。系统不发邮件。"),
}


class _NamingForm(forms.ModelForm):
    """A name stands in every history and log: none with a card number in it is taken."""

    def clean(self):
        cleaned = super().clean()
        said = {name: value for name, value in self.cleaned_data.items() if name in self._meta.fields and isinstance(value, str)}
        for name in [name for name, value in said.items() if has_card_number(value)]:
            self.add_error(name, ValidationError(CARD, code="card_number"))
        return cleaned


class _RoleForm(_NamingForm):
    """`by`, whose request it is, is set on the class that the admin makes for a request."""

    by: User
    role = forms.ChoiceField(
        label=gettext_lazy("角色"),
        required=False,
        widget=UnfoldAdminSelectWidget,
        help_text=gettext_lazy("每个角色可以做什么，写在“角色”那一页。"),
    )

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.fields["role"].choices = self._choices()
        self.initial["role"] = self._current()

    def _choices(self) -> list[tuple[str, str]]:
        choices = [("", _("没有角色：能登录，什么也做不了"))]
        choices += [(str(pk), name) for pk, name in Group.objects.order_by("pk").values_list("pk", "name")]
        if len(self._groups()) > 1:
            choices.append((SEVERAL, _("照旧，有几个：%(roles)s") % {"roles": "、".join(map(str, self._groups()))}))
        if self.by.is_superuser:  # or an administrator would give themselves every right there is
            choices.append((SUPERUSER, _("超级用户：什么都能做")))
        return choices

    def _current(self) -> str:
        if self.instance.is_superuser:
            return SUPERUSER
        groups = self._groups()
        return SEVERAL if len(groups) > 1 else "".join(str(group.pk) for group in groups)

    def _groups(self) -> list[Group]:
        return list(self.instance.groups.all()) if self.instance.pk else []

    def clean(self):
        cleaned = super().clean()
        if "role" in self.changed_data and "role" in cleaned:
            self.instance.is_superuser = cleaned["role"] == SUPERUSER
        return cleaned

    def _save_m2m(self):
        super()._save_m2m()
        if "role" in self.changed_data and self.cleaned_data["role"] not in (SUPERUSER, SEVERAL):
            self.instance.groups.set([role for role in [self.cleaned_data["role"]] if role])


class PersonForm(_RoleForm):
    """Somebody who has an account. Nobody changes their own role or closes their own account, so that an administrator is always left."""

    class Meta:
        model = User
        fields = ("username", "first_name", "email", "is_active")
        widgets, labels, help_texts = _WIDGETS, _LABELS | {"is_active": gettext_lazy("启用")}, _HELP | {"is_active": CLOSING}

    keep_own = forms.BooleanField(label=gettext_lazy("保留单独给的权限"), required=False, initial=True)

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.initial |= {"first_name": self.instance.get_full_name(), "is_active": self.instance.is_active and self.instance.is_staff}
        if not self.instance.user_permissions.exists():
            del self.fields["keep_own"]
        if self.instance == self.by:
            for name in {"role", "is_active", "keep_own"} & self.fields.keys():
                self.fields[name].disabled, self.fields[name].help_text = True, OWN

    def clean(self):
        cleaned = super().clean()
        self.instance.last_name = ""  # the whole name stands in one field
        self.instance.is_staff = self.instance.is_staff or cleaned.get("is_active", False)
        return cleaned

    def _save_m2m(self):
        super()._save_m2m()
        if "keep_own" in self.fields and not self.cleaned_data["keep_own"]:
            self.instance.user_permissions.clear()


class NewPersonForm(_RoleForm, BaseUserCreationForm):
    """Somebody who gets an account."""

    class Meta:
        model = User
        fields = ("username", "first_name", "email")
        widgets, labels, help_texts = _WIDGETS, _LABELS, _HELP

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        for name in ("password1", "password2"):
            self.fields[name].widget = UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"})
        self.instance.is_staff = True  # accounts are for the desk alone


class NewPasswordForm(AdminPasswordChangeForm):
    """A new password for a colleague. There is no signing in without one, so none can be taken away."""

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.fields.pop("usable_password", None)


class RoleForm(_NamingForm):
    """A role: its name, and the sentences that are true of it."""

    by: User
    may = forms.MultipleChoiceField(
        label=gettext_lazy("可以做什么"), required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget(attrs={"class": "desk-may"})
    )

    class Meta:
        model = Group
        fields = ("name",)
        widgets, labels = {"name": UnfoldAdminTextInputWidget}, {"name": gettext_lazy("名称")}

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        codes = roles.permissions_of(self.instance) if self.instance.pk else set()
        self.fields["may"].choices = [(one.name, one.sentence) for one in roles.capabilities()]
        self.initial["may"] = [one.name for one in roles.held(codes)]
        self.fields["may"].help_text = self._rest(codes)

    @staticmethod
    def _rest(codes: set[str]) -> str:
        told = set().union(*(one.permissions for one in roles.held(codes)))
        return _("另外有%(n)s项权限，上面没有一句说的正好是它；保存不会动。") % {"n": len(codes - told)} if codes - told else ""

    def clean_may(self) -> list[str]:
        """Nobody takes from themselves what they would need to give it back."""
        chosen = self.cleaned_data["may"]
        gone = {one.name for one in roles.capabilities() if roles.MANAGE_ACCOUNTS in one.permissions} - set(chosen)
        is_own = self.instance.pk and self.by.groups.filter(pk=self.instance.pk).exists()
        if gone & set(self.initial["may"]) and is_own and not roles.may_manage_without(self.by, self.instance):
            raise ValidationError(_("这是您自己的角色：去掉“管账号和角色”，您就再也进不来这一页。请别的管理员改。"), code="own_role")
        return chosen

    def _save_m2m(self):
        super()._save_m2m()
        roles.grant(self.instance, self.cleaned_data["may"])
