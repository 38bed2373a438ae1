"""Reading without a network: the worker that keeps pages, the list of what it keeps, and the page it shows for all others."""

from functools import cache
from math import ceil
from pathlib import Path

from django.apps import apps
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from faults import page_fingerprints
from faults.models import Fault, ReturnCode
from faults.traditional_chinese import LANGUAGE as TRADITIONAL
from faults.traditional_chinese import convert
from faults.views import offline_search
from faults.views.cached_page import cached_page
from faults.views.entries import PAGE_SIZE
from posdesk.page_cache.keys import build_id, digest

SHOWN_WITH = {".css", ".js", ".svg"}  # static files that a page needs to be read


@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. At the root, because it may only keep what lies below its own address."""
    return render(request, "sw.js", content_type="text/javascript; charset=utf-8")


@cached_page()
def missing(request: HttpRequest) -> HttpResponse:
    """What is shown without a network for an address that is not kept: what is."""
    return render(request, "offline.html", {"entries": Fault.objects.select_related("category").order_by("category", "number")})


@cached_page()
def addresses(request: HttpRequest) -> HttpResponse:
    """Which pages to keep, in the order of need, each with a stamp that changes with it; what leads to the same page; the banner.

    Only what is published, whoever asks: a copy lies on the machine for whoever sits at it next.
    """
    first, others = _by_code()
    fingerprints = {address: digest(fingerprint, build_id(), get_language()) for address, fingerprint in _pages(others).items()}
    same = {_with_scheme(*row): reverse("code", args=[row[1]]) for row in first}
    return JsonResponse({"pages": dict.fromkeys(_files(), "file") | fingerprints, "same": same, "banner": _banner()})


def _banner() -> dict[str, str]:
    """The words over every copy; the worker puts the time in. What is no page nobody else converts."""
    words = {"copy": _("网络或系统不通。这是 {time} 存下的离线副本，可能已经改过。"), "again": _("再试一次")}
    return {name: convert(text) for name, text in words.items()} if get_language() == TRADITIONAL else words


def _pages(other_tables: list[tuple[str, str]]) -> dict[str, str]:
    """Every address to keep with the stamp of its content. The lists share one."""
    stamps = page_fingerprints.current()
    return {
        reverse("offline_words"): digest(*map(str, offline_search.rows())),
        **dict.fromkeys(_lists(), digest(*stamps.entries.values(), stamps.code_table, stamps.terms, stamps.standing, stamps.incidents)),
        **{reverse("fault", args=[number]): fingerprint for number, fingerprint in stamps.entries.items()},
        **{reverse("code", args=[code]): fingerprint for code, fingerprint in stamps.codes.items()},
        **{_with_scheme(scheme, code): stamps.codes[code] for scheme, code in other_tables},
    }


def _lists() -> list[str]:
    """Home with the red lines, the page for what is missing, the table, and the lists with all their pages."""
    lists = {"procedures": Fault.objects.procedures(), "notices": Fault.objects.notices(), "entries": Fault.objects.all()}
    pages = {name: ceil(rows.count() / PAGE_SIZE) for name, rows in lists.items()}
    following = [f"{reverse(name)}?page={page}" for name, last in pages.items() for page in range(2, last + 1)]
    whole_table = f"{reverse('codes')}?scheme="
    return [*map(reverse, ("home", "offline", "codes")), whole_table, *map(reverse, lists), *following, reverse("terms")]


def _by_code() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Table and code of all rows of all tables: those that come first on their code's page, whose address without a table shows the
    same, and the others."""
    first, others, seen = [], [], set()
    for scheme, code in ReturnCode.objects.in_table_order().values_list("scheme", "code"):
        (others if code in seen else first).append((scheme, code))
        seen.add(code)
    return first, others


def _with_scheme(scheme: str, code: str) -> str:
    return f"{reverse('code', args=[code])}?scheme={scheme}"


@cache
def _files() -> list[str]:
    """The static files of the public pages."""
    folder = Path(apps.get_app_config("faults").path, "static/faults")
    ours = sorted(path.name for path in folder.iterdir() if path.suffix in SHOWN_WITH and path.stem != "admin")
    return [static("django_htmx/htmx-2.min.js"), *(static(f"faults/{name}") for name in ours)]
