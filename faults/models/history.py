"""History: who changed what, when and why, and what it said afterwards. Rows are written once and never changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from faults.models.kinds import kind_of
from faults.models.publication import Publication


class Action(models.TextChoices):
    """What was done to an item."""

    LOADED = "loaded", _("载入数据文件")
    CREATED = "created", _("新建")
    CHANGED = "changed", _("修改")
    IMPORTED = "imported", _("表格导入")
    RESTORED = "restored", _("恢复旧版本")
    MERGED = "merged", _("合并")
    SUBMITTED = "submitted", _("提交复核")
    TAKEN_BACK = "taken-back", _("撤回提交")
    RETURNED = "returned", _("退回")
    DISCARDED = "discarded", _("丢弃修改")
    PUBLISHED = "published", _("发布")
    ARCHIVED = "archived", _("下架")
    REOPENED = "reopened", _("重新起草")
    CONFIRMED = "confirmed", _("确认仍然正确")
    ASSIGNED = "assigned", _("改负责人或复核日期")
    DELETED = "deleted", _("删除")
    SCHEDULED = "scheduled", _("定时")
    CANCELLED = "cancelled", _("取消定时")


# What puts somebody's words into an item: who did so since it was last published doesn't approve it alone.
WRITING = (Action.CREATED, Action.CHANGED, Action.IMPORTED, Action.RESTORED, Action.MERGED)
NO_WORDS = (Action.CONFIRMED, Action.ASSIGNED, Action.SCHEDULED, Action.CANCELLED)


class ChangeQuerySet(models.QuerySet):
    def of(self, item: models.Model):
        """The item's own changes, the newest first."""
        return self.filter(kind=kind_of(item), item_id=item.pk).order_by("-pk")

    def publications(self):
        return self.filter(action=Action.PUBLISHED)

    def since_publication(self, item: Publication):
        """What was done to the item after it was last published."""
        changes = self.of(item)
        last = changes.publications().values_list("pk", flat=True).first()
        return changes.filter(pk__gt=last) if last else changes


class Change(models.Model):
    """One change of one item. Without a foreign key to the item: it outlives what is deleted."""

    kind = models.CharField(max_length=20)
    item_id = models.BigIntegerField()
    name = models.CharField(_("内容"), max_length=90)
    action = models.CharField(_("做了什么"), max_length=10, choices=Action)
    why = models.TextField(_("为什么"), blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_by_name = models.CharField(_("谁"), max_length=150, blank=True)  # stays when the account goes
    made_at = models.DateTimeField(_("时间"), auto_now_add=True, db_index=True)
    is_pending = models.BooleanField(default=False)  # `row` is a revision that readers don't see yet
    row = models.JSONField()  # as editing.describe gives it

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("变动")
        verbose_name_plural = _("变动")
        default_permissions = ("view",)
        permissions = [
            ("publish", "发布、退回和下架"),
            ("approve_own", "批准自己的修改"),
            ("export_knowledge", "导出知识"),
            ("import_knowledge", "导入知识"),
        ]
        indexes = [models.Index(fields=["kind", "item_id", "-id"], name="change_of_item")]

    def __str__(self):
        return f"{self.name}：{self.get_action_display()}"


class LoadedItems(models.QuerySet):
    def in_conflict(self):
        """What the files and an editor both changed, and nobody has decided."""
        return self.exclude(conflicts={})


class LoadedItem(models.Model):
    """One item of fixtures/ as it stood there when it was loaded last.

    `conflicts`: by field what it said before and what the files say now, {"before": …, "theirs": …}, where an editor changed it too.
    """

    key = models.CharField(max_length=80, unique=True)
    row = models.JSONField()
    conflicts = models.JSONField(default=dict, db_default={})

    objects = LoadedItems.as_manager()

    def __str__(self):
        return self.key

    @property
    def kind(self) -> str:
        """Of what kind it is: fault, code …"""
        return self.key.partition(":")[0]

    @property
    def label(self) -> str:
        """What people call it."""
        said = self.row.get("title") or self.row.get("meaning") or ""
        return f"{self.key.partition(':')[2]} {said}".strip()
