"""Entries: one, and lists of them."""

from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from faults import desk_words, incidents
from faults.editing.history import version_read
from faults.editing.note_places import put_in_place
from faults.filters import FaultFilter
from faults.models import Fault, RelatedFault, ReturnCode, Term
from faults.search.documents import name_of
from faults.search.find import similar
from faults.views import schema_org
from faults.views.cached_page import cached_page
from faults.views.lists import filtered_list
from faults.views.notes import form_for_notes, notes_on
from faults.views.page_views import counts_views
from faults.views.terms import TermLinks

PAGE_SIZE = 50
NEIGHBOURS = 2  # on either side of a number that no entry has


@counts_views("fault", "number")
@cached_page(fingerprint=lambda stamps, number: stamps.entries.get(number, ""))
def entry(request, number: int):
    """One entry: what to ask, what to do, who acts, what not to do."""
    fault = Fault.visible_to(request.user).with_everything().filter(number=number).first()
    if fault is None:
        return _to_merge_target(request.user, number) or _no_such_entry(request, number)
    return render(request, "entry.html", entry_context(request, fault))


def entry_context(request, fault: Fault) -> dict:
    """What the entry's page shows to this user."""
    desk_words.fill_entry(fault)
    codes = ReturnCode.visible_to(request.user).filter(faults=fault).in_table_order()
    links = _links(request.user, fault)
    terms = Term.visible_to(request.user).used_in("\n".join(fault.texts()))
    desk_words.fill_rows(terms)
    similar_entries, similar_codes = similar(request.user, fault, [*codes, *(link.other for link in links)])
    return {
        "fault": fault,
        "incidents": incidents.on_entry(fault.number, incidents.in_force()),
        "version": version_read(fault),
        "schema": schema_org.entry(fault),
        "codes": codes,
        "links": links,
        "similar": similar_entries,
        "similar_codes": similar_codes,
        "explained": TermLinks(terms),
        "notes": put_in_place(notes_on(request.user, [fault])[name_of(fault)], fault),
        "note_form": form_for_notes(request.user, fault),
        "short_address": request.build_absolute_uri(f"/{fault.number}"),
    }


def _links(user, fault: Fault) -> list[RelatedFault]:
    """Those that lead to entries which this user may read, in their order.

    Asked for by their ids: for a subquery SQLite would first list every entry that is published.
    """
    others = Fault.visible_to(user).in_bulk([link.other_id for link in fault.links.all()])
    links = [link for link in fault.links.all() if link.other_id in others]
    for link in links:
        link.other = others[link.other_id]
    return links


def _to_merge_target(user, number: int):
    """Leads to the entry that this one was merged into; None if there is none that the user may read."""
    target = Fault.visible_to(user).merge_target_of(number)
    if target is None:
        return None
    response = redirect(target, permanent=True)
    add_never_cache_headers(response)  # it may be published again, and an editor who logs in reads it here
    return response


def _no_such_entry(request, number: int):
    """404 with what was probably meant: the numbers beside it, and the code that is written alike."""
    visible = Fault.visible_to(request.user)
    before, after = visible.filter(number__lt=number).order_by("-number"), visible.filter(number__gt=number).order_by("number")
    context = {
        "sentence": _("没有%(number)s号条目。编号可能听错了，或者它已经下架。") % {"number": number},
        "neighbours": [*reversed(before[:NEIGHBOURS]), *after[:NEIGHBOURS]],
        "codes": ReturnCode.visible_to(request.user).filter(code__in=_as_codes(number)).in_table_order().prefetch_related("response_class"),
    }
    response = render(request, "404.html", context, status=404)
    add_never_cache_headers(response)
    return response


def _as_codes(number: int) -> set[str]:
    """How a code with these figures is written: 5 and 05."""
    return {str(number), f"{number:02}"}


@cached_page(*FaultFilter.base_filters, "page")
def entries(request):
    """All entries, filtered."""
    return _list(request, Fault.visible_to(request.user), _("全部条目"))


@cached_page(*FaultFilter.base_filters, "page")
def procedures(request):
    """What to do in a business situation."""
    return _list(request, Fault.visible_to(request.user).procedures(), _("业务处理"))


@cached_page(*FaultFilter.base_filters, "page")
def notices(request):
    """Standing rules for operators."""
    return _list(request, Fault.visible_to(request.user).notices(), _("操作须知"))


def _list(request, rows, heading: str):
    found = FaultFilter(request.GET, rows.with_list_parts(), request=request)
    return filtered_list(request, "entries.html", found, PAGE_SIZE, heading=heading)
