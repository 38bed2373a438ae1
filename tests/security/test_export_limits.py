"""Twenty exports an hour an account, the workbook and the lists of use together; each is written down."""

import pytest
from django.core.cache import cache

from faults.models import Audited

pytestmark = pytest.mark.django_db
FILE, LIST = "/admin/desk/transfer/export/csv/?kind=term", "/admin/desk/usage/nothing/csv/"


@pytest.fixture(autouse=True)
def nothing_counted():
    """What other tests exported doesn't count."""
    cache.clear()


def test_the_twenty_first_in_an_hour_is_told_to_wait_and_nobody_else(signed_in_as):
    client = signed_in_as("编辑", "li")
    answers = [client.get(FILE if number % 2 else LIST) for number in range(20)]
    assert all(answer.headers["Content-Disposition"] for answer in answers)
    refused = client.get(FILE)
    assert refused.status_code == 429 and "最多导出20次" in refused.content.decode() and int(refused.headers["Retry-After"]) > 3500
    assert client.get(LIST).status_code == 429
    assert signed_in_as("编辑", "wang").get(FILE).status_code == 200
    assert Audited.objects.filter(what="exported", who_name="li").count() == 20


def test_who_may_not_export_uses_nothing_up(signed_in_as):
    client = signed_in_as("", "nobody")
    assert client.get(FILE).status_code == 403 and not Audited.objects.filter(what="exported").exists()
