"""The work list: what waits for whoever has signed in, as the admin's first page."""

from itertools import chain

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from faults.editing.history import newest_change
from faults.models import KINDS, Action, Change, Flag, Judgment, Revision
from faults.usage.reports import REPORTS, first_day

SHOWN = 20  # of each list
UNANSWERED, WEEK = 5, 7  # searches that found nothing, of so many days
REVIEWED_AGAIN = ("fault", "code", "term")  # words that readers read


def work_list(request, context: dict) -> dict:
    """Adds the lists to the admin's first page, in a fixed number of queries."""
    user = request.user
    reviews = Revision.objects.in_review().select_related("author") if user.has_perm("faults.publish") else Revision.objects.none()
    if not user.has_perm("faults.approve_own"):
        reviews = reviews.exclude(author=user)
    mine = Revision.objects.filter(author=user)
    return context | {
        "title": _("工作台"),
        "seen": newest_change(),
        "reviews": reviews[:SHOWN],
        "returned": mine.returned()[:SHOWN],
        "drafts": mine.drafts().filter(note="")[:SHOWN],
        "submitted": mine.in_review()[:SHOWN],
        "overdue": _overdue(user),
        "flags": Flag.objects.open().select_related("fault", "cause")[:SHOWN] if user.has_perm("faults.view_fault") else [],
        "may_confirm": user.has_perm("faults.publish"),
        "usage": _usage(user),
        "newest": Change.objects.exclude(action=Action.LOADED).order_by("-pk")[:SHOWN] if user.has_perm("faults.view_change") else [],
    }


def _overdue(user) -> list:
    """What should have been looked at again, the longest ago first."""
    if not user.has_perm("faults.view_fault"):
        return []
    rows = chain.from_iterable(KINDS[kind].everything.overdue().order_by("review_due")[:SHOWN] for kind in REVIEWED_AGAIN)
    return sorted(rows, key=lambda item: item.review_due)[:SHOWN]


def _usage(user) -> dict:
    """What searches say is missing: what is no longer found, and what was asked most and found nothing."""
    if not user.has_perm("faults.view_search"):
        return {}
    return {"broken": Judgment.objects.broken().count(), "nothing": REPORTS["nothing"].rows(first_day(WEEK), UNANSWERED), "days": WEEK}


@require_POST
def close_flag(request, pk: int):
    """Marks a reader's word as dealt with, and goes back to the list where it stood."""
    if not request.user.has_perm("faults.change_flag"):
        raise PermissionDenied
    flag = get_object_or_404(Flag.objects.open(), pk=pk)
    flag.closed_at = timezone.now()
    flag.save(update_fields=["closed_at"])
    is_of_usage = request.POST.get("next") == "usage"
    return HttpResponseRedirect(reverse("usage_list", args=["flagged"]) if is_of_usage else reverse("admin:index"))
