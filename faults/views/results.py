"""Search results: the page, and the list while typing."""

from django.db.models import prefetch_related_objects
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from faults import desk_words
from faults.models import CodeTable, Fault
from faults.models.search_documents import CODE, FAULT, TERM
from faults.models.usage import AskedOn
from faults.search.find import Found, Hit, find
from faults.search.prepared_query import AS_TYPED
from faults.search.spoken_cause import place_of
from faults.usage.page_events import Events, search_event
from faults.views.cached_page import cached_page
from faults.views.next_question import question_context
from faults.views.page_views import opened_event
from faults.views.result_facets import FACETS, filter_hits
from faults.views.return_codes import meanings_of
from posdesk.page_cache.page import MARK_PLACEHOLDER
from posdesk.query_masking import masks_query

SHOWN = 30
SUGGESTED = 8
ANSWERS = "a"  # in the address: what was answered of the questions that were asked


@masks_query
@cached_page("q", "exact", ANSWERS, *FACETS, repeated=(ANSWERS,), limit="SEARCHES_A_MINUTE")
def results(request):
    """What fits the words in `q`."""
    text = request.GET.get("q", "")
    found = find(request.user, text, limit=SHOWN, without=AS_TYPED if "exact" in request.GET else frozenset())
    asked = desk_words.current().asked_for(found.query)
    is_told = bool(asked) and not found.is_sure  # by a variable: nothing that editors should look into
    is_search = not (found.query.is_empty or is_told or {ANSWERS, *FACETS} & request.GET.keys())  # narrowing what was found is no new one
    if found.codes and found.query.is_code_alone and not found.query.number_is_meant and not found.missing_table:
        response, opened = redirect(_code_page(found)), [opened_event(MARK_PLACEHOLDER, CODE, found.codes[0], 1)]
    else:
        template = "results_asked.html" if is_told else _template(found)
        response, opened = render(request, template, _context(request, found, is_search) | {"asked": asked}), []
    response.showing = Events([search_event(found, AskedOn.PAGE, MARK_PLACEHOLDER), *opened] if is_search else [])
    return response


@cached_page("q", limit="KEYSTROKES_A_MINUTE")
def suggestions(request):
    """The first results as options of a list box, for the search field while one types. Empty for nothing reliable."""
    found = find(request.user, request.GET.get("q", ""), limit=SUGGESTED)
    asked = desk_words.current().asked_for(found.query)
    return render(request, "_partials/suggestions.html", {"found": found, "query": found.query, "asked": asked})


def _context(request, found: Found, is_search: bool) -> dict:
    _with_list_parts(found)
    hits, facets = filter_hits(found.hits, request.GET)
    mark = MARK_PLACEHOLDER if is_search and not request.user.is_authenticated else ""
    return {"found": found, "query": found.query, "mark": mark, "hits": hits, "facets": facets, **_first(request, found, hits)}


def _code_page(found: Found) -> str:
    scheme = f"?{urlencode({'scheme': found.query.scheme})}" if found.query.scheme else ""
    return reverse("code", args=[found.codes[0]]) + scheme


def _template(found: Found) -> str:
    if found.query.is_empty:
        return "results_empty.html"
    if found.unknown_code:
        return "results_unknown.html"
    if not found.hits:
        return "results_none.html"
    if found.matters:
        return "results_matters.html"
    return "results_question.html" if found.is_question else "results.html"


def _with_list_parts(found: Found) -> None:
    """Fetches what a row of results shows beside its title, for all rows of a kind at once."""
    shown = [*found.hits, *found.weak, *(hit for matter in found.matters for hit in matter.hits)]
    prefetch_related_objects([hit.item for hit in shown if hit.kind == FAULT], "environments", "screen_texts")
    prefetch_related_objects([hit.item for hit in shown if hit.kind == CODE], "retry", "response_class", "screen_texts")


def _told(entry: Fault, found: Found) -> dict:
    """The entry, and of its causes the one that the caller spoke of, or the first to ask about; `anchor`: where its page shows that."""
    causes = entry.causes_to_ask
    place = place_of(found.query, [cause.title for cause in causes])
    return {"entry": entry, "cause": causes[place] if causes else None, "anchor": f"#c{place + 1}" if place else ""}


def _first(request, found: Found, hits: list) -> dict:
    """What is shown in full: the first answer's causes, or the code with all its meanings; what to ask where it isn't sure."""
    user = request.user
    if found.matters:
        return {"matters": [(matter, _told_first(user, matter)) for matter in found.matters]}
    if not hits or found.unknown_code:
        return {"weak": found.weak, "code_tables": CodeTable.objects.all() if found.unknown_code else []}
    if found.is_question:
        return question_context(request, found, hits)
    first = hits[0]
    context = {"first": first, "rest": hits[1:]}
    if first.kind == CODE:
        return context | {"row": desk_words.fill_code(first.item), "meanings": meanings_of(user, first.item.code)}
    return context | _told_first(user, found, first)


def _told_first(user, found: Found, first: Hit | None = None) -> dict:
    """What is read out of the first answer, an entry or a term; nothing of a code or where it isn't sure which one is meant."""
    first = first or found.hits[0]
    if first.kind == FAULT and not found.is_question:
        return _told(desk_words.fill_entry(Fault.visible_to(user).with_everything().get(pk=first.item.pk)), found)
    desk_words.fill_rows([first.item])
    return {"term": first.item} if first.kind == TERM else {}
