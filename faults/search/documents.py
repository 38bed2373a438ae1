"""Entry, code or term → its search document. What is indexed, and under which field, is decided here and nowhere else."""

import re
from collections import defaultdict
from collections.abc import Iterable

from faults.models import Fault, Note, Publication, ReturnCode, Term, Wording
from faults.models.search_documents import CODE, FAULT, TERM, SearchDocument
from faults.search.document_digest import digest
from faults.search.ngrams import sound_tokens, spoken
from faults.text.fold import fold, tokens
from faults.text.pinyin import initial_tokens, initials
from faults.text.placeholders import without_braces
from posdesk.numbers import whole_number
from posdesk.stored_language import in_stored_language

Texts = dict[str, list[str]]  # by field, as editors wrote them
SHORT = ("title", "screens", "aliases", "wordings")  # fields of phrases that people say and type whole


def _quoted(title: str) -> list[str]:
    """What a title quotes: 显示“无拨号音” is also known by 无拨号音."""
    return re.findall("“([^”]+)”", title)


def _of_fault(fault: Fault) -> Texts:
    causes = [text for cause in fault.causes.all() for text in (cause.title, cause.check_text)]
    return {
        "title": [fault.title, *_quoted(fault.title)],
        "screens": [screen.text for screen in fault.screen_texts.all()],
        "aliases": [alias.text for alias in fault.aliases.all()],
        "body": [fault.symptom, *causes, *(myth.claim for myth in fault.myths.all())],
    }


def _of_code(row: ReturnCode) -> Texts:
    return {
        "title": [row.meaning],
        "screens": [screen.text for screen in row.screen_texts.all()],
        "aliases": row.alias_list,
        "body": [row.detail, row.old_meaning, row.new_meaning, str(row.scheme)],
    }


def _of_term(term: Term) -> Texts:
    return {"title": [term.name], "screens": [], "aliases": term.alias_list, "body": [term.definition]}


MAKERS = {Fault: _of_fault, ReturnCode: _of_code, Term: _of_term}
KINDS = {FAULT: Fault, CODE: ReturnCode, TERM: Term}
PARTS = {Fault: ("screen_texts", "aliases", "causes", "myths"), ReturnCode: ("screen_texts",), Term: ()}


def kind_of(model) -> str:
    """The document kind of a model."""
    return next(kind for kind, known in KINDS.items() if known is model)


def name_of(item) -> str:
    """What wordings and notes call an entry, a code or a term: fault:40, code:cup:97, term:签到."""
    return ":".join([kind_of(type(item)), *map(str, item.natural_key())])


def items_of(names: Iterable[str]) -> dict[str, Publication]:
    """The entry, code or term of each of these names, as far as it is there; three queries."""
    keys = defaultdict(list)
    for name in names:
        kind, _colon, key = name.partition(":")
        keys[kind].append(key)
    numbers = [number for key in keys[FAULT] if (number := whole_number(key)) is not None]
    codes = [key.partition(":")[2] for key in keys[CODE]]
    found = {
        name_of(item): item
        for items in (
            Fault.everything.filter(number__in=numbers),
            ReturnCode.everything.filter(code__in=codes),
            Term.everything.filter(name__in=keys[TERM]),
        )
        for item in items
    }
    return {name: found[name] for name in names if name in found}


def wordings_of(items: list) -> list[list[str]]:
    """In what words callers ask for each of these items, and what the desk's notes say of it, sentence by sentence; two queries.

    Internal notes are in no document: what is found by them, and how rare a word is, would tell strangers of them.
    """
    names, said = [name_of(item) for item in items], defaultdict(list)
    if not names:
        return []
    for wording in Wording.objects.filter(name__in=names):
        said[wording.name] += wording.word_list
    for about, text in Note.objects.filter(about__in=names).values_list("about", "text"):
        said[about] += re.split(r"[。！？；\n]+", text)
    return [said[name] for name in names]


@in_stored_language()
def texts_of(item, wordings: list[str]) -> Texts:
    """What is indexed of an entry, a code or a term, not yet folded: the same whatever language its editor reads."""
    said = MAKERS[type(item)](item)
    return said | {"body": [without_braces(text) for text in said["body"]], "wordings": wordings}


def make(item, wordings: list[str] | None = None) -> SearchDocument:
    """The unsaved search document of an entry, a code or a term. `wordings`: what wordings_of says of it, where many are made."""
    texts, code = texts_of(item, wordings_of([item])[0] if wordings is None else wordings), _code_of(item)
    fields = {name: "\n".join(filter(None, map(fold, written))) for name, written in texts.items()}
    phrases = "\n".join(fields[name] for name in SHORT).split("\n")
    found = tokens("\n".join(fields.values()))
    for phrase in phrases:
        found += [*sound_tokens(phrase), *initial_tokens(initials(phrase))]
    if code:
        found.append(code.lower())
    made = SearchDocument(
        kind=kind_of(type(item)),
        object_id=item.pk,
        is_published=item.is_published,
        code=code,
        spoken="\n".join(spoken(phrase, frozenset(tokens(phrase))) for phrase in phrases),
        tokens=" ".join(dict.fromkeys(found)),
        **fields,
    )
    made.digest = digest(made, item.is_published, code, texts)
    return made


def _code_of(item) -> str:
    return item.code if isinstance(item, ReturnCode) else ""


def is_current(document: SearchDocument, item, wordings: list[str]) -> bool:
    """Whether a stored document is what `make` would make of the item, found out without making it."""
    return bytes(document.digest or b"") == digest(document, item.is_published, _code_of(item), texts_of(item, wordings))


def latin_words(document: SearchDocument) -> list[str]:
    """The Latin words of a document's phrases that are long enough to be mistyped."""
    phrases = " ".join(getattr(document, name) for name in SHORT)
    return [word for word in tokens(phrases) if word.isascii() and word.isalpha() and 3 <= len(word) <= 40]
