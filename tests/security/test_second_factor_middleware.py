"""Who has given only the password is nobody: at every address of the site, by GET and by POST, however high their rank."""

import pytest

from faults.models import DeskRules, Fault, Status, Upload
from tests import people
from tests.budget import either
from tests.editing.transfer.examples import KEPT
from tests.security.addresses import Examples, addresses
from tests.security.crawling import PASSING, SENT, undone_after, writes
from tests.security.sign_in import SET_UP, STEP, sign_in, with_factor
from tests.security.test_every_url import OF_ROWS

OF_THE_STEP = ("second_step", "second_factor_set_up", "admin:logout")
ADDRESSES = [one for one in addresses() if one.route.startswith("admin/") and one.name not in OF_THE_STEP]
# Which step is missing and by which method it is asked are decided apart from the address: combinations have fewer. LONG=1 tries all.
ASKED = {STEP: ADDRESSES, SET_UP: either([one for one in ADDRESSES if one in OF_ROWS], ADDRESSES)}
OTHERS = [("PUT", None), ("DELETE", None)]


class Halfway:
    """A superuser who has given the password alone, and who has to enter the code, or to set it up."""

    def __init__(self):
        has, must = (people.superuser(name) for name in ("has", "must"))
        self.full, _ = with_factor(has)
        DeskRules.objects.filter(pk=1).update(second_factor="staff")
        self.clients = {STEP: sign_in("has")[0], SET_UP: sign_in("must")[0]}
        self.examples = Examples(Upload.objects.create(name="t.csv", data=KEPT, made_by=has).pk)


@pytest.fixture(scope="module")
def halfway(django_db_setup, django_db_blocker):
    """Made once for all addresses."""
    with undone_after(django_db_blocker):
        yield Halfway()


@pytest.mark.parametrize("led_to", [STEP, SET_UP], ids=["has-one", "must-have-one"])
def test_no_page_of_the_admin_opens_and_none_writes(halfway, led_to):
    opened, client = {}, halfway.clients[led_to]
    for place, address in enumerate(ASKED[led_to]):
        url = halfway.examples.url(address)
        for method, sent in (("GET", None), ("POST", SENT.get(address.name, {})), *either(OTHERS[place % 2 :][:1], OTHERS)):
            with writes() as tables:
                answer = client.generic(method, url) if sent is None else client.post(url, sent)
            is_led = answer.status_code == 302 and answer.headers["Location"].startswith(led_to)
            if not is_led or any(not table.startswith(PASSING) for table in tables):
                opened[f"{method} {address.name}"] = (answer.status_code, tables)
    assert not opened


@pytest.mark.parametrize("led_to", [STEP, SET_UP], ids=["has-one", "must-have-one"])
def test_drafts_stay_hidden_on_readers_pages(halfway, led_to):
    Fault.everything.filter(number=118).update(status=Status.DRAFT)
    assert halfway.full.get("/f/118/").status_code == 200
    assert halfway.clients[led_to].get("/f/118/").status_code == 404
    Fault.everything.filter(number=118).update(status=Status.PUBLISHED)


def test_who_did_the_second_step_opens_the_same_pages(halfway):
    assert halfway.full.get("/admin/faults/fault/").status_code == 200
