"""Answers that are kept: asked for again they cost one question for the version, and none is shown that is no longer true."""

import pytest
from django.core.cache import cache

from faults.models import Status, SynonymGroup
from faults.search import index

pytestmark = pytest.mark.django_db
ADDRESS = "/search/suggestions/"


def suggested(client, text):
    return client.get(ADDRESS, {"q": text}).content.decode()


def test_the_same_keystroke_again_asks_only_for_the_version(client, django_assert_num_queries):
    first = suggested(client, "不出票")
    assert 'role="option"' in first
    with django_assert_num_queries(1):
        assert suggested(client, "不出票") == first


def test_what_is_published_or_withdrawn_shows_at_once(client, draft):
    assert "紫霄殿" not in suggested(client, "紫霄殿打不开")
    for status, is_shown in ((Status.PUBLISHED, True), (Status.ARCHIVED, False)):
        draft.status = status
        draft.save()
        index.refresh([draft])
        assert (f"/f/{draft.number}/" in suggested(client, "紫霄殿打不开")) is is_shown


def test_a_synonym_works_on_save(client):
    assert "/f/40/" not in suggested(client, "喵喵喵喵")
    SynonymGroup.objects.create(name="试", words="不出票\n喵喵喵喵", status="published")
    assert "/f/40/" in suggested(client, "喵喵喵喵")


def test_languages_are_kept_apart(client):
    chinese = suggested(client, "不出票")
    client.cookies["language"] = "en"
    assert suggested(client, "不出票") != chinese


def test_an_editors_answer_is_neither_kept_nor_shared(client, editor, draft):
    client.force_login(editor)
    assert "紫霄殿" in suggested(client, "紫霄殿打不开")
    client.logout()
    assert f"/f/{draft.number}/" not in suggested(client, "紫霄殿打不开")


def test_nothing_typed_can_be_read_from_the_cache(client):
    suggested(client, "卡号6222021234567894567刷不了")
    # The number as it was typed: four figures alone stand in a hash by chance, once in a thousand.
    assert not [key for key in cache._cache if "6222021234" in key or "刷" in key]
    assert not [value for value in cache._cache.values() if b"6222021234" in value]
