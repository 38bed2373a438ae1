"""Every address of the site asked by every role, held against one table: a forgotten check is a row that doesn't fit."""

import logging

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from faults.models import Upload
from tests.guarding.addresses import Examples, addresses
from tests.guarding.urls_table import rows, written
from tests.guarding.walking import POWERLESS, ROLES, SENT, ask, client_of, fingerprint

TABLE = rows()
ADDRESSES = addresses()
REFUSED = {"login", "403", "404", "405"}
UNUSUAL = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def row_name(address) -> str:
    """The row that speaks of the address: its own, or its family's."""
    return address.name if address.name in TABLE else address.family_row


class Site:
    """Somebody of each role, and something for each address to be about."""

    def __init__(self):
        self.clients = {role: client_of(role) for role in ROLES}
        sender = User.objects.get(username="editor")
        self.examples = Examples(Upload.objects.create(name="t.csv", data="编号,标题\n118,换了标题\n".encode(), made_by=sender).pk)

    def ask(self, role, method, address):
        sent = SENT.get(address.name, {}) if method == "POST" else None
        return ask(self.clients[role], method, self.examples.url(address), sent)


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """Made once for all addresses, in one transaction that is undone: making accounts takes longer than asking."""
    logging.disable(logging.CRITICAL)
    with django_db_blocker.unblock(), transaction.atomic():
        yield Site()
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


def test_every_address_has_a_row():
    missing = sorted({address.name for address in ADDRESSES if row_name(address) not in TABLE})
    assert not missing, f"a new address needs a row in urls_table.py: {missing}"


def test_every_row_has_an_address():
    left = sorted(TABLE.keys() - {row_name(address) for address in ADDRESSES})
    assert not left, f"rows of urls_table.py that speak of no address: {left}"


def test_no_two_addresses_share_a_name():
    names = [address.name for address in ADDRESSES]
    assert not {name for name in names if names.count(name) > 1}


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_every_role_gets_what_the_table_says_and_writes_nothing_by_reading_or_where_refused(site, address):
    found, wrote = {}, set()
    for role in ROLES:
        (got, read), (posted, tables) = site.ask(role, "GET", address), site.ask(role, "POST", address)
        found[role] = (got, posted)
        wrote |= read | (tables if posted in REFUSED else set())
    expected = TABLE.get(row_name(address), {})
    assert found == expected, f"it would be\n{written(row_name(address), found)}"
    assert not wrote


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_no_other_method_opens_more_or_writes_anything(site, address):
    """Who is refused a GET and a POST is refused whatever else a request may be called."""
    for role in POWERLESS:
        got, posted = TABLE[row_name(address)][role]
        for method in UNUSUAL:
            said, tables = site.ask(role, method, address)
            allowed = {got, posted, "405", *(["ok"] if method == "OPTIONS" else [])}
            assert not tables and said in allowed, (role, method, said, tables)


def test_the_powerless_leave_everything_as_it_was(site):
    """The same walk once more, this time with nothing undone: all tables' counts and the content's token are as before."""
    before = fingerprint()
    for role in POWERLESS:
        for address in ADDRESSES:
            got, posted = TABLE[row_name(address)][role]
            url = site.examples.url(address)
            site.clients[role].get(url)
            if posted in REFUSED:
                site.clients[role].post(url, SENT.get(address.name, {}))
    assert fingerprint() == before
