"""Whatever stands where a figure is expected, no page of the desk breaks: ², ٣ and ① are digits to Python, and no numbers."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from faults.models import Upload
from posdesk.numbers import whole_number
from tests import people
from tests.budget import IS_LONG
from tests.editing.transfer.examples import KEPT
from tests.security.addresses import Examples, addresses
from tests.security.crawling import SENT, ask, undone_after
from tests.security.test_every_url import OF_ROWS

VALUES = ["²", "a\0b", "①", "٣", "1" + "0" * 30, "9" * 5_000, "\0", "-1", ""]
# Every name by which a page of the desk is asked for something, and those by which Django's lists and forms are.
NAMES = (
    *("q", "p", "o", "e", "page", "from", "to", "ids", "own", "kind", "only", "show", "days", "term", "text", "alias", "entry", "number"),
    *("seen", "changed", "by", "owner", "worked", "due", "state", "status", "id__exact", "pk__in", "category__id__exact", "title__exact"),
    *("from_search", "next", "cause", "scheme", "who__id__exact", "groups__id__exact", "_popup", "_to_field"),
)
POSTED = (
    *(
        "_selected_action",
        "action",
        "index",
        "select_across",
        "seen",
        "why",
        "_item",
        "number",
        "fingerprint",
        "overwrite",
        "role",
        "session",
    ),
    *("causes-TOTAL_FORMS", "causes-INITIAL_FORMS", "causes-0-id", "causes-0-position", "aliases-TOTAL_FORMS", "codes", "category", "next"),
    *("title", "name", "username", "words", "text", "entry", "query", "code", "position", "from_search", "page", "days", "owner", "_save"),
)
IN_PLACE = {"<path:object_id>": "{}", "<path:content_type_id>": "{}", "<int:pk>": "9" * 30, "<int:change>": "9" * 30}


@pytest.mark.parametrize("text", ["²", "①", "٣", "１", "-1", "+1", " 1", "1_0", "1.0", "1" * 19, "", None, "\0", "x"])
def test_what_is_no_number_is_none(text):
    assert whole_number(text) is None


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_what_is_one_is_it(text, number):
    assert whole_number(text) == number


@pytest.fixture(scope="module")
def desk(django_db_setup, django_db_blocker):
    """A superuser and something for each address to be about, undone in the end."""
    with undone_after(django_db_blocker):
        client = Client(raise_request_exception=False)
        client.force_login(people.superuser("walker"))
        yield client, Examples(Upload.objects.create(name="t.csv", data=KEPT, made_by=User.objects.get(username="walker")).pk)


@pytest.mark.postgresql
def test_nothing_in_place_of_a_figure_breaks_a_page(desk):
    client, examples = desk
    staff = [one for one in (addresses() if IS_LONG else OF_ROWS) if one.route.startswith("admin/") and one.name != "admin:logout"]
    broken = []
    for place, address in enumerate(staff):
        for value in VALUES if IS_LONG else {VALUES[0], VALUES[place % len(VALUES)]}:
            broken += _broken(client, examples, address, value)
    assert not broken, "\n".join(map(str, broken))


def _broken(client, examples, address, value: str) -> list:
    url = examples.url(address)
    found = [("GET", client.get(url.partition("?")[0], dict.fromkeys(NAMES, value)))]
    found += [("POST", ask(client, "POST", url, SENT.get(address.name, {}) | dict.fromkeys(POSTED, value))[0])]
    if "<path:" in address.route or "<int:" in address.route:
        given = {pattern: shown.format(value.replace("\0", "%00") or "0") for pattern, shown in IN_PLACE.items()}
        found += [("there", client.get(examples.url(address, given)))]
    for _how, answer in found:  # what isn't read to its end keeps its place (posdesk/capacity.py)
        b"".join(answer.streaming_content if answer.streaming else ())
    return [
        (how, address.name, repr(value)[:20], str((getattr(a, "exc_info", None) or ("", ""))[1])[:200])
        for how, a in found
        if a.status_code >= 500
    ]


LISTS = {model: reverse(f"admin:faults_{model}_changelist") for model in ("fault", "returncode", "judgment")}


@pytest.mark.postgresql
@pytest.mark.parametrize("name", ["q", "p", "e", "owner", "changed", "id__exact", "category__id__exact", "title__exact"])
def test_no_list_is_broken_by_one_of_its_parameters(desk, name):
    client, _examples = desk
    assert [(url, value) for url in LISTS.values() for value in ("²", "a\0b") if client.get(url, {name: value}).status_code >= 500] == []
