"""The index: written with the entry, gone with it, rebuilt whole or not at all."""

import pytest
from django.core.management import call_command
from django.db import transaction

from faults.checks.stale_index import check_index, stale
from faults.models import Fault, SearchDocument, SearchToken, Status, Term
from faults.search import frequencies, index
from faults.text.fold import fold, tokens

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def found(text, public_only=True):
    """The ids of the indexed things with a word of the text in them."""
    documents = index.candidates(dict.fromkeys(tokens(fold(text)), 1.0), public_only)
    return list(SearchDocument.objects.filter(pk__in=documents).values_list("object_id", flat=True))


def test_a_draft_is_indexed_but_not_public(draft):
    assert not found("紫霄殿")
    assert found("紫霄殿", public_only=False) == [draft.pk]


def test_what_is_published_is_findable_at_once(draft):
    draft.status = Status.PUBLISHED
    draft.save()
    index.refresh([draft])
    assert found("紫霄殿")


def test_what_is_changed_is_found_by_its_new_words_only(draft):
    draft.title, draft.symptom = "凌霄殿打不开", ""
    draft.save()
    index.refresh([draft])
    assert not found("紫霄", public_only=False)
    assert found("凌霄", public_only=False)


def test_what_is_removed_is_gone(draft):
    documents = index.affected([draft])
    draft.delete()
    index.write_all(documents)
    assert not found("紫霄殿", public_only=False)
    assert frequencies.of(["紫霄"], public_only=False) == {}


def test_a_failed_save_leaves_no_trace_in_the_index(draft):
    with pytest.raises(RuntimeError), transaction.atomic():
        draft.title = "凌霄殿"
        draft.save()
        index.refresh([draft])
        raise RuntimeError
    assert not found("凌霄", public_only=False)
    assert found("紫霄", public_only=False)


def test_frequencies_count_documents():
    counts = frequencies.of(["拨号", "无此字无", frequencies.TOTAL], public_only=False)
    assert counts["拨号"] == sum("拨号" in document.tokens.split() for document in SearchDocument.objects.all())
    assert counts[frequencies.TOTAL] == SearchDocument.objects.count()
    assert "无此字无" not in counts


def test_writing_one_entry_writes_one_document(draft):
    """However much else is indexed: nobody else's document is touched."""
    others = SearchDocument.objects.exclude(kind="fault", object_id=draft.pk)
    before = list(others.order_by("pk").values_list("pk", "tokens"))
    index.refresh([draft])
    assert list(others.order_by("pk").values_list("pk", "tokens")) == before
    assert not stale()


def test_a_good_index_is_left_alone(draft):
    before = sorted(SearchDocument.objects.values_list("pk", flat=True))
    call_command("rebuild_search", "--if-stale", verbosity=0)
    assert sorted(SearchDocument.objects.values_list("pk", flat=True)) == before


@pytest.mark.parametrize("text", ["'; DROP TABLE faults_fault; --", '" OR "', "NEAR(a b)", "a* b:c ^d", "\\ ' \" : & | ! ( )"])
def test_a_query_is_never_part_of_the_statement(text):
    frequencies.of(tokens(fold(text)), public_only=True)
    found(text)
    assert Fault.everything.exists()


def test_rebuilding_gives_the_same_index_and_shows_progress(capsys):
    before = sorted(SearchDocument.objects.values_list("kind", "object_id", "tokens"))
    SearchDocument.objects.filter(kind="fault").delete()
    call_command("rebuild_search")
    shown = capsys.readouterr().out
    assert sorted(SearchDocument.objects.values_list("kind", "object_id", "tokens")) == before
    assert f"{len(before)}/{len(before)}" in shown and f"索引里有 {len(before)} 条" in shown


def test_a_rebuild_that_fails_changes_nothing():
    before = SearchDocument.objects.count()

    def fail(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.rebuild(fail)
    assert SearchDocument.objects.count() == before


def test_a_stale_index_is_reported_and_rebuilt(draft):
    """An old text, a missing one and a miscount: each alone makes one difference, and they do not touch each other."""
    Fault.everything.filter(pk=draft.pk).update(title="别的标题")
    frequencies.change(index._taken_out(Term, [Term.objects.first().pk]), ())
    SearchToken.objects.filter(text="紫霄").update(documents=7)
    (warning,) = check_index(None, databases=["default"])
    found = stale()  # still: the command line only reports
    assert len(found) == 3 and "词频 紫霄" in found, found
    assert "过时" in warning.msg and "rebuild_search" in warning.hint
    call_command("rebuild_search", "--if-stale", verbosity=0)
    assert not stale()


def test_a_miscount_alone_makes_it_stale(draft):
    SearchToken.objects.filter(text="紫霄").update(documents=7)
    assert stale() == ["词频 紫霄"]
