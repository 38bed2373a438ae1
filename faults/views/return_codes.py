"""Return codes: one code with all its meanings, and the quick-reference table."""

from collections import defaultdict
from functools import lru_cache

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from faults import desk_words, incidents
from faults.filters import CodeFilter
from faults.models import Fault, Note, ResponseClass, ReturnCode, TableKind
from faults.page_fingerprints import code_row_fingerprint
from faults.search.documents import name_of
from faults.text.fold import fold
from faults.views.cached_page import cached_page
from faults.views.lists import query_without
from faults.views.notes import form_for_notes, notes_on
from faults.views.page_views import counts_views
from posdesk.query_masking import masks_query


def meanings_of(user, code: str) -> list[ReturnCode]:
    """Every table's row for the code, that of the desk's own table first."""
    rows = ReturnCode.visible_to(user).filter(code=code).in_table_order().with_everything()
    return [desk_words.fill_code(row) for row in rows]


@counts_views("code", "code")
@cached_page("scheme", fingerprint=lambda stamps, code: stamps.codes.get(code, ""))
def code(request, code: str):
    """One code: retry or not, who acts, keep the card or not; then what every table says. `?scheme=` chooses whose comes first."""
    if code != code.upper() and ReturnCode.visible_to(request.user).filter(code=code.upper()).exists():
        return redirect("code", code.upper(), permanent=True)
    return render(request, "code.html", code_context(request, code, request.GET.get("scheme")))


def code_context(request, code: str, scheme: str | None) -> dict:
    """What the code's page shows to this user. Raises Http404 if no table has it."""
    meanings = meanings_of(request.user, code)
    if not meanings:
        raise Http404(_("%(code)s 不在任何一张码表里。") % {"code": code})
    row = next((row for row in meanings if row.scheme_id == scheme), meanings[0])
    notes = notes_on(request.user, meanings)
    return {
        "row": row,
        "incidents": incidents.on_code(code, incidents.in_force()),
        "notes": notes[name_of(row)],
        "others_notes": [_of_table(other, note) for other in meanings if other != row for note in notes[name_of(other)]],
        "note_form": form_for_notes(request.user, row),
        "meanings": meanings,
        "faults": Fault.visible_to(request.user).filter(codes__in=meanings).distinct(),
        "confused_with": _confused_with(request.user, row),
        "short_address": request.build_absolute_uri(f"/c/{row.code}" if row == meanings[0] else _with_table(row)),
    } | _networks(meanings)


def _with_table(row: ReturnCode) -> str:
    """The address under which this row comes first, whichever table is the desk's own."""
    return f"{row.get_absolute_url()}?scheme={row.scheme_id}"


def _of_table(code: ReturnCode, note: Note) -> Note:
    """The note, which says whose code it is on."""
    note.table = code.scheme
    return note


def _confused_with(user, row: ReturnCode):
    rows = ReturnCode.visible_to(user).filter(pk__in=row.confused_with.values("pk"))
    return rows.in_table_order().prefetch_related("response_class")


def _networks(meanings: list[ReturnCode]) -> dict:
    """What UnionPay and the foreign networks make of one code, if both use it: a foreign card's slip speaks the foreign table."""
    rows = [row for row in meanings if row.scheme.kind == TableKind.NETWORK]
    if len(rows) < 2 or not rows[0].scheme.is_own:
        return {}
    return {
        "networks": rows,
        "networks_agree": len({(row.meaning, row.retry_id, row.keep_card) for row in rows}) == 1,
        "retries_differ": len({row.retry_id for row in rows}) > 1,
    }


@masks_query
@cached_page("q", *CodeFilter.base_filters, fingerprint=lambda stamps: stamps.code_table)
def codes(request):
    """The quick-reference table on one page, so that it can be filtered while one types. Without a script `?q=` does the same."""
    chosen = CodeFilter(request.GET, ReturnCode.visible_to(request.user).with_list_parts(), request=request)
    makes_sense, typed = chosen.is_valid(), request.GET.get("q", "")
    rows = _with_words(chosen.qs if makes_sense else chosen.queryset, typed)
    table = chosen.data["scheme"]
    context = {
        "other_tables": _other_tables(request.user, table, fold(typed)) if table else [],
        "table": table,
        "facets": chosen.facets(),
        "classes": ResponseClass.objects.values_list("slug", "name"),
        "makes_sense": makes_sense,
        "rows": rows,
        "left": sum(row.is_left for row in rows),
        "typed": typed,
        "sort": chosen.data["sort"],
        "query_without": query_without(request, "sort"),
    }
    return render(request, "codes.html", context, status=200 if makes_sense else 400)


def _other_tables(user, table: str, said: str) -> list[dict]:
    """The tables but this one, each with its codes, folded for codes.js too, and whether what was said is one of them."""
    codes = defaultdict(list)
    for row in ReturnCode.visible_to(user).exclude(scheme=table).in_table_order():
        codes[row.scheme].append(fold(row.code))
    return [{"table": other, "codes": " ".join(those), "has_it": said in those} for other, those in codes.items()]


_folded = lru_cache(maxsize=2_000)(fold)  # the same rows are folded each time anything is published


def _with_words(rows, typed: str) -> list[ReturnCode]:
    """The rows, each with the words it is found by, folded for codes.js too, whether what was said is among them, and its stamp."""
    rows, said = list(rows), fold(typed)
    for row in rows:
        row.words = _folded(" ".join([row.code, row.meaning, *(screen.text for screen in row.screen_texts.all())]))
        row.is_left = said in row.words
        row.fingerprint = code_row_fingerprint(row)
    return rows
