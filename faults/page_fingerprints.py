"""Stamps: one word for all that a page shows, so that whoever keeps pages fetches only those that have changed."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from django.db.models import Model, QuerySet
from django.utils import timezone

from faults import incidents
from faults.editing.history import versions_read
from faults.models import ContentVersion, DeskRules, Fault, Incident, Note, ReturnCode, Standing, Term, Variable
from faults.search.documents import name_of
from faults.text.entry_references import named_in
from posdesk.page_cache.keys import digest

ENTRY_PARTS = (
    "category",
    "environments",
    "screen_texts",
    "aliases",
    "causes",
    "causes__fixes",
    "causes__fixes__actor",
    "fixes",
    "fixes__actor",
    "myths",
    "sources",
)
CODE_PARTS = ("scheme", "retry", "response_class", "screen_texts", "who_acts", "who_acts__actor", "myths", "sources")
ENTRY_HEAD = ("number", "title", "warning", "confidence")  # how another page shows an entry
CODE_HEAD = ("scheme__name", "scheme__is_own", "code", "meaning", "warning", "response_class__name")


@dataclass(frozen=True)
class Fingerprints:
    """The stamps of every published entry by its number, of every code, of the table of codes, of all terms, of use, and of incidents.

    The desk's own words are in all of them but the last two. Incidents are in those of the pages that show them.
    """

    entries: dict[int, str]
    codes: dict[str, str]
    code_table: str
    terms: str
    standing: str
    incidents: str

    @classmethod
    def made(cls) -> "Fingerprints":
        """From the content as it is now, in a fixed number of queries."""
        words = desk_fingerprint()
        terms, standing, codes = digest(term_fingerprint(), words), standing_fingerprint(), code_fingerprints(words)
        told, table = incidents.in_force(), digest(*codes.items())
        entries = entry_fingerprints(terms, standing)
        if told:
            entries = {number: _with(told, incidents.on_entry, number, stamp) for number, stamp in entries.items()}
            codes = {code: _with(told, incidents.on_code, code, stamp) for code, stamp in codes.items()}
        return cls(entries, codes, table, terms, standing, digest(*map(_said_of, told)))


_kept: tuple[tuple, Fingerprints] | None = None
_making = Lock()


def of_version(version: str) -> Fingerprints | None:
    """The stamps under that version of the content, made once a process, day and set of incidents in force. None if it is
    another one by now."""
    global _kept  # noqa: PLW0603 (one a process is the point)
    key = version, timezone.localdate(), incidents.ids_in_force(version)  # overnight a review becomes overdue
    with _making:
        if _kept is None or _kept[0] != key:
            made = Fingerprints.made()
            if ContentVersion.current() != version:
                return None
            _kept = key, made
        return _kept[1]


def current() -> Fingerprints:
    """The stamps of the content as it is."""
    return of_version(ContentVersion.current()) or Fingerprints.made()


def _with(told: list[Incident], shown: Callable, key: int | str, stamp: str) -> str:
    """The stamp of a page with the incidents that it shows; as it was if it shows none, so that other pages stay kept."""
    said = [_said_of(one) for one in shown(key, told)]
    return digest(stamp, *said) if said else stamp


def _said_of(incident: Incident) -> str:
    return repr((incident.pk, incident.text, incident.ends_at))


def entry_fingerprints(terms: str, standing: str) -> dict[int, str]:
    """The stamp of every published entry by its number, in a fixed number of queries. With the stamps of all terms and of use.

    Which entries and codes there are and what they are called is in all of them: an entry's page names others that are like it.
    """
    entries = Fault.objects.order_by("number")
    numbered = entries.only("pk", "number")
    version = versions_read(numbered)
    linked, coded = entries.filter(links__other__in=Fault.objects.all()), entries.filter(codes__in=ReturnCode.objects.all())
    rows = [
        *_rows(entries, "number", ENTRY_PARTS),
        *entries.values_list("number", *_names("owner")),
        *entries.values_list("number", *_names("reviewed_by")),
        *entries.values_list("number", "causes__position", "causes__standing__solved"),
        *entries.overdue().values_list("number"),
        *((fault.number, version[fault.pk]) for fault in numbered if fault.pk in version),
        *linked.values_list("number", "links__position", "links__difference", "links__other__number"),
        *coded.values_list("number", *(f"codes__{name}" for name in CODE_HEAD)),
        *_note_rows({name_of(fault): fault.number for fault in numbered}),
    ]
    codes = ReturnCode.objects.order_by("pk").values_list(*CODE_HEAD)
    around = digest(*map(str, entries.values_list(*ENTRY_HEAD)), *map(str, codes), terms, standing)
    return {number: digest(fingerprint, around) for number, fingerprint in _fingerprints(rows).items()}


def code_fingerprints(words: str) -> dict[str, str]:
    """The stamp of every published code with what each table says of it, in a fixed number of queries. `words`: the desk's stamp."""
    codes = ReturnCode.objects.order_by("code")
    fitting, confused = codes.filter(faults__in=Fault.objects.all()), codes.filter(confused_with__in=ReturnCode.objects.all())
    rows = [
        *_rows(codes, "code", CODE_PARTS),
        *fitting.values_list("code", *(f"faults__{name}" for name in ENTRY_HEAD)),
        *codes.values_list("code", *_names("reviewed_by")),
        *codes.overdue().values_list("code"),
        *confused.values_list("code", *(f"confused_with__{name}" for name in CODE_HEAD)),
        *_note_rows({name_of(row): row.code for row in codes.only("scheme", "code")}),
    ]
    rows += _named_entries(rows)
    return {code: digest(fingerprint, words) for code, fingerprint in _fingerprints(rows).items()}


