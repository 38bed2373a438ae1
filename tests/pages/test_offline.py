"""What is kept for reading without a network: everything published, nothing else, and each page anew when it has changed."""

import gzip
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faults import incidents, page_fingerprints
from faults.models import Fault, ReturnCode, Status, Term, Wording

pytestmark = pytest.mark.django_db


def listed(client, **headers):
    return client.get("/offline.json", headers=headers).json()


def changed(client, change):
    """The addresses whose stamp is another one after the change."""
    before = listed(client)["pages"]
    change()
    after = listed(client)["pages"]
    return {address for address in before.keys() | after.keys() if before.get(address) != after.get(address)}


def entry_pages(addresses):
    return {address for address in addresses if re.fullmatch(r"/f/\d+/", address)}


def test_everything_published_is_kept_and_the_lists(client):
    pages = listed(client)["pages"]
    assert {fault.get_absolute_url() for fault in Fault.objects.all()} == entry_pages(pages)
    assert {row.get_absolute_url() for row in ReturnCode.objects.all()} <= pages.keys()
    assert {"/", "/offline/", "/codes/", "/codes/?scheme=", "/procedures/", "/notices/", "/f/", "/f/?page=2", "/terms/"} <= pages.keys()


def test_a_code_is_kept_with_every_table_first(client):
    kept = listed(client)
    for row in ReturnCode.objects.all():
        assert f"{row.get_absolute_url()}?scheme={row.scheme_id}" in kept["pages"] | kept["same"]
    assert kept["same"]["/codes/97/?scheme=cup"] == "/codes/97/" and set(kept["same"].values()) <= kept["pages"].keys()


@pytest.mark.postgresql
@pytest.mark.parametrize("status", [Status.DRAFT, Status.REVIEW, Status.ARCHIVED])
def test_what_is_not_published_is_not_listed_whoever_asks(client, admin_client, draft, status):
    draft.status = status
    draft.save()
    ReturnCode.everything.create(scheme_id="lakala", code="ZZ9", meaning="x", retry_id="no", status=status)
    for asking in (client, admin_client):
        assert not {"/f/900/", "/codes/ZZ9/"} & listed(asking)["pages"].keys()
        assert "紫霄殿" not in asking.get("/offline/").content.decode()


@pytest.mark.postgresql
def test_every_page_is_there_and_what_it_is_shown_with_is_kept(client):
    pages = listed(client)["pages"]
    for address in ("/", "/offline/", "/codes/?scheme=", "/f/?page=2", "/f/40/", "/codes/04/?scheme=kuaiqian"):
        response = client.get(address)
        files = re.findall(r'(?:src|"stylesheet" href|"icon" href)="(/static/[^"]+)"', response.content.decode())
        assert address in pages and response.status_code == 200 and files and set(files) <= pages.keys()


def test_a_changed_step_changes_the_entry_and_the_lists_but_no_other_entry(client):
    fix = Fault.objects.get(number=40).causes.first().fixes.first()

    def change():
        fix.steps += "\n再看一眼。"
        fix.save()

    addresses = changed(client, change)
    assert entry_pages(addresses) == {"/f/40/"} and {"/", "/f/", "/offline/"} <= addresses and "/codes/97/" not in addresses


@pytest.mark.parametrize("part", ["screen_texts", "aliases", "myths", "causes"])
def test_each_part_counts(client, part):
    fault = Fault.objects.get(number=40)
    assert "/f/40/" in changed(client, lambda: getattr(fault, part).first().delete())


def test_a_code_called_otherwise_changes_its_pages_and_the_entries_any_of_which_may_name_it(client):
    row = ReturnCode.objects.get(scheme="cup", code="97")
    assert row.faults.exists()
    addresses = changed(client, lambda: ReturnCode.everything.filter(pk=row.pk).update(meaning="另一个意思"))
    assert {"/codes/97/", "/codes/"} <= addresses and "/codes/05/" not in addresses
    assert len(entry_pages(addresses)) == Fault.objects.count()


