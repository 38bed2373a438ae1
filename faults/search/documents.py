"""Entry, code or term → its search document. What is indexed, and under which field, is decided here and nowhere else."""

import re
from collections import defaultdict
from collections.abc import Iterable

from faults.models import Fault, Publication, ReturnCode, Term, Wording
from faults.models.search_documents import CODE, FAULT, TERM, SearchDocument
from faults.search.ngrams import sound_tokens, spoken
from faults.text.fold import fold, tokens
from faults.text.pinyin import initial_tokens, initials
from faults.text.placeholders import without_braces
from posdesk.numbers import whole_number
from posdesk.stored_language import in_stored_language

SHORT = ("title", "screens", "aliases", "wordings")  # fields of phrases that people say and type whole


def _quoted(title: str) -> list[str]:
    """What a title quotes: 显示“无拨号音” is also known by 无拨号音."""
    return re.findall("“([^”]+)”", title)


def _document(kind, item, code="", **fields) -> SearchDocument:
    fields["body"] = map(without_braces, fields["body"])
    fields = {name: "\n".join(filter(None, map(fold, texts))) for name, texts in fields.items()}
    found = tokens("\n".join(fields.values()))
    phrases = "\n".join(fields[name] for name in SHORT).split("\n")
    for phrase in phrases:
        found += [*sound_tokens(phrase), *initial_tokens(initials(phrase))]
    if code:
        found.append(code.lower())
    return SearchDocument(
        kind=kind,
        object_id=item.pk,
        is_published=item.is_published,
        code=code,
        spoken="\n".join(spoken(phrase, frozenset(tokens(phrase))) for phrase in phrases),
        tokens=" ".join(dict.fromkeys(found)),
        **fields,
    )


def _of_fault(fault: Fault, wordings: list[str]) -> SearchDocument:
    causes = [text for cause in fault.causes.all() for text in (cause.title, cause.check_text)]
    myths = [myth.claim for myth in fault.myths.all()]
    return _document(
        FAULT,
        fault,
        title=[fault.title, *_quoted(fault.title)],
        screens=[screen.text for screen in fault.screen_texts.all()],
        aliases=[alias.text for alias in fault.aliases.all()],
        body=[fault.symptom, *causes, *myths],
        wordings=wordings,
    )


def _of_code(row: ReturnCode, wordings: list[str]) -> SearchDocument:
    return _document(
        CODE,
        row,
        code=row.code,
        title=[row.meaning],
        screens=[screen.text for screen in row.screen_texts.all()],
        aliases=row.alias_list,
        body=[row.detail, row.old_meaning, row.new_meaning, str(row.scheme)],
        wordings=wordings,
    )


def _of_term(term: Term, wordings: list[str]) -> SearchDocument:
    return _document(TERM, term, title=[term.name], screens=[], aliases=term.alias_list, body=[term.definition], wordings=wordings)


MAKERS = {Fault: _of_fault, ReturnCode: _of_code, Term: _of_term}
KINDS = {FAULT: Fault, CODE: ReturnCode, TERM: Term}
PARTS = {Fault: ("screen_texts", "aliases", "causes", "myths"), ReturnCode: ("screen_texts",), Term: ()}


def kind_of(model) -> str:
    """The document kind of a model."""
    return next(kind for kind, known in KINDS.items() if known is model)


def name_of(item) -> str:
    """What wordings call an entry, a code or a term: fault:40, code:cup:97, term:签到."""
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
    """In what words callers ask for each of these items; one query."""
    names = [name_of(item) for item in items]
    said = {wording.name: wording.word_list for wording in Wording.objects.filter(name__in=names)} if names else {}
    return [said.get(name, []) for name in names]


@in_stored_language()
def make(item, wordings: list[str] | None = None) -> SearchDocument:
    """The unsaved search document of an entry, a code or a term: the same whatever language its editor reads.

    `wordings`: what wordings_of says of it, where many are made.
    """
    return MAKERS[type(item)](item, wordings_of([item])[0] if wordings is None else wordings)


def latin_words(document: SearchDocument) -> list[str]:
    """The Latin words of a document's phrases that are long enough to be mistyped."""
    phrases = " ".join(getattr(document, name) for name in SHORT)
    return [word for word in tokens(phrases) if word.isascii() and word.isalpha() and 3 <= len(word) <= 40]
