"""Who has given only the password is nobody: at every address of the site, by GET and by POST, however high their rank."""

import logging

import pytest
from django.db import transaction

from faults.models import DeskRules, Fault, Status, Upload
from tests import people
from tests.guarding.addresses import Examples, addresses
from tests.guarding.signing_in import SET_UP, STEP, sign_in, with_factor
from tests.guarding.walking import PASSING, SENT, writes

OF_THE_STEP = ("second_step", "second_factor_set_up", "admin:logout")


class Halfway:
    """A superuser who has given the password alone, and who has to enter the code, or to set it up."""

    def __init__(self):
        has, must = (people.superuser(name) for name in ("has", "must"))
        self.full, _ = with_factor(has)
        DeskRules.objects.filter(pk=1).update(second_factor="staff")
        self.clients = {STEP: sign_in("has")[0], SET_UP: sign_in("must")[0]}
        self.examples = Examples(Upload.objects.create(name="t.csv", data="编号,标题\n118,换了\n".encode(), made_by=has).pk)


@pytest.fixture(scope="module")
def halfway(django_db_setup, django_db_blocker):
    """Made once for all addresses."""
    logging.disable(logging.CRITICAL)
    with django_db_blocker.unblock(), transaction.atomic():
        yield Halfway()
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("led_to", [STEP, SET_UP], ids=["has-one", "must-have-one"])
@pytest.mark.parametrize(
    "address", [one for one in addresses() if one.route.startswith("admin/") and one.name not in OF_THE_STEP], ids=lambda one: one.name
)
def test_no_page_of_the_admin_opens_and_none_writes(halfway, address, led_to):
    url, client = halfway.examples.url(address), halfway.clients[led_to]
    for method, sent in (("GET", None), ("POST", SENT.get(address.name, {})), ("PUT", None), ("DELETE", None)):
        with writes() as tables:
            answer = client.generic(method, url) if sent is None else client.post(url, sent)
        assert answer.status_code == 302 and answer.headers["Location"].startswith(led_to), (method, url)
        assert not {table for table in tables if not table.startswith(PASSING)}


@pytest.mark.parametrize("led_to", [STEP, SET_UP], ids=["has-one", "must-have-one"])
def test_drafts_stay_hidden_on_readers_pages(halfway, led_to):
    Fault.everything.filter(number=118).update(status=Status.DRAFT)
    assert halfway.full.get("/f/118/").status_code == 200
    assert halfway.clients[led_to].get("/f/118/").status_code == 404
    Fault.everything.filter(number=118).update(status=Status.PUBLISHED)


def test_who_did_the_second_step_opens_the_same_pages(halfway):
    assert halfway.full.get("/admin/faults/fault/").status_code == 200
