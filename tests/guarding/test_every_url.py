"""Every address of the site asked by every role, held against one table: a forgotten check is a row that doesn't fit."""

import logging

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from faults.models import Upload
from tests.budget import IS_LONG
from tests.guarding.addresses import Examples, addresses
from tests.guarding.urls_table import rows
from tests.guarding.walking import POWERLESS, ROLES, SENT, ask, client_of, fingerprint, outcome

TABLE = rows()
ADDRESSES = addresses()


def row_name(address) -> str:
    """The row that speaks of the address: its own, or its family's."""
    return address.name if address.name in TABLE else address.family_row


REFUSED = {"login", "403", "404", "405"}
# Django lets a browser keep these; they show nothing of anybody but an empty form.
KEEPABLE = {"admin:login", "admin:jsi18n", "admin:password_change", "admin:password_change_done"}
# One address for each row of the table: the others of a family are the same views. LONG=1 asks all of them.
OF_ROWS = ADDRESSES if IS_LONG else list({row_name(address): address for address in ADDRESSES}.values())
UNUSUAL = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


class Site:
    """Somebody of each role, and something for each address to be about."""

    def __init__(self):
        self.clients = {role: client_of(role) for role in ROLES}
        sender = User.objects.get(username="editor")
        self.examples = Examples(Upload.objects.create(name="t.csv", data="编号,标题\n118,换了标题\n".encode(), made_by=sender).pk)

    def ask(self, role, method, address, undone=True):
        sent = SENT.get(address.name, {}) if method == "POST" else None
        return ask(self.clients[role], method, self.examples.url(address), sent, undone)


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """Made once for all roles, in one transaction that is undone: making accounts takes longer than asking."""
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


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_what_the_table_says_and_writes_nothing_by_reading_or_where_refused(site, role):
    """All addresses by GET and POST. What the powerless do is not undone, and leaves every table as it was."""
    wrong, before = {}, fingerprint()
    for address in ADDRESSES:
        expected = TABLE.get(row_name(address), {}).get(role, ("no row", "no row"))
        got, read = site.ask(role, "GET", address, undone=role not in POWERLESS)
        posted, wrote = site.ask(role, "POST", address, undone=role not in POWERLESS or expected[1] not in REFUSED)
        found = outcome(got), outcome(posted)
        written = read | (wrote if found[1] in REFUSED else set())
        if found != expected or written or (unsafe := unsafe_headers(address, got)):
            wrong[address.name] = {"table": expected, "found": found, "written": written, "headers": unsafe}
    assert not wrong, f"urls_table.py says otherwise for {role}: {wrong}"
    assert fingerprint() == before


@pytest.mark.parametrize("role", POWERLESS)
def test_no_other_method_opens_more_or_writes_anything(site, role):
    """Who is refused a GET and a POST is refused whatever else a request may be called."""
    wrong = {}
    for address in OF_ROWS:
        got, posted = TABLE[row_name(address)][role]
        for method in UNUSUAL:
            response, tables = site.ask(role, method, address)
            allowed = {got, posted, "405", *(["ok"] if method == "OPTIONS" else [])}
            if tables or outcome(response) not in allowed:
                wrong[f"{method} {address.name}"] = (outcome(response), tables)
    assert not wrong


def unsafe_headers(address, response) -> dict[str, str | None]:
    """Headers by which the answer could be framed, taken for another type, read by another site or kept by a shared computer.

    Redirects, refusals and errors too.
    """
    names = ("X-Frame-Options", "X-Content-Type-Options", "Access-Control-Allow-Origin")
    found = {name: response.headers.get(name) for name in names}
    unsafe = {} if tuple(found.values()) == ("DENY", "nosniff", None) else found
    is_of_desk = address.route.startswith("admin/") and address.name not in KEEPABLE and response.status_code == 200
    if is_of_desk and not {"no-store", "private"} & set(response.get("Cache-Control", "").split(", ")):
        unsafe["Cache-Control"] = response.headers.get("Cache-Control")
    return unsafe
