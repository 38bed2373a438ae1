"""What stands only in a draft changes nothing for readers: no correction, no suggestion, no count. Published it does, withdrawn no more."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faults.editing import publishing
from faults.editing.describe import snapshot
from faults.editing.edits import save_edit
from faults.models import Action, Fault, ReturnCode, SearchToken, SearchWord, Status, Term
from faults.search import process_cache
from faults.search.find import find
from tests import people
from tests.notes import noted

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
READER = AnonymousUser()
WORD, SLIP = "zhyxquark", "zhyxqaurk"  # made up, and typed with two letters swapped


def written(kind: str):
    """A draft of this kind with the made-up word where its phrases are."""
    known = {"fault": Fault.objects.get(number=40), "code": ReturnCode.objects.get(scheme="cup", code="97"), "term": Term.objects.first()}
    rows = {
        "fault": lambda row: row | {"number": 990, "title": f"{WORD}打不开", "aliases": [], "screen_texts": []},
        "code": lambda row: row | {"code": "Q9", "meaning": f"{WORD}打不开", "aliases": [], "screen_texts": []},
        "term": lambda row: row | {"name": WORD, "aliases": []},
    }
    if kind in rows:
        return save_edit(kind, rows[kind](snapshot(known[kind])), None, Action.CREATED)
    if kind == "note":
        return noted(f"{WORD}打不开", audience="sayable", is_published=False)
    row = {"name": "试", "words": [WORD, "签到"]}
    return save_edit(kind, row | ({"refer_to": "别处"} if kind == "elsewhere" else {}), None, Action.CREATED)


def told(client, text: str) -> tuple:
    """All that a reader learns from searching for it, and how many questions the database was asked."""
    process_cache._cache = None
    with CaptureQueriesContext(connection) as asked:
        found = find(READER, text)
    hits = [(hit.kind, hit.item.pk, hit.score) for hit in (*found.hits, *found.weak)]
    pages = [client.get(address, {"q": text}).content.decode() for address in ("/search/", "/suggestions/")]
    return found.read_as, hits, found.elsewhere, len(asked), [WORD in page for page in pages]


@pytest.mark.parametrize("kind", ["fault", "code", "term", "synonym", "elsewhere", "note"])
def test_a_made_up_word(client, kind):
    """In the process that publishes and, whatever it remembered, in any other: what is remembered is of one content version."""
    asked = (WORD, SLIP, f"{WORD}签到", f"机器 {SLIP}")
    before = [told(client, text) for text in asked]
    item = written(kind)
    assert [told(client, text) for text in asked] == before
    publishing.publish(item, None)
    published = [told(client, text) for text in asked]
    assert published != before
    if kind != "elsewhere":
        assert find(READER, SLIP).read_as == WORD
    item.refresh_from_db()
    publishing.archive(item, None)
    assert [told(client, text) for text in asked] == before
    assert find(READER, SLIP).read_as != WORD
    publishing.delete(item, None)
    assert [told(client, text) for text in asked] == before
    assert not SearchWord.objects.filter(text=WORD).exists() and not SearchToken.objects.filter(text=WORD).exists()


def test_editors_find_their_draft_by_a_near_miss_and_readers_are_told_nothing_of_it(client, editor):
    written("fault")
    assert find(editor, SLIP).hits[0].item.number == 990
    assert find(READER, SLIP).read_as != WORD and not find(READER, SLIP).hits


def test_who_may_read_some_kinds_of_drafts_finds_by_what_is_published(person):
    """An account of the desk without the right to read drafts is a reader like others."""
    written("fault")
    colleague = people.account("无权的人", is_staff=True)
    assert find(colleague, SLIP).read_as != WORD


def test_what_drafts_say_weighs_nothing_for_readers(client, draft):
    """How rare a word is decides what stands first: a hundred drafts that say it move nothing."""
    words = "打印 没反应"
    before = [(hit.item.pk, hit.score) for hit in find(READER, words).hits]
    for number in range(950, 970):
        row = snapshot(draft) | {"number": number, "title": "打印没反应", "status": Status.DRAFT}
        save_edit("fault", row, None, Action.CREATED)
    assert [(hit.item.pk, hit.score) for hit in find(READER, words).hits] == before
