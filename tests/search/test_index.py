"""The index: written with the entry, gone with it, rebuilt whole or not at all."""

import pytest
from django.core.management import call_command
from django.db import transaction

from faults.models import Fault, SearchDocument, Status
from faults.search import index
from faults.search.fold import fold, tokens

pytestmark = pytest.mark.django_db


def found(text, public_only=True):
    return index.candidates(tokens(fold(text)), public_only)


def test_a_draft_is_indexed_but_not_public(draft):
    assert not found("紫霄殿")
    assert [document.object_id for document in found("紫霄殿", public_only=False)] == [draft.pk]


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
    index.remove(Fault, [draft.pk])
    assert not found("紫霄殿", public_only=False)
    assert index.frequencies(["紫霄"]) == {}


def test_a_failed_save_leaves_no_trace_in_the_index(draft):
    with pytest.raises(RuntimeError), transaction.atomic():
        draft.title = "凌霄殿"
        draft.save()
        index.refresh([draft])
        raise RuntimeError
    assert not found("凌霄", public_only=False)
    assert found("紫霄", public_only=False)


def test_frequencies_count_documents():
    counts = index.frequencies(["拨号", "无此字无"])
    assert counts["拨号"] == sum("拨号" in document.tokens.split() for document in SearchDocument.objects.all())
    assert "无此字无" not in counts


@pytest.mark.parametrize("text", ["'; DROP TABLE faults_fault; --", '" OR "', "NEAR(a b)", "a* b:c ^d", "\\ ' \" : & | ! ( )"])
def test_a_query_is_never_part_of_the_statement(text):
    index.frequencies(tokens(fold(text)))
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


def test_a_stale_index_is_reported(draft):
    from faults.checks.stale_index import check_index, stale

    assert not stale()
    Fault.everything.filter(pk=draft.pk).update(title="别的标题")
    SearchDocument.objects.filter(kind="term").first().delete()
    assert len(stale()) == 2
    (warning,) = check_index(None, databases=["default"])
    assert "过时" in warning.msg and "rebuild_search" in warning.hint
    call_command("rebuild_search", verbosity=0)
    assert not stale()
