"""The closed lists of the field: kinds, states, classes. Labels are what the reader sees."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    FAULT = "fault", _("故障")
    PROCEDURE = "procedure", _("业务处理")
    NOTICE = "notice", _("操作须知")


class Status(models.TextChoices):
    """Only PUBLISHED is read by the public. An entry is archived, never deleted: its number is not used again."""

    DRAFT = "draft", _("草稿")
    REVIEW = "review", _("待复核")
    PUBLISHED = "published", _("已发布")
    ARCHIVED = "archived", _("已下架")


class Confidence(models.TextChoices):
    VERIFIED = "verified", _("已核实")
    UNVERIFIED = "unverified", _("未核实")


class Likelihood(models.TextChoices):
    COMMON = "common", _("最常见")
    POSSIBLE = "possible", _("有可能")
    RARE = "rare", _("少见")


class Audience(models.TextChoices):
    """Who reads a note: whoever is signed in to the desk, or everybody."""

    INTERNAL = "internal", _("内部")
    SAYABLE = "sayable", _("可以念")


class RedLine(models.TextChoices):
    """Which of the red lines a warning draws (text/red_line_kind.py), in the word that stands in lists."""

    MONEY = "money", pgettext_lazy("red line", "钱")
    CARD = "card", pgettext_lazy("red line", "卡")
    MACHINE = "machine", pgettext_lazy("red line", "机")
    RISK = "risk", pgettext_lazy("red line", "风控")
    SCAM = "scam", pgettext_lazy("red line", "防骗")


class Generation(models.TextChoices):
    """Which generation of UnionPay's table lists the code: before, since, or both sides of Q/CUP 006.6-2014."""

    BOTH = "both", _("新旧两表")
    OLD = "old", _("仅旧表")
    NEW = "new", _("仅新表")


class Verdict(models.TextChoices):
    """What became of a piece of the source document."""

    ACCEPTED = "accepted", pgettext_lazy("source", "采用")
    REJECTED = "rejected", pgettext_lazy("source", "不采用")