def test_what_a_code_says_changes_only_its_own_pages(client):
    addresses = changed(client, lambda: ReturnCode.everything.filter(scheme="cup", code="97").update(detail="另一句话"))
    assert "/codes/97/" in addresses and not entry_pages(addresses)


def test_what_is_published_or_withdrawn_changes_whatever_may_name_it(client, draft):
    def publish(status):
        draft.status = status
        draft.save()

    assert {"/f/900/", "/f/40/", "/f/"} <= changed(client, lambda: publish(Status.PUBLISHED))
    assert {"/f/900/", "/f/40/", "/f/"} <= changed(client, lambda: publish(Status.ARCHIVED))
    assert "/f/900/" not in listed(client)["pages"]


def test_a_changed_term_changes_the_entries_that_explain_it(client):
    assert {"/terms/", "/f/112/"} <= changed(client, lambda: Term.everything.filter(name="冲正").update(definition="x"))


def test_nothing_changes_by_itself_or_by_what_nobody_sees(client, draft):
    def draft_more():
        draft.symptom = "还没写完"
        draft.save()

    assert not changed(client, cache.clear) and not changed(client, draft_more)


def test_the_titles_and_wordings_of_all_that_is_published_are_kept_and_small(client, draft):
    rows = {address: (label, title, said) for address, label, title, said in client.get("/offline/words.json").json()["rows"]}
    assert rows.keys() == {item.get_absolute_url() for item in Fault.objects.all()} | {row.address for row in ReturnCode.objects.all()}
    assert (
        rows["/f/40/"][:2] == ("40号", "交易成功但不打单")
        and "不出票" in rows["/f/40/"][2].split()
        and "97" in rows["/codes/97/"][2].split()
    )
    assert len(gzip.compress(client.get("/offline/words.json").content)) < 90_000
    assert "/offline/words.json" in changed(client, lambda: Wording.objects.filter(name="fault:40").update(words="吐不出纸"))
    assert "交易成功但不打單" in client.get("/offline/words.json", headers={"accept-language": "zh-Hant"}).content.decode()


def test_what_has_not_changed_is_not_sent_again(client):
    tag = client.get("/offline.json").headers["ETag"]
    assert client.get("/offline.json", headers={"if-none-match": tag}).status_code == 304
    Fault.objects.get(number=40).save()
    assert client.get("/offline.json", headers={"if-none-match": tag}).status_code == 200


def test_another_language_has_other_stamps(client):
    chinese, english = listed(client), listed(client, accept_language="en")
    assert all("{time}" in kept["banner"]["copy"] for kept in (chinese, english))
    assert "離線副本" in listed(client, accept_language="zh-Hant")["banner"]["copy"]
    assert chinese["pages"].keys() == english["pages"].keys() and chinese["pages"]["/f/40/"] != english["pages"]["/f/40/"]


@pytest.mark.postgresql
def test_the_list_asks_the_database_as_often_for_many_as_for_few(client, monkeypatch):
    from tests.pages.test_pages import multiply

    def count():
        cache.clear()
        monkeypatch.setattr(page_fingerprints, "_kept", None)
        monkeypatch.setattr(incidents, "_times", None)
        with CaptureQueriesContext(connection) as counted:
            assert client.get("/offline.json").status_code == 200
        return len(counted)

    few = count()
    multiply(200)
    assert count() == few


def test_the_worker_is_a_script_at_the_root_for_everyone(client):
    response = client.get("/sw.js")
    assert response.headers["Content-Type"].startswith("text/javascript") and response.headers["Cache-Control"] == "no-cache"
    assert not response.cookies and "Cookie" not in response.headers.get("Vary", "")
    assert "/offline.json" in response.content.decode() and "{%" not in response.content.decode()


def test_every_page_starts_the_worker_and_has_a_place_for_the_banner(client):
    opening = re.search(r"OPENING = /(.+)/;", client.get("/sw.js").content.decode())[1]
    for path in ("/", "/f/40/", "/codes/", "/offline/"):
        shown = client.get(path).content.decode()
        assert 'data-worker="/sw.js"' in shown and len(re.findall(opening, shown)) == 1
