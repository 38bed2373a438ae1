"""What the templates need beside Django's own tags: icons, and line breaks where one would breathe."""

import re
from functools import lru_cache
from itertools import groupby
from urllib.parse import urlencode

import segno
from django import template
from django.template.defaultfilters import stringfilter
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from faults import desk_words
from faults.editing.note_places import as_value
from faults.icons import ICONS
from faults.models import Fault
from faults.search.ngrams import ngrams
from faults.text.entry_references import names_an_entry, pieces
from faults.text.fold import fold, tokens
from faults.text.lines import lines

register = template.Library()

LONGEST_CLAUSE = 13  # Han characters that are read in one breath


@register.simple_tag
def icon(name: str) -> str:
    """A decorative drawing, hidden from screen readers; a word must stand beside it. Empty for a name without a drawing."""
    return format_html('<svg viewBox="0 0 24 24" aria-hidden="true">{}</svg>', mark_safe(ICONS[name])) if name in ICONS else ""  # noqa: S308


def cut_clauses(text: str) -> list[str]:
    """The text cut behind 。？！；，： (closing quotes stay with their mark), and behind 、 where a clause is long."""
    clauses = re.findall(r"[^。？！；，：]+[。？！；，：]*[”’）」』]*|[。？！；，：]+[”’）」』]*", text)
    return [piece for clause in clauses for piece in (_at_commas(clause) if len(clause) > LONGEST_CLAUSE else [clause])]


def _at_commas(clause: str) -> list[str]:
    return re.findall(r"[^、]+、?|、", clause)


@register.filter
@stringfilter
def clauses(text: str) -> str:
    """Text to be read aloud: each clause unbroken on the line where it fits, so that lines break where one breathes."""
    return format_html_join("", '<span class="clause">{}</span>', ((clause,) for clause in cut_clauses(text)))


@register.simple_tag(takes_context=True)
def read_aloud(context, text: str) -> str:
    """What is read out: cut as `clauses` does, with the page's terms (`explained` in the context) leading to explanations, and numbers
    of entries (照98号办) to those entries."""
    return _read(context, text, context.get("explained"))


@register.simple_tag(takes_context=True)
def read_plainly(context, text: str) -> str:
    """As `read_aloud`, but without the terms: for red lines and what stands beside a link."""
    return _read(context, text, None)


def _read(context, text: str, explained) -> str:
    linked = ((format_html_join("", "{}", ((piece,) for piece in _linked(context, clause, explained))),) for clause in cut_clauses(text))
    return format_html_join("", '<span class="clause">{}</span>', linked)


def _linked(context, clause: str, explained):
    """The pieces of a clause, as HTML where they are links."""
    for piece, number in pieces(clause, _entry_numbers(context, clause)):
        if number is not None:
            yield format_html('<a href="{}">{}</a>', reverse("fault", args=[number]), piece)
        else:
            yield explained.link(piece) if explained else piece


def _entry_numbers(context, text: str) -> frozenset[int]:
    """Of what is published, if the text may name an entry; asked for once a page, at most."""
    request = context.get("request")
    if request is None or not names_an_entry(text):
        return frozenset()
    if not hasattr(request, "entry_numbers"):
        request.entry_numbers = frozenset(Fault.objects.values_list("number", flat=True))
    return request.entry_numbers


@register.simple_tag
@lru_cache(maxsize=1_000)
def qr(address: str) -> str:
    """A QR code of the address, as drawing; the address must stand beside it in letters."""
    return mark_safe(segno.make(address, error="m").svg_inline(border=0, omitsize=True, svgclass="qr", lineclass=None))  # noqa: S308


@register.filter
def language_tag(language: str) -> str:
    """A language as HTML and BCP 47 write it: zh-hans → zh-Hans."""
    first, *rest = language.split("-")
    return "-".join([first, *(part.capitalize() for part in rest)])


@register.simple_tag
def lang_zh() -> str:
    """An attribute that says that an element holds content, which is Chinese, where the page itself is in another language."""
    return "" if get_language().startswith("zh") else mark_safe(' lang="zh-Hans"')


@register.simple_tag
def escalation_heading() -> str:
    """Over what goes to the acquirer, by whose desk this is."""
    return desk_words.current().heading


@register.simple_tag
def unknown_code_advice() -> str:
    """What to do about a code that stands in no table, by whose desk this is."""
    return desk_words.current().unknown_code_advice


@register.filter
def in_list(item) -> list:
    """The item as a list of one, for a partial that takes several."""
    return [item]


@register.filter
def notes_at(fix, number: int) -> list:
    """The desk's notes beside a step of the fix, as far as the page has put them there (editing.note_places)."""
    return getattr(fix, "notes", {}).get(number, [])


@register.simple_tag
def note_form_at(form: str, cause, fix=None, number: int = 0) -> str:
    """The address of the form of a new note, `form`, for a note beside a cause (empty for fixes of the whole entry), or beside that step
    of a fix, by its number from 0: in the words that the editor wrote, which are those that it is found by."""
    title, step = cause.written("title") if cause else "", lines(fix.written("steps"))[number] if fix else ""
    return f"{form}&{urlencode({'place': as_value(title, step)})}"


@register.filter
def highlight(text: str, query) -> str:
    """The text with what the query says in it marked. Text whose folding has another length is left as it is."""
    folded, said = fold(text), {ngram.exact for ngram in ngrams(query.subject)}
    if len(folded) != len(text):
        return text
    is_said = [False] * len(text)
    for token in {*tokens(folded)} & said:
        for match in re.finditer(re.escape(token), folded):
            is_said[match.start() : match.end()] = [True] * len(token)
    pieces = [(flag, "".join(text[place] for place in places)) for flag, places in groupby(range(len(text)), key=is_said.__getitem__)]
    return format_html_join("", "{}", ((format_html("<mark>{}</mark>", piece) if flag else piece,) for flag, piece in pieces))
