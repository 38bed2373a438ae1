"""The home page: search first, then ways in without typing, and the red lines."""

from django.db.models import Count, Q
from django.shortcuts import render
from django.urls import reverse

from faults import desk_words, incidents
from faults.models import Category, Environment, Fault, ReturnCode, Status
from faults.views import schema_org
from faults.views.cached_page import cached_page

# What counters meet most; an order for the eye, not a statistic.
USUAL_CODES = ["97", "03", "51", "55", "61", "75", "91", "96", "68", "99", "A0", "05"]
EXAMPLES = ["无拨号音", "返回码97", "不出票", "一直处理中", "MAC错"]
ROWS = 8
TRIAGE = 104  # the entry that tells one machine from the whole shop: the first thing to find out when nothing else is known


@cached_page()
def home(request):
    """The home page."""
    entries = Fault.visible_to(request.user)
    triage = entries.filter(number=TRIAGE).prefetch_related("causes__standing").first()
    desk_words.fill_rows(triage.causes.all() if triage else [])
    return render(
        request,
        "home.html",
        {
            "schema": schema_org.website(request.build_absolute_uri("/"), request.build_absolute_uri(reverse("results"))),
            "incidents": incidents.in_force(),
            "examples": EXAMPLES,
            "triage": triage,
            "frequent": entries.filter(standing__place__gt=0).order_by("standing__place"),
            "total": entries.count(),
            "categories": _counted(Category),
            "environments": _counted(Environment),
            "codes": _usual_codes(request.user),
            "procedures": entries.procedures()[:ROWS],
            "procedure_count": entries.procedures().count(),
            "notices": entries.notices()[:ROWS],
        },
    )


def _counted(model):
    published = Count("faults", filter=Q(faults__status=Status.PUBLISHED))
    return model.objects.annotate(entries=published).filter(entries__gt=0)


def _usual_codes(user) -> list[ReturnCode]:
    """Of the desk's own table: those that are asked for most, or its first ones where it has other codes."""
    own = ReturnCode.visible_to(user).filter(scheme__is_own=True).prefetch_related("response_class")
    usual = sorted(own.filter(code__in=USUAL_CODES), key=lambda row: USUAL_CODES.index(row.code))
    return usual or list(own[:ROWS])
