"""The index: written with the entry, gone with it, rebuilt whole or not at all; and what is stale in it is seen without making it anew."""

import pytest
from django.core.management import call_command
from django.db import transaction

from faults.checks.stale_index import check_index, outdated, stale
from faults.models import CodeTable, Fault, ReturnCode, SearchDocument, SearchToken, Status, Term, Wording
from faults.search import document_digest, documents, frequencies, index
from faults.text.fold import fold, tokens
from tests.test_imports import imports_of, modules

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


EVERYTHING = ("kind", "object_id", "tokens", *document_digest.MADE, "digest")


def test_a_stale_index_is_reported_and_rebuilt(draft, capsys):
    """An old text, a missing one and a miscount: each alone makes one difference, and they do not touch each other. What looking takes
    for current is what is made anew, to the letter."""
    others = SearchDocument.objects.exclude(kind="fault", object_id=draft.pk)
    before = sorted(others.values_list(*EVERYTHING))
    Fault.everything.filter(pk=draft.pk).update(title="别的标题")
    frequencies.change(index._taken_out(Term, [Term.objects.first().pk]), ())
    SearchToken.objects.filter(text="紫霄").update(documents=7)
    (warning,) = check_index(None, databases=["default"])
    found = stale()  # still: the command line only reports
    assert len(found) == 3 and "词频 紫霄" in found, found
    assert "过时" in warning.msg and "rebuild_search" in warning.hint
    call_command("rebuild_search", "--if-stale")
    shown, total = capsys.readouterr().out, len(before) + 1
    assert not stale() and sorted(others.values_list(*EVERYTHING)) == before
    assert f"{total}/{total}" in shown and f"索引里有 {total} 条" in shown


def test_a_rebuild_that_fails_changes_nothing(monkeypatch):
    """It fails when some are written and others aren't."""
    monkeypatch.setattr(index, "BATCH", 5)
    before = sorted(SearchDocument.objects.values_list("pk", flat=True))

    def fail(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.rebuild(fail)
    assert sorted(SearchDocument.objects.values_list("pk", flat=True)) == before


def test_a_miscount_alone_makes_it_stale(draft):
    SearchToken.objects.filter(text="紫霄").update(documents=7)
    assert stale() == ["词频 紫霄"]


OF_AN_ENTRY = {
    "title": lambda fault: Fault.everything.filter(pk=fault.pk).update(title="别的"),
    "symptom": lambda fault: Fault.everything.filter(pk=fault.pk).update(symptom="别的"),
    "status": lambda fault: Fault.everything.filter(pk=fault.pk).update(status=Status.ARCHIVED),
    "screen": lambda fault: fault.screen_texts.filter(pk=fault.screen_texts.first().pk).update(text="别的"),
    "alias": lambda fault: fault.aliases.filter(pk=fault.aliases.first().pk).delete(),
    "order of aliases": lambda fault: fault.aliases.filter(pk=fault.aliases.first().pk).update(position=99),
    "cause": lambda fault: fault.causes.filter(pk=fault.causes.first().pk).update(title="别的"),
    "check": lambda fault: fault.causes.filter(pk=fault.causes.first().pk).update(check_text="别的"),
    "myth": lambda fault: fault.myths.filter(pk=fault.myths.first().pk).update(claim="别的"),
    "wording": lambda fault: Wording.everything.filter(name=documents.name_of(fault)).update(words="别的"),
}
OF_A_CODE = {
    "code": lambda row: ReturnCode.everything.filter(pk=row.pk).update(code="ZX"),
    "meaning": lambda row: ReturnCode.everything.filter(pk=row.pk).update(meaning="别的"),
    "detail": lambda row: ReturnCode.everything.filter(pk=row.pk).update(detail="别的"),
    "alias of a code": lambda row: ReturnCode.everything.filter(pk=row.pk).update(aliases="别的"),
    "screen of a code": lambda row: row.screen_texts.create(text="别的"),
    "table": lambda row: CodeTable.objects.filter(slug=row.scheme_id).update(name="别的"),
}
OF_A_TERM = {
    "name": lambda term: Term.everything.filter(pk=term.pk).update(name="别的"),
    "alias of a term": lambda term: Term.everything.filter(pk=term.pk).update(aliases="别的"),
    "definition": lambda term: Term.everything.filter(pk=term.pk).update(definition="别的"),
}


def stays_current(item, change) -> bool:
    """Whether a change of what a document is made of, undone afterwards, isn't seen."""
    with transaction.atomic():
        change(item)
        seen = outdated({type(item): [item.pk]})
        transaction.set_rollback(True)
    return not seen


def test_whatever_a_document_is_made_of_makes_it_stale():
    entry = Fault.objects.filter(myths__isnull=False, screen_texts__isnull=False, aliases__isnull=False, causes__isnull=False)
    worded = [name.removeprefix("fault:") for name in Wording.objects.filter(name__startswith="fault:").values_list("name", flat=True)]
    made_of = [
        (entry.filter(number__in=worded).first(), OF_AN_ENTRY),
        (ReturnCode.objects.first(), OF_A_CODE),
        (Term.objects.first(), OF_A_TERM),
    ]
    unseen = [name for item, changes in made_of for name, change in changes.items() if stays_current(item, change)]
    assert not unseen and not any(outdated({type(item): [item.pk]}) for item, _changes in made_of)


def test_whatever_a_document_says_otherwise_makes_it_stale():
    """As it would be if something else than index.write changed it, or a backup brought half of it back."""
    item = Fault.objects.get(number=40)
    row = SearchDocument.objects.filter(kind="fault", object_id=item.pk)
    otherwise = dict.fromkeys([*document_digest.MADE, "tokens"], "别的") | {"is_published": False, "digest": None, "vectors": None}
    unseen = [name for name, value in otherwise.items() if stays_current(item, lambda _, of=name, to=value: row.update(**{of: to}))]
    assert not unseen


def test_another_program_makes_all_stale(monkeypatch):
    monkeypatch.setattr(document_digest, "_program", lambda: "of another version")
    assert len(outdated()) == SearchDocument.objects.count()


def test_the_program_is_every_module_that_makes_a_document():
    known = modules()
    wanted, found = ["faults.search.documents"], set()
    while wanted:
        found.add(name := wanted.pop())
        wanted += {other for other in imports_of(known[name], set(known)) if other.startswith(("faults.search.", "faults.text."))} - found
    folder = known["faults.search.documents"].parent.parent
    digested = {path for pattern in document_digest.MADE_BY for path in folder.glob(pattern)}
    beside = {"faults.search.document_digest", "faults.search.sentence_vectors", "faults.search.weights"}  # whether it is stale; meanings
    assert {known[name] for name in found - beside} <= digested
