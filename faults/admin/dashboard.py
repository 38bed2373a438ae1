"""The work list: what waits for whoever has signed in, as the admin's first page, and each of its lists as a page."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from faults.admin.work_lists import WORK_LISTS
from faults.editing.history import newest_change
from faults.editing.scheduling import take_due
from faults.models import Flag, Judgment
from faults.usage.report_rows import days_since
from faults.usage.reports import REPORTS, first_day

SHOWN, PAGE_SIZE = 10, 50  # of each list: on the first page, and on its own
UNANSWERED, WEEK = 5, 7  # searches that got no answer, of so many days


def work_list(request, context: dict) -> dict:
    """Adds the lists to the admin's first page, in a fixed number of queries; first does what was set for a time that has come."""
    take_due()
    user = request.user
    boxes = {name: _first_of(name, user) for name, one in WORK_LISTS.items() if one.is_for(user)}
    newest = boxes.pop("newest", None)
    return context | {
        "title": _("工作台"),
        "seen": newest_change(),
        "boxes": boxes.values(),
        "newest": newest,
        "may_confirm": user.has_perm("faults.publish"),
        "usage": _usage(user),
    }


def _first_of(name: str, user) -> dict:
    """The list's first rows, and how many there are in all."""
    page = Paginator(WORK_LISTS[name].make(user), SHOWN).get_page(1)
    return {"name": name, "list": WORK_LISTS[name], "rows": list(page), "count": page.paginator.count}


def work_list_page(request, listed: str):
    """One of the lists, all of it."""
    if (one := WORK_LISTS.get(listed)) is None:
        raise Http404
    if not one.is_for(request.user):
        raise PermissionDenied
    page = Paginator(one.make(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"title": one.title, "list": one, "page": page, "may_confirm": request.user.has_perm("faults.publish")}
    context["seen"] = newest_change()
    return TemplateResponse(request, "admin/work_lists/list.html", admin.site.each_context(request) | context)


def _usage(user) -> dict:
    """What searches say is missing: what is no longer found, and what was asked most and got no answer; and how much was asked at all."""
    if not user.has_perm("faults.view_search"):
        return {}
    first = first_day(WEEK)
    days = days_since(first)
    return {
        "broken": Judgment.objects.broken().count(),
        "rows": [*REPORTS["nothing"].rows(first, UNANSWERED), *REPORTS["near"].rows(first, UNANSWERED)][:UNANSWERED],
        "searches": sum(day.searches for day in days),
        "missed": sum(day.nothing + day.near for day in days),
        "list": "nothing" if any(day.nothing for day in days) else "near",
        "days": WEEK,
    }


@require_POST
def close_flag(request, pk: int):
    """Marks a reader's word as dealt with, and goes back to the list where it stood."""
    if not request.user.has_perm("faults.change_flag"):
        raise PermissionDenied
    flag = get_object_or_404(Flag.objects.open(), pk=pk)
    flag.closed_at = timezone.now()
    flag.save(update_fields=["closed_at"])
    pages = {"usage": reverse("usage_list", args=["flagged"]), "flags": reverse("work_list", args=["flags"])}
    return HttpResponseRedirect(pages.get(request.POST.get("next"), reverse("admin:index")))
