"""What every list page does: filter, page, and say so when the address makes no sense."""

from django.core.paginator import EmptyPage, InvalidPage, PageNotAnInteger, Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from faults import desk_words


def page_of(request, rows, size: int):
    """The page the address asks for. Raises Http404 for one that doesn't exist."""
    try:
        return Paginator(rows, size).page(request.GET.get("page") or 1)
    except (PageNotAnInteger, EmptyPage, InvalidPage) as error:
        raise Http404(_("没有这一页。")) from error


def query_without(request, name: str = "page") -> str:
    """The address's query without one name, to be put before `name=`."""
    kept = request.GET.copy()
    kept.pop(name, None)
    return f"{kept.urlencode()}&" if kept else ""


def filtered_list(request, template: str, filter_set, size: int, **context):
    """One page of a filtered list. Filters that make no sense: status 400, the sentence that says so, and the whole list."""
    makes_sense = filter_set.is_valid()
    rows = filter_set.qs if makes_sense else filter_set.queryset
    page = page_of(request, rows, size)
    desk_words.fill_rows(page.object_list)
    context |= {
        "filter": filter_set,
        "facets": filter_set.facets(),
        "makes_sense": makes_sense,
        "page": page,
        "query_without": query_without(request),
    }
    return render(request, template, context, status=200 if makes_sense else 400)
