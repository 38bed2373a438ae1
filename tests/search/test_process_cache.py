"""What search keeps in the process: never older than the content, never more than its bound, in the order asked for."""

import pytest
from django.db import transaction

from faults.models import SearchDocument, SynonymGroup
from faults.search import index, process_cache

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def test_it_is_kept_until_the_content_changes(draft):
    kept = process_cache.current()
    assert process_cache.current() is kept
    draft.save()
    assert process_cache.current() is not kept


def test_documents_come_in_the_order_asked_for_and_are_fetched_once(django_assert_num_queries):
    ids = list(SearchDocument.objects.order_by("-pk").values_list("pk", flat=True)[:10])
    kept = process_cache.ProcessCache("x")
    with django_assert_num_queries(1):
        assert [held.id for held in kept.documents(ids)] == ids
        assert [held.id for held in kept.documents(ids[::-1])] == ids[::-1]
    assert kept.documents([0]) == []


def test_no_more_than_its_bound(monkeypatch):
    monkeypatch.setattr(process_cache, "MOST_DOCUMENTS", 5)
    ids = list(SearchDocument.objects.values_list("pk", flat=True)[:12])
    kept = process_cache.ProcessCache("x")
    assert len(kept.documents(ids)) == 12
    assert len(kept._documents) == 5


def test_a_change_that_is_rolled_back_is_not_remembered(draft):
    with pytest.raises(RuntimeError), transaction.atomic():
        SynonymGroup.objects.create(name="试", words="紫霄殿\n喵喵喵", status="published")
        index.refresh([draft])
        assert "喵喵喵" in process_cache.current().synonyms.others
        raise RuntimeError
    assert "喵喵喵" not in process_cache.current().synonyms.others
