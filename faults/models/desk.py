"""What the administrator decides about the editors' desk."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from faults.text import placeholders


class SecondFactorPolicy(models.TextChoices):
    """Who must sign in with a second factor."""

    NOBODY = "nobody", _("谁都不强制，自己愿意可以设")
    DECIDERS = "deciders", _("能发布的人和管理员")
    STAFF = "staff", _("能进后台的每个人")


class DeskOperator(models.TextChoices):
    """Whose desk it is: steps that go to the acquirer read by it (text/placeholders.py)."""

    ACQUIRER = placeholders.ACQUIRER, _("收单机构自己的客服热线")
    RESELLER = placeholders.RESELLER, _("代理商、服务商的")
    CHAIN = placeholders.CHAIN, _("连锁商户总部的")
    APART = placeholders.APART, _("哪一家都不是")


class DeskRules(models.Model):
    """One row. Entries, and what is said aloud of others' matters, are always reviewed: wrong words at a payment device cost money."""

    operator = models.CharField(
        _("本台是谁的"),
        max_length=8,
        choices=DeskOperator,
        default=DeskOperator.APART,
        db_default=DeskOperator.APART,
        help_text=_("写成{转收单：报修；机身号}的步骤照它念：收单机构自己的客服登记工单，别的请来电的人或者替他找收单机构。马上生效。"),
    )
    review_codes = models.BooleanField(_("返回码要复核"), default=True, help_text=_("不勾：编辑保存返回码，马上生效。"))
    review_terms = models.BooleanField(_("术语要复核"), default=True)
    review_words = models.BooleanField(
        _("同义词和说法要复核"), default=False, help_text=_("不勾：编辑加一个同义词、一句说法，下一次搜索就用上。")
    )
    keep_searches_days = models.PositiveSmallIntegerField(
        _("查询和投票记录保留几天"),
        default=90,
        validators=[MaxValueValidator(730)],
        help_text=_("过了这些天只留每天的总数。0：查询一条也不记，只记总数。"),
    )

    second_factor = models.CharField(
        _("谁必须两步登录"),
        max_length=8,
        choices=SecondFactorPolicy,
        default=SecondFactorPolicy.NOBODY,
        help_text=_("两步登录：密码以外，再输手机上的动态码。必须而还没设的人，下次打开后台先去设，设好才能做别的。"),
    )
    keep_audit_days = models.PositiveSmallIntegerField(
        _("操作记录保留几天"),
        default=400,
        validators=[MinValueValidator(365), MaxValueValidator(3650)],
        help_text=_("谁登录过、改过账号、发布过、导出过，连同网络地址。至少一年。"),
    )

    class Meta:
        verbose_name = _("规则")
        verbose_name_plural = _("规则")
        default_permissions = ("change", "view")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="desk_rules_one_row"),
            models.CheckConstraint(condition=models.Q(operator__in=DeskOperator.values), name="desk_rules_operator_known"),
            models.CheckConstraint(condition=models.Q(second_factor__in=SecondFactorPolicy.values), name="desk_rules_second_factor_known"),
        ]

    def __str__(self):
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> "DeskRules":
        """The rules in force; the defaults if the row was lost."""
        return cls.objects.first() or cls(pk=1)

    def reviewed_kinds(self) -> set[str]:
        """The kinds whose changes wait for a reviewer."""
        chosen = {"code": self.review_codes, "term": self.review_terms, "synonym": self.review_words, "wording": self.review_words}
        return {"fault", "elsewhere", *(kind for kind, is_reviewed in chosen.items() if is_reviewed)}
