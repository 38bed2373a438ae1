"""Items read in bulk: what they say is what prefetching says, in as few queries, and they can be written to."""

import pytest

from faults.editing.bulk_reading import CHUNK, current_rows, ids_by_key
from faults.editing.describe import describe_all
from faults.editing.edits import save_edit
from faults.editing.knowledge_files import key_of
from faults.models import KINDS, Action, Fault, Revision, Term

pytestmark = pytest.mark.django_db


@pytest.mark.postgresql
@pytest.mark.parametrize("kind", KINDS)
def test_rows_are_those_of_prefetching(kind):
    read = list(current_rows(kind))
    assert [row for _item, row in read] == describe_all(kind)
    assert {key_of(kind, row): item.pk for item, row in read} == ids_by_key(kind)


@pytest.mark.parametrize("kind", ["fault", "code", "term"])
def test_it_takes_as_many_queries_for_some_as_for_all(kind, django_assert_max_num_queries):
    pks = list(KINDS[kind].everything.values_list("pk", flat=True))
    numbers = []
    for wanted in (pks[:2], pks[:50], pks):
        with django_assert_max_num_queries(30) as seen:
            assert {item.pk for item, _row in current_rows(kind, wanted)} == set(wanted)
        numbers.append(len(seen))
    assert max(numbers) - min(numbers) <= 1  # what none of them points to isn't asked for


def test_chunks_make_one_list_in_its_order(monkeypatch):
    monkeypatch.setattr("faults.editing.bulk_reading.CHUNK", 50)
    assert CHUNK > 50 and [row for _item, row in current_rows("fault")] == describe_all("fault")


def test_what_waits_is_what_an_item_says_and_one_of_its_names():
    term = Term.objects.first()
    row = dict(next(row for item, row in current_rows("term") if item == term), name="新名字")
    save_edit("term", row, None, Action.CHANGED, "", term)
    assert next(row["name"] for item, row in current_rows("term") if item == term) == "新名字"
    assert ids_by_key("term")["term:新名字"] == ids_by_key("term")[f"term:{term.name}"] == term.pk


def test_a_row_that_waits_since_an_earlier_version_has_every_key():
    fault = Fault.objects.first()
    Revision.objects.create(kind="fault", item_id=fault.pk, name="x", state="draft", row={"number": fault.number, "title": "等着的"})
    row = next(row for item, row in current_rows("fault", [fault.pk]))
    assert row["title"] == "等着的" and row["causes"] == []


def test_an_item_can_be_written_to():
    item, row = next(iter(current_rows("fault")))
    item.aliases.all().delete()
    assert row["aliases"] and not item.aliases.exists()
