"""Whoever reads what should have been looked at again is told, quietly, from the day after."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from faults.models import Fault, ReturnCode

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Sets the day, and forgets what was kept before."""
    cache.clear()

    def be(day):
        monkeypatch.setattr(timezone, "localdate", lambda *arguments: day)

    be(TODAY)
    return be


@pytest.mark.postgresql
@pytest.mark.parametrize(("days", "says_so"), [(-400, True), (-1, True), (0, False), (1, False), (None, False)])
def test_an_entry_says_so_from_the_day_after(client, days, says_so):
    due = None if days is None else TODAY + timedelta(days=days)
    Fault.objects.filter(number=40).update(review_due=due)
    shown = client.get("/f/40/").content.decode()
    assert ("该复核了；" in shown) is says_so and (f"{due}该复核了" in shown) is says_so


def test_a_code_says_so_too(client):
    assert "该复核了；" not in client.get("/codes/97/").content.decode()
    ReturnCode.objects.filter(code="97", scheme="cup").update(review_due=TODAY - timedelta(days=1))
    assert "该复核了；" in client.get("/codes/97/").content.decode()


def test_overnight_a_kept_page_and_an_offline_copy_become_old(client, today):
    Fault.objects.filter(number=40).update(review_due=TODAY)
    before = client.get("/offline.json")
    assert "该复核了；" not in client.get("/f/40/").content.decode()
    today(TODAY + timedelta(days=1))
    assert "该复核了；" in client.get("/f/40/").content.decode()
    after = client.get("/offline.json", headers={"if-none-match": before.headers["ETag"]})
    assert after.status_code == 200 and after.json()["pages"]["/f/40/"] != before.json()["pages"]["/f/40/"]
    assert after.json()["pages"]["/f/5/"] == before.json()["pages"]["/f/5/"]


def test_a_draft_is_not_overdue(admin_client, draft):
    Fault.everything.filter(pk=draft.pk).update(review_due=TODAY - timedelta(days=9))
    assert "该复核了；" not in admin_client.get("/f/900/").content.decode()