def _named_entries(rows: list[tuple]) -> list[tuple]:
    """Behind the key of each page, the published entries that its texts name: they are links as long as they lead somewhere."""
    numbers = frozenset(Fault.objects.values_list("number", flat=True))
    texts = ((key, value) for key, *values in rows for value in values if isinstance(value, str))
    return [(key, number) for key, text in texts for number in named_in(text, numbers)]


def _names(who: str) -> list[str]:
    """What a person is called on a page."""
    return [f"{who}__{name}" for name in ("username", "first_name", "last_name")]


def standing_fingerprint() -> str:
    """The stamp of what use has shown: it orders what is like an entry, and what is frequent on the home page."""
    return digest(*map(str, Standing.objects.order_by("fault").values_list("fault", "lift", "place")))


def term_fingerprint() -> str:
    """The stamp of all published terms: they are explained wherever they are used; with the notes on them."""
    notes = Note.objects.filter(about__startswith="term:").order_by("pk").values_list(*_fields(Note), *_names("owner"))
    return digest(*map(str, Term.objects.order_by("pk").values_list()), *map(str, notes))


def _note_rows(pages: dict[str, int | str]) -> list[tuple]:
    """The notes that readers see, each behind the key of its page; one query. `pages`: keys by the names of what notes can be on."""
    notes = Note.objects.values_list("about", *_fields(Note), *_names("owner"))
    return [(pages[about], *said) for about, *said in notes if about in pages]


def desk_fingerprint() -> str:
    """The stamp of the desk's own words: variables with their values, and whose desk it is. They may stand on any page."""
    values = Variable.objects.order_by("pk", "values__pk").values_list("name", "value", "values__table", "values__value")
    return digest(DeskRules.current().operator, *map(str, values))


def code_row_fingerprint(row: ReturnCode) -> str:
    """The stamp of all that the code table shows of a row, from what was prefetched."""
    fields = [getattr(row, name) for name in _fields(ReturnCode)]
    lists = (row.scheme.name, row.scheme.is_own, row.retry.name, row.response_class and row.response_class.name)
    screens, actors = (screen.text for screen in row.screen_texts.all()), (f"→{actor.name}" for actor in row.acting)
    return digest(*map(str, (*fields, *lists)), *screens, *actors)


def _rows(owners: QuerySet, key: str, parts: tuple[str, ...]):
    """Everything that stands in the owners' own rows and in those of their parts, each behind the key of its page."""
    yield from owners.values_list(key, *_fields(owners.model))
    for part in parts:
        yield from owners.values_list(key, *(f"{part}__{name}" for name in _fields(_model(owners.model, part))))


def _model(model: type[Model], path: str) -> type[Model]:
    """The model at the end of a path of relations."""
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model


def _fields(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _fingerprints(rows: list[tuple]) -> dict:
    """The stamp of each page, from rows in any order that begin with the page's key."""
    shown = defaultdict(list)
    for key, *values in rows:
        shown[key].append(repr(values))
    return {key: digest(*sorted(pieces)) for key, pieces in shown.items()}
