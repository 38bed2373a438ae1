"""Search results: the page. The list while typing is in suggestions.py."""

from django.db.models import Count, Q, prefetch_related_objects
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from faults import desk_words, incidents
from faults.models import CodeTable, Fault, Status
from faults.models.search_documents import CODE, FAULT, TERM
from faults.models.usage import AskedOn
from faults.search.find import Found, Hit, find
from faults.search.prepared_query import AS_TYPED
from faults.search.query import Query
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
# What to ask where nothing was found: each question with answers, in words that search understands and as they are shown.
FOUR_QUESTIONS = [
    (_("是什么机器？"), [("电话线", _("插电话线")), ("网线", _("插网线")), ("流量卡", _("带流量卡")), ("连手机", _("连手机"))]),
    (
        _("一张卡这样，还是每张卡都这样？一台，还是全店？"),
        [("只有一张卡", _("一张卡")), ("什么卡都不行", _("每张卡")), ("只有一台", _("一台")), ("全店都不行", _("全店"))],
    ),
    (_("顾客收到扣款短信了吗？"), [("收到扣款短信", _("收到了")), ("没收到扣款短信", _("没收到"))]),
]
IS_PUBLISHED = Q(codes__status=Status.PUBLISHED)
ANSWERS = "a"  # in the address: what was answered of the questions that were asked


@masks_query
@cached_page("q", "exact", ANSWERS, *FACETS, repeated=(ANSWERS,), limit="SEARCHES_A_MINUTE")
def results(request):
    """What fits the words in `q`."""
    text = request.GET.get("q", "")
    found = find(request.user, text, limit=SHOWN, without=AS_TYPED if "exact" in request.GET else frozenset())
    asked, without_value = _asked(found.query)
    is_told = bool(asked or without_value) and not found.is_sure  # by a variable: nothing that editors should look into
    is_search = not (found.query.is_empty or is_told or {ANSWERS, *FACETS} & request.GET.keys())  # narrowing what was found is no new one
    if found.codes and found.query.is_code_alone and not found.query.number_is_meant and not found.missing_table:
        response, opened = redirect(_code_page(found)), [opened_event(MARK_PLACEHOLDER, CODE, found.codes[0], 1)]
    else:
        template = "results_asked.html" if asked and is_told else _template(found)
        context = _context(request, found, is_search) | {"asked": asked, "without_value": without_value}
        response, opened = render(request, template, context), []
    response.showing = Events([search_event(found, AskedOn.PAGE, MARK_PLACEHOLDER), *opened] if is_search else [])
    return response


def _asked(query: Query) -> tuple[list, list]:
    """The variables that the query asks for: those with a value to read out, and those of which only the acquirer knows it."""
    asked = desk_words.current().asked_for(query)
    is_known = {variable.pk: any(value != desk_words.UNKNOWN for _whose, value in values) for variable, values in asked}
    return [one for one in asked if is_known[one[0].pk]], [one for one in asked if not is_known[one[0].pk]]


def _context(request, found: Found, is_search: bool) -> dict:
    _with_list_parts(found)
    hits, facets = filter_hits(found.hits, request.GET)
    mark = MARK_PLACEHOLDER if is_search and not request.user.is_authenticated else ""
    told = incidents.on_search(found, incidents.in_force())
    context = {"found": found, "query": found.query, "incidents": told, "mark": mark, "hits": hits, "facets": facets}
    return context | {"table": _table_named(found.query)} | _first(request, found, hits)


def _table_named(query: Query) -> CodeTable | None:
    """The code table whose name is all that was said, with its `size` as readers see it."""
    if not query.is_table_alone:
        return None
    return CodeTable.objects.filter(slug=query.scheme).annotate(size=Count("codes", filter=IS_PUBLISHED)).first()


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
        told = {"four_questions": FOUR_QUESTIONS, "refer_to": dict.fromkeys(found.elsewhere.values())}
        return told | {"weak": found.weak, "code_tables": CodeTable.objects.all() if found.unknown_code else []}
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
