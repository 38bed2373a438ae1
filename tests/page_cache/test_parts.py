"""What is dear to make is kept in parts under what they are made from: one publication leaves the others, and nothing old is shown."""

import pytest
from django.contrib.auth.models import AnonymousUser

from faults.models import Actor, CodeActor, ReturnCode, ScreenText, SynonymGroup
from faults.models.search_documents import SearchDocument
from faults.search import process_cache
from faults.search.find import find

pytestmark = pytest.mark.django_db
LANGUAGES = ["zh-hans", "zh-hant", "en"]


def table(client, language: str) -> str:
    return client.get("/codes/", headers={"accept-language": language}).content.decode()


def change_meaning(row):
    ReturnCode.objects.filter(pk=row.pk).update(meaning="紫霄殿")


def change_letter(row):
    ReturnCode.objects.filter(pk=row.pk).update(response_class=None if row.response_class_id else "A")


def change_screen(row):
    ScreenText.objects.filter(code=row).delete()
    ScreenText.objects.create(code=row, text="紫霄殿")


def change_actors_name(row):
    Actor.objects.filter(codes=row).update(name="紫霄殿")


def change_actors_order(row):
    CodeActor.objects.filter(code=row).delete()


def withdraw(row):
    ReturnCode.objects.filter(pk=row.pk).update(status="archived")


@pytest.mark.parametrize("change", [change_meaning, change_letter, change_screen, change_actors_name, change_actors_order, withdraw])
def test_what_changes_in_the_code_table_is_shown_at_once_in_every_language(client, change):
    row = ReturnCode.objects.get(scheme="cup", code="51")
    before = {language: table(client, language) for language in LANGUAGES}
    change(row)
    assert not [language for language in LANGUAGES if table(client, language) == before[language]]
    assert len({table(client, language) for language in LANGUAGES}) == 3


def test_what_is_typed_over_the_table_hides_rows_and_is_in_nobody_elses(client):
    whole = table(client, "zh-hans")
    narrowed = client.get("/codes/?q=余额").content.decode()
    assert narrowed.count(" hidden>") > whole.count(" hidden>")
    ReturnCode.objects.filter(scheme="cup", code="51").update(warning="换了")  # made anew, from the same rows
    assert table(client, "zh-hans").count(" hidden>") == whole.count(" hidden>")


def test_after_one_publication_only_its_row_is_made_anew(client, monkeypatch):
    """Counted by what a row asks the template for."""
    asked = []
    monkeypatch.setattr(ReturnCode, "get_absolute_url", lambda row: asked.append(row.code) or f"/codes/{row.code}/")
    table(client, "zh-hans")
    assert len(asked) > 90
    asked.clear()
    change_meaning(ReturnCode.objects.get(scheme="cup", code="51"))
    table(client, "zh-hans")
    assert asked == ["51"]


def test_search_takes_apart_again_only_what_has_changed():

    find(AnonymousUser(), "不出票")
    before = process_cache.current()
    row, *others = before._documents.values()
    SearchDocument.objects.filter(pk=row.id).update(title="换了标题")  # as nobody does; the row says something else under the same id
    after = process_cache.current()
    found = after.documents([row.id, *(other.id for other in others)])
    assert after is not before and after.synonyms is before.synonyms
    assert found[0].title == "换了标题" and all(new is old for new, old in zip(found[1:], others, strict=True))


def test_a_synonym_that_is_changed_is_another(client):
    before = process_cache.current().synonyms
    group = SynonymGroup.objects.create(name="试", words="不出票\n喵喵喵喵", status="published")
    assert "喵喵喵喵" in process_cache.current().synonyms.others and process_cache.current().synonyms is not before
    group.delete()
    assert "喵喵喵喵" not in process_cache.current().synonyms.others
