"""What readers search and use, as lists from which each row leads to what can be done about it."""

import csv
from io import StringIO

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from faults.admin.from_search import mark_dealt_with
from faults.admin.usage_plot import plot
from faults.editing.transfer.formulas import to_cell
from faults.usage.report_days import days_since, figures_of
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
    context = {
        "title": _("使用情况"),
        "name": name,
        "report": report,
        "rows": report.rows(first_day(days)),
        "shown": SHOWN,
        "reports": [(slug, one.title, counts.get(slug)) for slug, one in REPORTS.items()],
        "days": days,
        "periods": PERIODS,
        "figures": figures_of(series),
        "plot": plot(series),
        "may_confirm": request.user.has_perm("faults.publish"),
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
