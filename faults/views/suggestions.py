"""The list while typing: the first results as options, and beside them what is read out of the one that is looked at."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from faults import desk_words, incidents
from faults.models import Fault, ReturnCode
from faults.search.find import Found, Hit, find
from faults.search.query import Query
from faults.search.spoken_cause import place_of
from faults.views.cached_page import cached_page

SUGGESTED = 8
STEPS = 3  # told beside the list; its page has all


@dataclass(frozen=True)
class Option:
    """A result, the address of its page at the cause that the caller spoke of, and what is read out of it.

    `situations`: of a procedure, to choose between before anything is done; then there is nothing to ask and to do yet.
    """

    hit: Hit
    address: str
    ask: str = ""
    steps: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        return self.steps[:STEPS]

    @property
    def left(self) -> int:
        """How many steps its page has beside."""
        return len(self.steps[STEPS:])


@cached_page("q", limit="KEYSTROKES_A_MINUTE")
def suggestions(request: HttpRequest) -> HttpResponse:
    """The first results as options of a list box, for the search field while one types. Empty for nothing reliable."""
    found = find(request.user, request.GET.get("q", ""), limit=SUGGESTED)
    asked = desk_words.current().asked_for(found.query)
    is_nothing = not (found.hits or found.unknown_code or found.elsewhere or found.query.is_empty or asked)
    context = {"found": found, "query": found.query, "asked": asked, "is_nothing": is_nothing}
    context |= {"incidents": incidents.on_search(found, incidents.in_force())}
    return render(request, "_partials/suggestions.html", context | {"options": _options(found), "lead": _lead(found)})


def _lead(found: Found) -> str:
    """What is read before any of them, as on the page of results: none is told until it is chosen. Empty if the first is the answer."""
    if found.unknown_code:
        return _("码不认识，结果就算不明：先查终端明细，不再刷，不交货。")
    if found.missing_table:
        return _("这里没有“%(whose)s”的%(code)s。") % {"whose": found.missing_table, "code": found.codes[0]} + _(
            "下面是别家码表里的，意思可能不同：只供对照，照着做之前先问收单机构。"
        )
    if found.is_taken_for_number:
        number = {"number": found.query.number}
        return _("没有一张码表里有%(number)s。下面是%(number)s号条目；屏上真写着这个码的，不要照它做，问收单机构。") % number
    if found.matters:
        return _("说了几件事，一件一件来，碰到钱的先办。")
    return _("还拿不准：先问是哪一种，再念。") if found.is_question else ""


def _options(found: Found) -> list[Option]:
    """All of them, in a fixed number of queries: of an entry's fixes only those that are told are fetched."""
    items = [hit.item for hit in found.hits]
    entries, codes = ([item for item in items if isinstance(item, kind)] for kind in (Fault, ReturnCode))
    prefetch_related_objects(entries, "causes__standing")
    places = {entry: _place(entry, found.query) for entry in entries}
    told = [entry.causes_to_ask[place] for entry, place in places.items() if place is not None]
    without = [entry for entry in entries if not entry.causes.all()]
    prefetch_related_objects(told, "fixes")
    prefetch_related_objects(without, "fixes")
    prefetch_related_objects(codes, "retry")
    fixes = [fix for one in (*told, *without) for fix in one.fixes.all()[:1]]
    causes = [cause for entry in entries for cause in entry.causes.all()]
    desk_words.fill_rows([*(item for item in items if item not in codes), *causes, *fixes])
    for table in {code.scheme_id for code in codes}:
        desk_words.fill_rows([code for code in codes if code.scheme_id == table], table)
    return [_entry(hit, places[hit.item]) if hit.item in places else _other(hit) for hit in found.hits]


def _place(entry: Fault, query: Query) -> int | None:
    """The place of the cause to ask about first, or that the caller spoke of; None of an entry that has none, and of a procedure where the
    caller didn't say which of its situations it is."""
    titles = [cause.title for cause in entry.causes_to_ask]
    place = place_of(query, titles) if titles else None
    return None if entry.is_procedure and len(titles) > 1 and not place else place


def _entry(hit: Hit, place: int | None) -> Option:
    address, causes = hit.item.get_absolute_url(), hit.item.causes_to_ask
    if causes and place is None:
        return Option(hit, address, situations=tuple(cause.title for cause in causes))
    cause = causes[place] if causes else None
    steps = tuple(step for fix in (cause or hit.item).fixes.all()[:1] for step in fix.step_list)
    return Option(hit, f"{address}#c{place + 1}" if place else address, cause.check_text if cause else "", steps)


def _other(hit: Hit) -> Option:
    """A code or a term."""
    if isinstance(hit.item, ReturnCode):
        return Option(hit, hit.item.address, hit.item.check_text, tuple(hit.item.step_list))
    return Option(hit, hit.item.get_absolute_url())
