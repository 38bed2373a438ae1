"""The cause that a caller speaks of is the one that is shown. Half a second."""

import pytest
from django.contrib.auth.models import AnonymousUser

from faults.models import Fault
from faults.search.query import parse
from faults.search.spoken_cause import place_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("流量卡欠费了吧，没信号", 1, "欠费"),
        ("机器进水了", 121, "洒进"),
        ("换过号码以后无拨号音", 118, "换过电话线或号码"),
        ("无拨号音", 118, ""),
        ("没信号", 1, ""),
        ("no signal", 1, ""),
    ],
)
def test_the_cause_that_was_spoken_of_or_the_first_to_ask_about(text, number, title):
    titles = [cause.title for cause in Fault.visible_to(AnonymousUser()).with_everything().get(number=number).causes_to_ask]
    place = place_of(parse(text), titles)
    assert title in titles[place] if title else place == 0


def test_the_page_shows_it_and_leads_to_it(client):
    page = client.get("/search/", {"q": "机器进水了"}).content.decode()
    assert "/f/121/#c2" in page
