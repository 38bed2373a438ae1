"""Every address of the site asked by every role, held against one table: a forgotten check is a row that doesn't fit."""

from contextlib import nullcontext

import pytest
from django.contrib.auth.models import User

from faults.models import Upload
from tests.budget import IS_LONG
from tests.editing.transfer.examples import KEPT
from tests.security.addresses import Examples, addresses
from tests.security.crawling import POWERLESS, ROLES, SENT, ask, client_of, fingerprint, outcome, undone_after, unrendered
from tests.security.urls_table import rows, written

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
# Whoever opens a page to a visitor or an account opens it to one with staff and no role. LONG=1 asks as all of the powerless.
UNUSUALLY_ASKING = POWERLESS if IS_LONG else ("nobody",)
# Pages are written out for readers; a status and a write are there before, and tests/admin looks at lists and forms. LONG=1 does all.
UNRENDERED = () if IS_LONG else ("editor", "reviewer", "admin", "super")
# Those whom a role lets in are asked one address of each family: who is refused has been asked every one, and tests/admin asks the rest.
PARTLY = () if IS_LONG else ("editor", "reviewer", "admin", "super")
UNKNOWN = dict.fromkeys(ROLES, ("?", "?"))


class Site:
    """Somebody of each role, and something for each address to be about."""

    def __init__(self):
        self.clients = {role: client_of(role) for role in ROLES}
        sender = User.objects.get(username="editor")
        self.examples = Examples(Upload.objects.create(name="t.csv", data=KEPT, made_by=sender).pk)

    def ask(self, role, method, address, undone=True):
        sent = SENT.get(address.name, {}) if method == "POST" else None
        return ask(self.clients[role], method, self.examples.url(address), sent, undone)


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """Made once for all roles, in one transaction that is undone: making accounts takes longer than asking."""
    with undone_after(django_db_blocker):
        yield Site()


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
    """By GET and POST. What the powerless do is not undone, and leaves every table as it was."""
    wrong, before = [], fingerprint()
    with unrendered() if role in UNRENDERED else nullcontext():
        for address in OF_ROWS if role in PARTLY else ADDRESSES:
            wrong += differences(site, role, address)
    assert not wrong, "\n".join(wrong)
    assert fingerprint() == before


def differences(site, role, address) -> list[str]:
    """What a GET and a POST of it gave or did that they should not."""
    row = TABLE.get(row_name(address), UNKNOWN)
    got, read = site.ask(role, "GET", address, undone=role not in POWERLESS)
    posted, wrote = site.ask(role, "POST", address, undone=role not in POWERLESS or row[role][1] not in REFUSED)
    found = outcome(got), outcome(posted)
    tables = read | (wrote if found[1] in REFUSED else set())
    said = [f"for {role} at {address.name} the row would be\n{written(row_name(address), row | {role: found})}"] * (found != row[role])
    said += [f"{role} wrote to {tables} at {address.name}"] * bool(tables)
    return said + [f"{role} got {unsafe} at {address.name}" for unsafe in [unsafe_headers(address, got)] if unsafe]


@pytest.mark.parametrize("role", UNUSUALLY_ASKING)
def test_no_other_method_opens_more_or_writes_anything(site, role):
    """Who is refused a GET and a POST is refused whatever else a request may be called."""
    wrong = {}
    for place, address in enumerate(OF_ROWS):
        got, posted = TABLE[row_name(address)][role]
        for method in UNUSUAL if IS_LONG else UNUSUAL[place % 3 :: 3]:  # two of the six, each pair at a third of the addresses
            with unrendered():
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
