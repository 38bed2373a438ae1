"""Entry, code or term → its search document. What is indexed, and under which field, is decided here and nowhere else."""

import re

from faults.models import Fault, ReturnCode, Term
from faults.models.search_documents import CODE, FAULT, TERM, SearchDocument
from faults.search.ngrams import sound_tokens, spoken
from faults.text.fold import fold, tokens
from faults.text.pinyin import initial_tokens, initials
from posdesk.stored_language import in_stored_language

SHORT = ("title", "screens", "aliases")  # fields of phrases that people say and type whole


def _quoted(title: str) -> list[str]:
    """What a title quotes: 显示“无拨号音” is also known by 无拨号音."""
    return re.findall("“([^”]+)”", title)


def _document(kind, item, code="", **fields) -> SearchDocument:
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


def _of_fault(fault: Fault) -> SearchDocument:
    causes = [text for cause in fault.causes.all() for text in (cause.title, cause.check_text)]
    myths = [myth.claim for myth in fault.myths.all()]
    return _document(
        FAULT,
        fault,
        title=[fault.title, *_quoted(fault.title)],
        screens=[screen.text for screen in fault.screen_texts.all()],
        aliases=[alias.text for alias in fault.aliases.all()],
        body=[fault.symptom, *causes, *myths],
    )


def _of_code(row: ReturnCode) -> SearchDocument:
    return _document(
        CODE,
        row,
        code=row.code,
        title=[row.meaning],
        screens=[screen.text for screen in row.screen_texts.all()],
        aliases=row.alias_list,
        body=[row.detail, row.old_meaning, row.new_meaning, row.get_scheme_display()],
    )


def _of_term(term: Term) -> SearchDocument:
    return _document(TERM, term, title=[term.name], screens=[], aliases=term.alias_list, body=[term.definition])


MAKERS = {Fault: _of_fault, ReturnCode: _of_code, Term: _of_term}
KINDS = {FAULT: Fault, CODE: ReturnCode, TERM: Term}
PARTS = {Fault: ("screen_texts", "aliases", "causes", "myths"), ReturnCode: ("screen_texts",), Term: ()}


def kind_of(model) -> str:
    """The document kind of a model."""
    return next(kind for kind, known in KINDS.items() if known is model)


@in_stored_language()
def make(item) -> SearchDocument:
    """The unsaved search document of an entry, a code or a term: the same whatever language its editor reads."""
    return MAKERS[type(item)](item)


def latin_words(document: SearchDocument) -> list[str]:
    """The Latin words of a document's phrases that are long enough to be mistyped."""
    phrases = " ".join(getattr(document, name) for name in SHORT)
    return [word for word in tokens(phrases) if word.isascii() and word.isalpha() and 3 <= len(word) <= 40]
