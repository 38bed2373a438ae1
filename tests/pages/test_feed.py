"""The feed: the entries changed last, what readers have not known before as 新, the others as 改."""

from xml.etree import ElementTree

import pytest

from faults.editing.history import record
from faults.models import Action, Category, Fault, Status

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client) -> ElementTree.Element:
    response = client.get("/feed.atom")
    assert response.status_code == 200 and response.headers["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)  # noqa: S314 (our own)


def titles(client) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in feed(client).findall(f"{ATOM}entry")]


def save(fault: Fault, **changes) -> Fault:
    """Changes an entry as the admin does: one version a save."""
    for name, value in changes.items():
        setattr(fault, name, value)
    fault.save()
    record(fault, Action.CHANGED)
    return fault


@pytest.mark.postgresql
def test_thirty_entries_the_last_changed_first(client):
    save(Fault.objects.get(number=40))
    shown = titles(client)
    assert len(shown) == 30 and "40号" in shown[0]


def test_what_is_published_is_new_and_what_is_changed_then_is_changed(client, draft):
    save(draft)
    assert not [title for title in titles(client) if "900号" in title]
    save(draft, status=Status.PUBLISHED)
    assert titles(client)[0] == "新 900号 紫霄殿打不开"
    save(draft, title="紫霄殿打开了")
    assert titles(client)[0] == "改 900号 紫霄殿打开了"


def test_an_entry_has_what_a_reader_of_feeds_needs(client):
    fault = save(Fault.objects.get(number=40))
    root = feed(client)
    newest = root.find(f"{ATOM}entry")
    assert newest.find(f"{ATOM}link").get("href") == newest.findtext(f"{ATOM}id") == "http://testserver/f/40/"
    assert newest.findtext(f"{ATOM}summary").startswith(f"{fault.warning_lines[0]}<br>") and fault.symptom in newest.findtext(
        f"{ATOM}summary"
    )
    assert newest.findtext(f"{ATOM}updated") >= newest.findtext(f"{ATOM}published")
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "posdesk" and root.findtext(f"{ATOM}updated")


@pytest.mark.parametrize("status", [Status.DRAFT, Status.REVIEW, Status.ARCHIVED])
def test_nothing_that_is_not_published(client, admin_client, draft, status):
    save(draft, status=status)
    assert "紫霄殿" not in "".join(titles(client) + titles(admin_client))


def test_pasted_signs_that_xml_cannot_write_and_markup_do_not_break_it(client):
    Fault.everything.create(
        number=900, title="\x0b</title>&<b>", symptom="\x02<script>", category=Category.objects.first(), status=Status.PUBLISHED
    )
    assert titles(client)[0] == "新 900号 </title>&<b>"
    assert feed(client).find(f"{ATOM}entry").findtext(f"{ATOM}summary") == "&lt;script&gt;"


def test_a_site_without_entries_has_a_feed(client):
    Fault.everything.update(status=Status.DRAFT)
    assert titles(client) == []
