"""Whose tables return codes stand in, and what codes are sorted by. Administrators keep these lists: a desk serves its acquirer."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from faults.models.lists import Named
from faults.text.fold import fold
from faults.text.lines import lines

CODE_PATTERN = r"^[0-9A-Z](?:[0-9A-Z._-]*[0-9A-Z])?$"

# What the rows of the knowledge files are called, for the interface in other languages; what an editor adds stands as written.
NAMES = (
    *(gettext_noop("银联"), gettext_noop("快钱"), gettext_noop("拉卡拉"), gettext_noop("终端本地"), gettext_noop("美国运通")),
    *(gettext_noop("外卡网关"), gettext_noop("微信付款码"), gettext_noop("支付宝当面付"), gettext_noop("银联二维码"), gettext_noop("钱宝")),
    *(gettext_noop("不重试"), gettext_noop("可以再试"), gettext_noop("签到后再试"), gettext_noop("查清后再试"), gettext_noop("换卡")),
    *(gettext_noop("成功"), gettext_noop("可重试"), gettext_noop("不需重试"), gettext_noop("终端操作员处理"), gettext_noop("系统故障")),
)


class Translated(Named):
    """A name that the reader sees in the interface's language, if it came with the knowledge files."""

    class Meta(Named.Meta):
        abstract = True

    def __str__(self):
        return gettext(self.name)


class TableKind(models.TextChoices):
    """Who made a table: it says what a code of it may be told apart by."""

    NETWORK = "network", _("卡组织")
    ACQUIRER = "acquirer", _("收单机构")
    MAKER = "maker", _("终端厂家")
    WALLET = "wallet", _("扫码支付")


class CodeTable(Translated):
    """One table of return codes. `is_own`: the one whose codes this desk's terminals show; it comes first unless another one is asked for.

    `name`: as it stands beside a code. `words`: by which callers name it, one a line. `red_lines`: the codes after which nobody at the
    counter knows whether money moved, one a line; each of them must carry a warning.
    """

    full_name = models.CharField(_("全称"), max_length=60, blank=True)
    kind = models.CharField(_("谁的码表"), max_length=8, choices=TableKind, default=TableKind.ACQUIRER)
    words = models.TextField(_("来电的人怎么叫它"), blank=True, help_text=_("一行一个，例如“银联”“unionpay”。说了就先看这张表。"))
    letter = models.CharField(_("标记"), max_length=2, blank=True, help_text=_("一两个字，窄的地方代替名称。"))
    red_lines = models.TextField(_("红线的码"), blank=True, help_text=_("一行一个：报了就不知道钱动没动的码。这些码都要写红线提醒。"))

    is_own = models.BooleanField(_("本台的码表"), default=False, editable=False)

    class Meta(Named.Meta):
        verbose_name = _("码表")
        verbose_name_plural = _("码表")
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=TableKind.values), name="code_table_kind_known"),
            models.UniqueConstraint(fields=["is_own"], condition=models.Q(is_own=True), name="one_own_code_table"),
        ]

    def clean(self):
        """Codes are written as codes are. Raises ValidationError for a line that is none, or for a word that names another table."""
        self.red_lines = "\n".join(unicodedata.normalize("NFKC", code).upper() for code in self.red_line_codes)
        if wrong := [code for code in self.red_line_codes if not re.fullmatch(CODE_PATTERN, code)]:
            raise ValidationError({"red_lines": _("不是返回码：%(code)s。一行只写一个码，不写说明。") % {"code": "、".join(wrong)}})
        others = {fold(word): table for table in CodeTable.objects.exclude(pk=self.pk) for word in table.word_list}
        if taken := [word for word in self.word_list if fold(word) in others]:
            said = {"word": taken[0], "table": others[fold(taken[0])]}
            raise ValidationError({"words": _("“%(word)s”已经是“%(table)s”的叫法了：一个叫法只能指一张码表。") % said})

    @classmethod
    def own_slug(cls) -> str:
        """Of the desk's own table; empty if none is called so."""
        return cls.objects.filter(is_own=True).values_list("slug", flat=True).first() or ""

    @classmethod
    def own_name(cls) -> str:
        """Of the desk's own table, as documents name it; empty if none is called so."""
        return cls.objects.filter(is_own=True).values_list("name", flat=True).first() or ""

    @property
    def word_list(self) -> list[str]:
        return lines(self.words)

    @property
    def red_line_codes(self) -> list[str]:
        return lines(self.red_lines)


class Retry(Translated):
    """Whether a transaction may be done again after a code. `allows_again`: with the same card, without finding anything out first."""

    allows_again = models.BooleanField(_("同一张卡可以再做"), default=False, help_text=_("不勾：步骤里叫人再试，会当错误报出来。"))

    class Meta(Named.Meta):
        verbose_name = _("能不能重试")
        verbose_name_plural = _("能不能重试")


class ResponseClass(Translated):
    """A class that a table sorts its codes by; the slug is its letter. Those of UnionPay's older POS table are A to E."""

    class Meta(Named.Meta):
        verbose_name = _("返回码分类")
        verbose_name_plural = _("返回码分类")
