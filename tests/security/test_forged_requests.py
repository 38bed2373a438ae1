"""Requests that another site sends: every address of the site."""

import pytest
from django.test import Client

from faults.models import Upload
from tests import people
from tests.editing.transfer.examples import KEPT
from tests.security.addresses import Examples, addresses
from tests.security.crawling import SENT, ask, undone_after

ADDRESSES = addresses()
AT_THE_DESK = [address for address in ADDRESSES if address.route.startswith("admin/") and address.name != "admin:login"]
SAID = [address for address in ADDRESSES if address.route.startswith("say/") or address.name == "flag"]
EVIL = {"origin": "https://evil.example", "referer": "https://evil.example/"}


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """A superuser, and something for each address to be about."""
    with undone_after(django_db_blocker):
        user = people.superuser("boss")
        client = Client(enforce_csrf_checks=True)
        client.force_login(user)
        yield client, Examples(Upload.objects.create(name="t.csv", data=KEPT, made_by=user).pk)


def test_without_a_token_nothing_is_done_for_a_superuser(site):
    client, examples = site
    done = {}
    for address in AT_THE_DESK:
        response, tables = ask(client, "POST", examples.url(address), SENT.get(address.name, {"why": "x"}))
        if response.status_code not in (403, 405) or tables:
            done[address.name] = (response.status_code, tables)
    assert not done


def test_what_readers_say_is_not_taken_from_another_site(site):
    for address in SAID:
        response = Client().post(site[1].url(address), SENT.get(address.name, {}), headers=EVIL)
        assert response.status_code == 403, address
