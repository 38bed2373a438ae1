"""The glossary, and terms explained in place: in what is read out, a term leads to its explanation where it stands first."""

import re
from collections.abc import Iterable

from django.shortcuts import render
from django.utils.html import format_html, format_html_join

from faults import desk_words
from faults.models import Term
from faults.search.documents import name_of
from faults.views.cached_page import cached_page
from faults.views.notes import form_for_notes, notes_on

OPEN = 6


class TermLinks:
    """The terms of one page while it is written. Each is linked once, where it comes first; more would be in the reader's way."""

    def __init__(self, terms: Iterable[Term]):
        self.terms = list(terms)
        self._by_word = {word: term for term in self.terms for word in (term.name, *term.alias_list)}
        words = sorted(self._by_word, key=len, reverse=True)  # 预授权 before 授权
        self._pattern = re.compile("|".join(map(re.escape, words))) if words else None
        self._linked: set[int] = set()

    @property
    def first(self) -> list[Term]:
        """Those that stand open below the entry; the rest is folded, or the list would be longer than what it explains."""
        return self.terms[:OPEN]

    @property
    def rest(self) -> list[Term]:
        return self.terms[OPEN:]

    def link(self, text: str) -> str:
        """The text as HTML, with links on terms that were not linked before."""
        if self._pattern is None:
            return format_html("{}", text)
        return format_html_join("", "{}", ((piece,) for piece in self._pieces(text)))

    def _pieces(self, text: str):
        end = 0
        for match in self._pattern.finditer(text):
            term = self._by_word[match.group()]
            if term.pk not in self._linked:
                self._linked.add(term.pk)
                yield text[end : match.start()]
                yield format_html('<a class="term" href="#term-{}">{}</a>', term.pk, match.group())
                end = match.end()
        yield text[end:]


@cached_page()
def terms(request):
    """All terms, in the order of their reading, each with the desk's notes on it."""
    found = list(Term.visible_to(request.user))
    notes = notes_on(request.user, found)
    for term in found:
        term.notes, term.note_form = notes[name_of(term)], form_for_notes(request.user, term)
    desk_words.fill_rows(found)
    return render(request, "terms.html", {"terms": found})
