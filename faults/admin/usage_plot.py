"""The plot of the searches of each day, as django-unfold's chart wants it."""

import json

from django.utils.translation import gettext as _

from faults.models import SearchDay
from faults.usage.report_days import share

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
