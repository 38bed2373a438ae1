"""Requests that another site sends, frames around pages, answers that a shared computer keeps: every address of the site."""

import logging

import pytest
from django.db import transaction
from django.test import Client

from faults.models import Upload
from tests import people
from tests.guarding.addresses import Examples, addresses
from tests.guarding.walking import SENT, ask

ADDRESSES = addresses()
AT_THE_DESK = [address for address in ADDRESSES if address.route.startswith("admin/") and address.name != "admin:login"]
SAID = [address for address in ADDRESSES if address.route.startswith("say/") or address.name == "flag"]
# Django lets a browser keep these; they show nothing of anybody but an empty form.
KEEPABLE = {"admin:jsi18n", "admin:password_change", "admin:password_change_done"}
EVIL = {"origin": "https://evil.example", "referer": "https://evil.example/"}


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """A superuser, and something for each address to be about."""
    logging.disable(logging.CRITICAL)
    with django_db_blocker.unblock(), transaction.atomic():
        user = people.superuser("boss")
        client = Client(enforce_csrf_checks=True)
        client.force_login(user)
        yield client, Examples(Upload.objects.create(name="t.csv", data="编号,标题\n118,换了标题\n".encode(), made_by=user).pk)
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("address", AT_THE_DESK, ids=lambda address: address.name)
def test_without_a_token_nothing_is_done_for_a_superuser(site, address):
    client, examples = site
    said, tables = ask(client, "POST", examples.url(address), SENT.get(address.name, {"why": "x"}))
    assert said in ("403", "405") and not tables


@pytest.mark.parametrize("address", SAID, ids=lambda address: address.name)
def test_what_readers_say_is_not_taken_from_another_site(site, address):
    answer = Client().post(site[1].url(address), SENT.get(address.name, {}), headers=EVIL)
    assert answer.status_code == 403


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_no_answer_can_be_framed_or_taken_for_another_type(site, address):
    """Redirects, refusals and errors too."""
    url = site[1].url(address)
    for client in (Client(), site[0]):
        answer = client.get(url)
        assert answer.headers["X-Frame-Options"] == "DENY" and answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers.get("Access-Control-Allow-Origin") is None
        if address in AT_THE_DESK and answer.status_code == 200 and address.name not in KEEPABLE:
            assert {"no-store", "private"} & set(answer.get("Cache-Control", "").split(", "))
