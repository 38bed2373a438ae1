"""The sitemap: every page with an address of its own, and when what it shows was last changed."""

from django.contrib import sitemaps
from django.db.models import Max
from django.urls import reverse

from faults.models import Fault, ReturnCode, Term

CHANGED = Max("updated_at")


class Lists(sitemaps.Sitemap):
    """The home page and the lists, each with the last change of what it lists."""

    def items(self) -> list[tuple]:
        listed = {
            "home": Fault.objects,
            "entries": Fault.objects,
            "procedures": Fault.objects.procedures(),
            "notices": Fault.objects.notices(),
            "codes": ReturnCode.objects,
            "terms": Term.objects,
        }
        return [(name, rows.aggregate(changed=CHANGED)["changed"]) for name, rows in listed.items()]

    def location(self, page: tuple) -> str:
        return reverse(page[0])

    def lastmod(self, page: tuple):
        return page[1]


class Entries(sitemaps.Sitemap):
    def items(self):
        return Fault.objects.only("number", "updated_at")

    def lastmod(self, fault: Fault):
        return fault.updated_at


class Codes(sitemaps.Sitemap):
    """One page a code, however many tables use it."""

    def items(self):
        return ReturnCode.objects.order_by("code").values("code").annotate(changed=CHANGED)

    def location(self, row: dict) -> str:
        return reverse("code", args=[row["code"]])

    def lastmod(self, row: dict):
        return row["changed"]


SITEMAPS = {"lists": Lists, "entries": Entries, "codes": Codes}
