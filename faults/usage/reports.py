"""The lists that use makes for editors, under the names of their addresses."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from faults.models import Fault, Flag, Judgment
from faults.search.weights import PERHAPS
from faults.usage import report_entries, report_texts
from faults.usage.report_rows import Row

PERIODS = (7, 30, 90)  # days
PERIOD = 30  # unless another is chosen
SHOWN = 50  # rows on the page
EXPORTED = 500  # rows in a file

TEXT, ENTRY = "text", "entry"
_ASKED, _TIMES, _LAST = _("查的话"), _("几次"), _("最近一次")


@dataclass(frozen=True)
class Report:
    """One list. `kind`: whether its rows are texts that were searched, or entries. `columns`: headings of its name and its figures."""

    title: str
    about: str
    kind: str
    columns: tuple[str, ...]
    make: Callable[[date, int], list[Row]]

    def rows(self, since: date, most: int = SHOWN) -> list[Row]:
        """The first rows for the days since that one, in a fixed number of queries."""
        return self.make(since, most)


REPORTS = {
    "nothing": Report(
        _("什么也没查到"),
        _("查了，一条也没有给出来；也包括码表里没有的码。"),
        TEXT,
        (_ASKED, _TIMES, _LAST, _("结果")),
        report_texts.nothing,
    ),
    "near": Report(
        _("只有沾边的"),
        format_lazy(_("有沾边的，把握不够，没有当答案给出来。把握是最近一次的，到{floor}才会给出来。"), floor=PERHAPS),
        TEXT,
        (_ASKED, _TIMES, _LAST, _("把握")),
        report_texts.near,
    ),
    "unopened": Report(
        _("有答案没打开"),
        _("给出了答案，一条也没有打开。可能标题没让人认出来；也可能在结果页上就看完了。"),
        TEXT,
        (_ASKED, _TIMES, _LAST, _("给出几条")),
        report_texts.unopened,
    ),
    "repeated": Report(
        _("接着又查"),
        _("什么也没打开，同一个人很快又查了别的话。"),
        TEXT,
        (_ASKED, _TIMES, _LAST, _("结果")),
        report_texts.repeated,
    ),
    "most-used": Report(
        _("用得最多"),
        _("条目和返回码，按看过的次数和解决的次数排。"),
        ENTRY,
        (_("条目"), _("看过"), _("从查询打开"), _("解决")),
        report_entries.most_used,
    ),
    "worst-rated": Report(
        _("评得最差"),
        _("只算现在这一版的投票。按说没用的比例排，票少的说明不了什么，排在后面。"),
        ENTRY,
        (_("条目"), _("没用"), _("有用"), _("为什么"), _("最近说的话")),
        report_entries.worst_rated,
    ),
    "never-opened": Report(
        _("没人看过"),
        _("发布着，这段时间没有人看过，发布得早的在前。也许标题和说法对不上大家的话，也许用不着了。"),
        ENTRY,
        (_("条目"), _("发布时间")),
        report_entries.never_opened,
    ),
    "flagged": Report(
        _("读者报错"),
        _("读者说有误、还没处理的，不论多久以前。"),
        ENTRY,
        (_("条目"), _("哪里有误"), _("说到的原因"), _("时间")),
        report_entries.flagged,
    ),
    "overdue": Report(
        _("过期未复核"),
        _("过了复核日期的条目，按过期天数×（1＋用过的次数）排：用得多的先看。"),
        ENTRY,
        (_("条目"), _("该复核的日期"), _("过期几天"), _("用过几次")),
        report_entries.overdue,
    ),
    "broken": Report(
        _("找不到了"),
        _("“该找到什么”里，以前在前三条，现在不在了的，不论从什么时候起。"),
        ENTRY,
        (_("该找到的"), _ASKED, _("上次找得到"), _("上次查过")),
        report_entries.broken,
    ),
}


def first_day(days: int) -> date:
    """The first of so many days that end today."""
    return timezone.localdate() - timedelta(days=days - 1)


def waiting() -> dict[str, int]:
    """How many rows the lists have that are there to be worked off: three counts."""
    return {
        "flagged": Flag.objects.open().count(),
        "overdue": Fault.everything.overdue().count(),
        "broken": Judgment.objects.broken().count(),
    }
