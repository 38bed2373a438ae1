"""Who did what with accounts, rights, exports and publications. Rows are written once, and go only when they are old."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.TextChoices):
    """What was done."""

    SIGNED_IN = "signed-in", _("登录")
    PASSWORD_RIGHT = "password-right", _("密码对，还没过第二步")  # noqa: S105 (no password)
    SIGN_IN_FAILED = "sign-in-failed", _("登录失败")
    LOCKED_OUT = "locked-out", _("登录被暂停")
    SIGNED_OUT = "signed-out", _("退出")
    SESSIONS_ENDED = "sessions-ended", _("结束登录")
    CODE_WRONG = "code-wrong", _("动态码不对")
    FACTOR_SET_UP = "factor-set-up", _("设好两步登录")
    FACTOR_TAKEN_OFF = "factor-taken-off", _("关掉两步登录")
    FACTOR_RESET = "factor-reset", _("重置同事的两步登录")
    RECOVERY_USED = "recovery-used", _("用掉一个备用码")
    RECOVERY_RENEWED = "recovery-renewed", _("换新备用码")
    PASSWORD_CHANGED = "password-changed", _("改密码")  # noqa: S105 (no password)
    ACCOUNT_CREATED = "account-created", _("新建账号或角色")
    ACCOUNT_CHANGED = "account-changed", _("改账号或角色")
    ACCOUNT_DELETED = "account-deleted", _("删除账号或角色")
    RULES_CHANGED = "rules-changed", _("改规则")
    PUBLISHED = "published", _("发布")
    ARCHIVED = "archived", _("下架")
    DELETED = "deleted", _("删除内容")
    RESTORED = "restored", _("找回删除的内容")
    MERGED = "merged", _("合并")
    CONFIRMED = "confirmed", _("确认仍然正确")
    EXPORTED = "exported", _("导出")
    IMPORTED = "imported", _("导入")


class Audited(models.Model):
    """One deed. `who_name` stays when the account goes; it is empty for the operator at the command line and for strangers."""

    at = models.DateTimeField(_("时间"), auto_now_add=True, db_index=True)
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("账号")
    )
    who_name = models.CharField(_("谁"), max_length=150, blank=True)
    what = models.CharField(_("做了什么"), max_length=20, choices=AuditEvent)
    about = models.TextField(_("说明"), blank=True)
    address = models.CharField(_("从哪里"), max_length=45, blank=True)  # as long as the row: without it nobody can follow a break-in
    request_id = models.CharField(_("请求号"), max_length=64, blank=True)  # the same as in the log

    class Meta:
        app_label = "faults"  # whose migrations made the table
        verbose_name = _("操作记录")
        verbose_name_plural = _("操作记录")
        default_permissions = ("view",)
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.who_name} {self.get_what_display()}"

    def save(self, *arguments, **named):
        """Writes a new row. Raises TypeError for one that is there already."""
        if not self._state.adding:
            raise TypeError("What was done is written once and never changed.")
        super().save(*arguments, **named)
