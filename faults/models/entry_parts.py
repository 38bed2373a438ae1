"""What an entry is made of: causes with their fixes, which are the heart of the product, screen texts, callers' words, myths, links."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faults.models.choices import Likelihood
from faults.models.content import Fault
from faults.models.lists import Actor
from faults.models.parts import Part
from faults.text.lines import lines


class ScreenText(Part):
    """What a terminal shows, to the letter. Belongs to an entry or to a code."""

    fault = models.ForeignKey(Fault, null=True, blank=True, on_delete=models.CASCADE, related_name="screen_texts", verbose_name=_("条目"))
    code = models.ForeignKey(
        "ReturnCode", null=True, blank=True, on_delete=models.CASCADE, related_name="screen_texts", verbose_name=_("返回码")
    )
    text = models.CharField(_("屏幕提示"), max_length=80, help_text=_("一字不差地照抄终端上的字，最常见的排最前。"))

    class Meta(Part.Meta):
        verbose_name = _("屏幕提示")
        verbose_name_plural = _("屏幕提示")
        constraints = [
            models.CheckConstraint(condition=models.Q(fault=None) ^ models.Q(code=None), name="screen_text_has_one_owner"),
            models.UniqueConstraint(
                fields=["fault", "text"], name="screen_text_once_a_fault", violation_error_message=_("这条屏幕提示已经有了。")
            ),
            models.UniqueConstraint(
                fields=["code", "text"], name="screen_text_once_a_code", violation_error_message=_("这条屏幕提示已经有了。")
            ),
        ]

    def __str__(self):
        return self.text


class Alias(Part):
    """The caller's own words for an entry."""

    fault = models.ForeignKey(Fault, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("条目"))
    text = models.CharField(_("商户说法"), max_length=60, help_text=_("商户嘴里的话，例如“不出票”“没信号”。"))

    class Meta(Part.Meta):
        verbose_name = _("商户说法")
        verbose_name_plural = _("商户说法")
        constraints = [
            models.UniqueConstraint(fields=["fault", "text"], name="alias_once_a_fault", violation_error_message=_("这个说法已经有了。")),
        ]

    def __str__(self):
        return self.text


class Cause(Part):
    """A cause of a fault, or a situation of a procedure, with the one question or look that confirms it."""

    fault = models.ForeignKey(Fault, on_delete=models.CASCADE, related_name="causes", verbose_name=_("条目"))
    title = models.CharField(_("原因"), max_length=60, help_text=_("业务处理写“情况”，例如“当天，顾客还在”。"))
    likelihood = models.CharField(_("多不多见"), max_length=8, choices=Likelihood, default=Likelihood.POSSIBLE)
    check_text = models.CharField(_("怎么确认"), max_length=200, help_text=_("电话里能问能看的一句话。"))

    class Meta(Part.Meta):
        verbose_name = _("原因")
        verbose_name_plural = _("原因")
        constraints = [
            models.CheckConstraint(condition=models.Q(likelihood__in=Likelihood.values), name="cause_likelihood_known"),
            models.CheckConstraint(condition=~models.Q(check_text=""), name="cause_has_check"),
        ]

    def __str__(self):
        return self.title

    @property
    def times_solved(self) -> int:
        """How often it was the one, as far as that was counted last."""
        return self.standing.solved if hasattr(self, "standing") else 0


class Fix(Part):
    """What to do about a cause, or about the entry as a whole: ordered steps for one actor."""

    fault = models.ForeignKey(Fault, null=True, blank=True, on_delete=models.CASCADE, related_name="fixes", verbose_name=_("条目"))
    cause = models.ForeignKey(Cause, null=True, blank=True, on_delete=models.CASCADE, related_name="fixes", verbose_name=_("原因"))
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="fixes", verbose_name=_("谁来处理"))
    steps = models.TextField(_("步骤"), help_text=_("一行一步，一步一个动作，按做的顺序写。可以写{客服电话}、{转收单：报修；机身号}。"))
    expected = models.CharField(_("正常应该怎样"), max_length=120, blank=True)
    otherwise = models.CharField(_("不是这样"), max_length=120, blank=True, help_text=_("没出现预期结果说明什么、下一步找谁。"))
    note = models.CharField(_("注意"), max_length=200, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("处理方法")
        verbose_name_plural = _("处理方法")
        constraints = [
            models.CheckConstraint(condition=models.Q(fault=None) ^ models.Q(cause=None), name="fix_has_one_owner"),
            models.CheckConstraint(condition=~models.Q(steps=""), name="fix_has_steps"),
        ]

    def __str__(self):
        """Also of one that a form has taken without an actor or with nothing but blanks for steps."""
        return f"{self.actor if self.actor_id else ''}：{next(iter(self.step_list), '')[:30]}"

    @property
    def step_list(self) -> list[str]:
        return lines(self.steps)


class Myth(Part):
    """What is often said and should not be followed, and why. Belongs to an entry or to a code."""

    fault = models.ForeignKey(Fault, null=True, blank=True, on_delete=models.CASCADE, related_name="myths", verbose_name=_("条目"))
    code = models.ForeignKey("ReturnCode", null=True, blank=True, on_delete=models.CASCADE, related_name="myths", verbose_name=_("返回码"))
    claim = models.CharField(_("常见的说法"), max_length=120)
    verdict = models.CharField(_("一句话结论"), max_length=12, help_text=_("两到八个字，例如“会重复扣款。”"))
    reason = models.CharField(_("为什么不对"), max_length=200)

    class Meta(Part.Meta):
        verbose_name = _("常见误区")
        verbose_name_plural = _("常见误区")
        constraints = [models.CheckConstraint(condition=models.Q(fault=None) ^ models.Q(code=None), name="myth_has_one_owner")]

    def __str__(self):
        return self.claim


class RelatedFault(Part):
    """A link from an entry to another, saying how to tell the two apart."""

    fault = models.ForeignKey(Fault, on_delete=models.CASCADE, related_name="links", verbose_name=_("条目"))
    other = models.ForeignKey(Fault, on_delete=models.CASCADE, related_name="links_back", verbose_name=_("相关条目"))
    difference = models.CharField(_("怎么分清"), max_length=120, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("相关条目")
        verbose_name_plural = _("相关条目")
        constraints = [
            models.UniqueConstraint(fields=["fault", "other"], name="related_once", violation_error_message=_("这条相关条目已经有了。")),
            models.CheckConstraint(
                condition=~models.Q(fault=models.F("other")), name="related_to_another", violation_error_message=_("条目不能和自己相关。")
            ),
        ]

    def __str__(self):
        return str(self.other)
