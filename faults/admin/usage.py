"""What readers search and use, as lists from which each row leads to what can be done about it."""

import csv
import json
from io import StringIO

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from faults.admin.from_search import mark_dealt_with
from faults.editing.history import newest_change
from faults.editing.transfer.formulas import to_cell
from faults.models import SearchDay
from faults.usage.report_rows import days_since, figures_of, share
from faults.usage.reports import EXPORTED, PERIOD, PERIODS, REPORTS, SHOWN, Report, first_day, waiting
from posdesk.security.export_limits import limit_exports

FIRST = next(iter(REPORTS))


def _days(values) -> int:
    """The period that was chosen."""
    return next((days for days in PERIODS if str(days) == values.get("days")), PERIOD)


def _report(name: str) -> Report:
    if name not in REPORTS:
        raise Http404
    return REPORTS[name]


@permission_required("faults.view_search", raise_exception=True)
def usage(request, name: str = FIRST):
    """The searches of each day, and one of the lists."""
    report, days = _report(name), _days(request.GET)
    series, counts = days_since(first_day(days)), waiting()
    found = report.rows(first_day(days), EXPORTED + 1)
    context = {
        "title": _("使用情况"),
        "name": name,
        "report": report,
        "page": Paginator(found[:EXPORTED], SHOWN).get_page(request.GET.get("page")),
        "is_cut": len(found) > EXPORTED,
        "reports": [(slug, one.title, counts.get(slug)) for slug, one in REPORTS.items()],
        "days": days,
        "periods": PERIODS,
        "figures": figures_of(series),
        "plot": plot(series),
        "may_confirm": request.user.has_perm("faults.publish"),
        "seen": newest_change(),
    }
    return TemplateResponse(request, "admin/usage/usage.html", admin.site.each_context(request) | context)


@permission_required("faults.view_search", raise_exception=True)
@limit_exports
def export(request, name: str):
    """A list as CSV, which Excel opens as it is: in UTF-8 with its mark, and no cell a formula."""
    report, text = _report(name), StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([str(column) for column in report.columns])
    for row in report.rows(first_day(_days(request.GET)), EXPORTED):
        writer.writerow([to_cell(cell) for cell in (row.name, *row.texts)])
    headers = {"Content-Disposition": f'attachment; filename="posdesk-{name}-{timezone.localdate()}.csv"'}
    return HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers)


@require_POST
def deal_with(request, name: str):
    """Takes a row off the lists: nothing is to be done about it, unless it is searched again."""
    _report(name)
    if not mark_dealt_with(request, request.POST):
        raise PermissionDenied
    return HttpResponseRedirect(f"{reverse('usage_list', args=[name])}?days={_days(request.POST)}")


GREY = "#78818f"  # can be read on white and on the dark ground
BARS, ANSWERED, SHARE = "var(--color-primary-300)", "var(--color-primary-500)", "#b45309"
_TICKS = {"color": GREY, "maxTicksLimit": 6, "precision": 0}
OPTIONS = {
    "animation": False,
    "responsive": True,
    "maintainAspectRatio": False,
    "interaction": {"mode": "index", "intersect": False},
    "plugins": {"legend": {"align": "end", "labels": {"color": GREY, "usePointStyle": True, "boxWidth": 7, "boxHeight": 7}}},
    "scales": {
        "x": {"stacked": True, "grid": {"display": False}, "ticks": _TICKS | {"maxTicksLimit": 10, "maxRotation": 0}},
        "y": {"beginAtZero": True, "ticks": _TICKS, "grid": {"tickLength": 0}},
        "share": {"position": "right", "min": 0, "max": 100, "ticks": _TICKS, "grid": {"display": False}},
    },
}


def plot(days: list[SearchDay]) -> dict:
    """Bars for the searches with those answered in front, a line for the share; and the same figures as rows."""
    shares = [share(day.answered, day.searches) for day in days]
    datasets = [
        _bars(_("查询"), [day.searches for day in days], BARS) | {"order": 3},
        _bars(_("有答案"), [day.answered for day in days], ANSWERED) | {"order": 2},
        {"type": "line", "label": _("有答案的占百分之几（右边的刻度）"), "data": shares, "yAxisID": "share", "order": 1} | _LINE,
    ]
    data = {"labels": [f"{day.day:%m-%d}" for day in days], "datasets": datasets}
    rows = [(day, part) for day, part in zip(days, shares, strict=True) if day.searches]
    return {"data": json.dumps(data), "options": json.dumps(OPTIONS), "rows": rows[::-1]}


_LINE = {"borderColor": SHARE, "backgroundColor": SHARE, "borderWidth": 2, "pointRadius": 2, "tension": 0.2}


def _bars(label: str, values: list[int], colour: str) -> dict:
    return {"label": label, "data": values, "backgroundColor": colour, "maxBarThickness": 28, "borderRadius": 2}
