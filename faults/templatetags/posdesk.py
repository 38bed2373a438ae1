"""What the templates need beside Django's own tags: icons, and line breaks where one would breathe."""

import re

from django import template
from django.template.defaultfilters import stringfilter
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from faults.icons import ICONS

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
    return format_html_join("", '<span class="ph">{}</span>', ((clause,) for clause in cut_clauses(text)))


@register.filter
def in_list(item) -> list:
    """The item as a list of one, for a partial that takes several."""
    return [item]
