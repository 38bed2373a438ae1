"""Every address of the site, as Django's resolver knows it, and one example of each that is there in the database."""

from collections.abc import Iterator
from typing import NamedTuple

from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, get_resolver

from faults.editing.history import record
from faults.models import WITH_HISTORY, Action, Change, Fault
from tests.incidents import incident
from tests.notes import noted
from tests.usage.rows import flagged, judged

# The families whose addresses are the same but for the model: a row of the table is for all of a family.
FAMILIES = {
    "item": ("fault", "returncode", "term", "synonymgroup", "wording", "elsewhere", "note"),
    "list": ("category", "environment", "actor", "source", "codetable", "retry", "responseclass", "variable", "question"),
}
FAMILY_OF = {model: f"<{family}>" for family, models in FAMILIES.items() for model in models}


class Address(NamedTuple):
    """A pattern: its name (its route if it has none), the route, and the names of what it takes."""

    name: str
    route: str

    @property
    def family_row(self) -> str:
        """The row of the table for all of its family: the name with the family in place of the model."""
        for model, family in FAMILY_OF.items():
            for before, after in (("faults_", "_"), ("faults/", "/")):
                if f"{before}{model}{after}" in self.name:
                    return self.name.replace(f"{before}{model}{after}", f"{before}{family}{after}")
        return self.name

    @property
    def model(self) -> str:
        """The label of the model whose admin it belongs to; empty for other pages."""
        parts = self.route.split("/")
        return ".".join(parts[1:3]) if parts[0] == "admin" and parts[1] in ("faults", "auth") and len(parts) > 3 else ""


def addresses() -> list[Address]:
    """All of them."""
    return list(_walk(get_resolver().url_patterns, "", ()))


def _walk(patterns, route: str, spaces: tuple[str, ...]) -> Iterator[Address]:
    for one in patterns:
        here = route + str(one.pattern)
        if isinstance(one, URLPattern):
            yield Address(":".join((*spaces, one.name)) if one.name else here, here)
        else:
            yield from _walk(one.url_patterns, here, (*spaces, one.namespace) if one.namespace else spaces)


# What stands in the place of each argument, unless the page is an item's.
GIVEN = {
    "<number:number>": "40",
    "<code:code>": "97",
    "<slug:form>": "csv",
    "<slug:name>": "nothing",
    "<slug:listed>": "flags",
    "<slug:step>": "submit",
    "<slug:decision>": "archive",
    "^(?P<app_label>faults|auth)/$": "faults/",
    "(?P<url>.*)$": "no/such/page",
}


# What an address makes no sense without, by the end of its name.
QUERIES = {
    "compare": "?from=<int:change>",
    "admin:autocomplete": "?app_label=faults&model_name=fault&field_name=codes",
    "choices": "?app_label=faults&model_name=fault&field_name=codes",
    "assign": "?ids=1,2",
}


class Examples:
    """Rows for the addresses to be about. Made once; what a request does to them is undone."""

    def __init__(self, upload: int):
        """`upload`: the id of somebody's uploaded table."""
        judged("不出票", 40)
        noted("本台先打这个电话。", "fault:40", audience="sayable")
        record(incident("银联网络断了，正在抢修。", codes="91"), Action.CREATED, None)
        User.objects.create_user("某人", password="a long enough phrase")
        for model in FAMILIES["list"]:
            record(self.row_of(f"faults.{model}"), Action.CHANGED, None)
        self.flag, self.upload, self.entry = flagged(40), upload, Fault.objects.get(number=40)
        self._urls: dict[Address, str] = {}

    def url(self, address: Address, given: dict[str, str] | None = None) -> str:
        """The address with its arguments filled in, and with the query that it makes no sense without."""
        if given:
            return self._filled(address, given)
        if address not in self._urls:
            self._urls[address] = self._filled(address, GIVEN)
        return self._urls[address]

    def _filled(self, address: Address, given: dict[str, str]) -> str:
        url = "/" + address.route.replace("admin/^", "admin/") + QUERIES.get(address.name.rpartition("_")[2], "")
        for pattern, value in (GIVEN | self._own(address) | given).items():
            url = url.replace(pattern.lstrip("^"), value)
        return url

    def _own(self, address: Address) -> dict[str, str]:
        row = self.row_of(address.model) if address.model else self.entry
        item = str(row.pk) if address.model else ""
        return {
            "<int:change>": str(self._change(row)),
            "<path:content_type_id>": str(ContentType.objects.get_for_model(Fault).pk),
            "<path:object_id>": item or str(self.entry.pk),
            "<id>": item,
            "<row:pk>": str(self.entry.causes.first().pk),
            "<int:pk>": item or str(self.flag.pk if "flags" in address.route else self.upload),
        }

    @staticmethod
    def row_of(label: str):
        """One row of the model, the newest."""
        model = apps.get_model(label)
        return getattr(model, "everything", model.objects).order_by("pk").last()

    @staticmethod
    def _change(row) -> int:
        """The last change of the row; 1 of what has no history."""
        found = Change.objects.of(row).first() if type(row) in WITH_HISTORY.values() else None
        return found.pk if found else 1
