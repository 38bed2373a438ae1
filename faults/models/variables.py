"""Variables: what differs from desk to desk and from acquirer to acquirer, such as a telephone number, by the name that texts write."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from faults.models.code_tables import CodeTable, TableKind
from faults.models.parts import Part
from faults.text.lines import lines
from faults.text.placeholders import FORMS, NO_NAME
from posdesk.masking import has_card_number


def no_form(name: str) -> None:
    """Raises ValidationError for the name of a form, which reads otherwise."""
    if name in FORMS:
        raise ValidationError(_("“%(name)s”已经是一种写法的名字，请换一个。") % {"name": name})


def no_card_number(value: str) -> None:
    """Raises ValidationError for what looks like a card number: values are read aloud."""
    if has_card_number(value):
        raise ValidationError(_("这里有一串像卡号的数字。卡号不能存进知识库，请只留后四位。"), code="card_number")


VALUE = {
    "max_length": 200,
    "validators": [RegexValidator(r"^[^{}｛｝]*$", _("值里不能有大括号。")), no_card_number],
}


class VariableManager(models.Manager):
    def get_by_natural_key(self, name):
        return self.get(name=name)


class Variable(models.Model):
    """What texts write as {name}. `value`: the default; empty where only the acquirer knows. `words`: by which callers ask for it."""

    name = models.CharField(
        _("名称"),
        max_length=30,
        unique=True,
        validators=[RegexValidator(rf"^[^{NO_NAME}]+$", _("名称里不能有空格、大括号、冒号、分号。")), no_form],
        help_text=_("文字里写成大括号加名称，例如{客服电话}。定了就不改。"),
    )
    purpose = models.CharField(_("是什么"), max_length=120, blank=True, help_text=_("给编辑看，也给查到它的人看。"))
    words = models.TextField(_("来电的人怎么叫它"), blank=True, help_text=_("一行一个，例如“收单机构电话”。查这些词，先看到它的值。"))
    value = models.CharField(_("值"), blank=True, help_text=_("空着：读者看到“以收单机构为准”。"), **VALUE)
    position = models.PositiveSmallIntegerField(_("排序"), default=0, db_index=True)

    objects = VariableManager()

    class Meta:
        verbose_name = _("变量")
        verbose_name_plural = _("变量")
        ordering = ["position", "name"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.name,)

    @property
    def word_list(self) -> list[str]:
        return lines(self.words)


class VariableValue(Part):
    """What one acquirer's codes say for the variable instead of its default."""

    variable = models.ForeignKey(Variable, on_delete=models.CASCADE, related_name="values", verbose_name=_("变量"))
    table = models.ForeignKey(
        CodeTable,
        to_field="slug",
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind__in": [TableKind.ACQUIRER, TableKind.WALLET]},
        verbose_name=_("谁的码表"),
    )
    value = models.CharField(_("值"), **VALUE)

    class Meta(Part.Meta):
        verbose_name = _("值")
        verbose_name_plural = _("各家的值")
        constraints = [
            models.UniqueConstraint(
                fields=["variable", "table"], name="value_once_a_table", violation_error_message=_("这张码表的值已经有了。")
            )
        ]

    def __str__(self):
        return f"{self.table}：{self.value}"
