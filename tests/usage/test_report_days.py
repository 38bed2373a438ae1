"""The sums of each day, and how figures are written."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from faults.models import SearchDay
from faults.usage.report_rows import as_text, days_since, figures_of
from faults.usage.reports import first_day

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def test_every_day_of_the_period_has_its_sums_and_their_shares():
    today = timezone.localdate()
    SearchDay.objects.create(day=today, searches=8, answered=6, opened=4, repeated=1)
    SearchDay.objects.create(day=today - timedelta(days=6), searches=2, answered=0)
    SearchDay.objects.create(day=today - timedelta(days=7), searches=1000)
    days = days_since(first_day(7))
    assert [day.searches for day in days] == [2, 0, 0, 0, 0, 0, 8] and days[-1].day == today
    figures = figures_of(days)
    assert (figures.searches, figures.answered, figures.opened, figures.repeated) == (10, 60, 40, 10)


def test_of_no_searches_there_are_no_shares():
    figures = figures_of(days_since(first_day(90)))
    assert (figures.searches, figures.answered, figures.opened, figures.repeated) == (0, None, None, None)
    assert len(days_since(first_day(90))) == 90


def test_figures_are_written_as_one_reads_them():
    moment = timezone.make_aware(datetime(2026, 11, 23, 7, 5, 9))
    assert [as_text(value) for value in (moment, moment.date(), 0.256, 12, "话", None)] == [
        "2026-11-23 07:05",
        "2026-11-23",
        "0.26",
        "12",
        "话",
        "",
    ]
