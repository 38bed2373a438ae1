"""Stored script, the commonest hole of knowledge bases and wikis: a mark in every text, and every page of the site looked at."""

import json

import pytest
from defusedxml import ElementTree
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from faults.admin.work_lists import WORK_LISTS
from faults.models import Change, Elsewhere, Fault, Note, Question, ReturnCode, SynonymGroup, Term, Upload, Wording
from faults.usage.reports import REPORTS
from tests.security.addresses import Examples, addresses
from tests.security.crawling import undone_after
from tests.security.hostile import injected, marks_in
from tests.security.hostile_knowledge import CODE, NUMBER, HostileKnowledge, published

GIVEN = {"<number:number>": str(NUMBER), "<code:code>": CODE}
WITHOUT_ROWS = {"admin:logout", "admin:login"}
# What a reader asks beside the addresses themselves.
ASKED = ["/search/?q=evil", "/search/suggestions/?q=evil", f"/search/?q={NUMBER}", f"/search/?q=返回码{CODE}", "/codes/?scheme=", "/terms/"]
ASKED += [f"/f/{NUMBER}/flag/?cause=1", "/f/?category=evil-category", f"/search/?q={CODE}"]
pytestmark = pytest.mark.xdist_group("stored script")


@pytest.fixture(scope="module")
def hostile(django_db_setup, django_db_blocker):
    """Made once, and undone: the import of a workbook takes seconds."""
    cache.clear()
    with undone_after(django_db_blocker):
        yield HostileKnowledge()
    cache.clear()


@pytest.fixture(scope="module")
def shown(hostile):
    """Every page of the site as text: address → body, for the author and for a stranger."""
    upload = Upload.objects.create(name="t.csv", data=b"", made_by=hostile.user).pk
    examples = Examples(upload)
    urls = [examples.url(one, GIVEN) for one in addresses() if one.name not in WITHOUT_ROWS and "transfer/<int" not in one.route]
    urls += ASKED + [reverse("usage_list", args=[name]) for name in REPORTS] + _of_items()
    pages = {(who, url): body(client.get(url)) for who, client in (("author", hostile.client), ("stranger", Client())) for url in urls}
    return pages | {("answer", str(place)): text for place, text in enumerate(hostile.answers)}


def _of_items() -> list[str]:
    """Pages of the two entries with a revision, and of the entry's own first version."""
    pages = []
    for number in (40, 119, NUMBER):
        entry = Fault.everything.get(number=number)
        pages += [reverse(f"admin:faults_fault_{page}", args=[entry.pk]) for page in ("change", "review", "history", "preview", "merge")]
        changes = [change.pk for change in Change.objects.of(entry)]
        pages.append(f"{reverse('admin:faults_fault_compare', args=[entry.pk])}?from={changes[-1]}&to={changes[0]}")
    pages.append(f"{reverse('admin:faults_fault_merge', args=[Fault.objects.get(number=5).pk])}?number={NUMBER}")
    pages += [f"{reverse(f'admin:faults_{model}_changelist')}?q=evil" for model in ("fault", "returncode", "term", "category", "source")]
    pages += [f"{reverse('admin:autocomplete')}?app_label=faults&model_name=fault&field_name=sources&term=evil"]
    pages += [f"{reverse('choices')}?app_label=faults&model_name=fault&field_name=sources&term=evil"]
    pages.append(reverse("admin:faults_question_change", args=[Question.objects.get(slug="evil").pk]))
    pages += [reverse("work_list", args=[name]) for name in WORK_LISTS]
    pages += [f"{reverse('admin:faults_fault_similar')}?q=evil", f"{reverse('usage_alias')}?text=evil", "/admin/search/?s=evil"]
    return pages


def body(response) -> str:
    response = response.render() if hasattr(response, "is_rendered") and not response.is_rendered else response
    return b"".join(response.streaming_content if response.streaming else [response.content]).decode("utf-8", "replace")


def is_html(text: str) -> bool:
    return not text.lstrip().startswith(("{", "<?xml", "\ufeff", "PK", "//", "User-agent"))


def test_the_marks_came_through_the_doors(hostile):
    assert all(published(model) for model in (Fault, ReturnCode, Term, SynonymGroup, Wording, Elsewhere, Note))


def test_no_page_makes_more_of_a_text_than_text(shown):
    found = {key: said for key, text in shown.items() if is_html(text) and (said := injected(text))}
    assert not found


def test_every_mark_is_shown_somewhere(hostile, shown):
    """What is shown nowhere was not tested."""
    assert not hostile.marks.missing(set().union(*map(marks_in, shown.values())))


def test_strangers_see_only_what_is_published(hostile, shown):
    waiting = {
        mark
        for mark, place in hostile.marks.places.items()
        if place.startswith(("revision", "note", "deleted", "why", "words of", "search"))
    }
    assert waiting and not {key: text for key, text in shown.items() if key[0] == "stranger" and waiting & marks_in(text)}


@pytest.mark.parametrize("path", ["/feed.atom", "/sitemap.xml", "/opensearch.xml"])
def test_what_is_xml_is_still_well_formed_and_what_it_calls_html_is_harmless(shown, path):
    """A title of the feed is text (Atom's own word for it), a summary is HTML."""
    elements = list(ElementTree.fromstring(shown["stranger", path]).iter())
    assert not [said for element in elements if element.get("type") == "html" and (said := injected(element.text))]
    assert not [value for element in elements for value in element.attrib.values() if injected(value)]


@pytest.mark.parametrize("path", ["/offline.json", "/manifest.webmanifest"])
def test_what_is_json_is_still_json(shown, path):
    assert json.loads(shown["stranger", path])


def test_nothing_is_served_as_a_type_that_a_browser_guesses(hostile):
    for url in ("/offline.json", "/feed.atom", "/sw.js", reverse("transfer_export", args=["csv"]), reverse("usage_csv", args=["nothing"])):
        answer = hostile.client.get(url)
        assert answer.headers["X-Content-Type-Options"] == "nosniff" and "html" not in answer.headers["Content-Type"]
