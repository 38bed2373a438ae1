"""Whether an item is ready for readers: what is missing or dangerous, item by item."""

from faults.checks import entries
from faults.checks.entries import RED, Problem
from faults.models import Elsewhere, Fault, Note, Publication, ReturnCode, Term
from faults.search.documents import items_of


def _of_note(note: Note) -> list[Problem]:
    return entries.of_note(note, items_of([note.about]).get(note.about))


_RULES = {
    Fault: entries.of_fault,
    ReturnCode: entries.of_code,
    Term: entries.of_term,
    Elsewhere: entries.of_elsewhere,
    Note: _of_note,
}


def readiness_of(item: Publication) -> list[Problem]:
    """The problems of a saved item, red lines first. Synonyms are read by nobody: they only must not hold card numbers."""
    found = _RULES.get(type(item), entries.of_words)(item)
    return sorted(found, key=lambda problem: problem.level != RED)


def red_lines_of(item: Publication) -> list[Problem]:
    """The problems that stop a publication."""
    return [problem for problem in readiness_of(item) if problem.level == RED]
