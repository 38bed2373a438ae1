"""Writes one row of the knowledge files into the database: first the row with its parts, then, when all are there, its links.

A part that was only moved or reworded keeps its database row: what readers say of a cause stays with it.
"""

from datetime import date, timedelta

from django.db.models import Model

from faults.editing.knowledge_files import KEYS
from faults.editing.pairing import pair
from faults.models import KINDS, Actor, Category, Elsewhere, Environment, Fault, ReturnCode, Source, Status, SynonymGroup, Term

REVIEW_EVERY = timedelta(days=180)  # of what comes with the files; what is reviewed here follows editing.review_dates


class References:
    """The rows that others point to, read once. A name that isn't there raises LookupError with a sentence."""

    def __init__(self):
        self._found = {
            "类别": {row.slug: row for row in Category.objects.all()},
            "适用终端": {row.slug: row for row in Environment.objects.all()},
            "谁来处理": {row.slug: row for row in Actor.objects.all()},
            "来源": {row.reference: row for row in Source.objects.all()},
        }
        self.refresh()

    def note(self, item: Model) -> None:
        """Knows a code or an entry from now on that was just written."""
        if isinstance(item, ReturnCode):
            self._found["返回码"][f"{item.scheme}:{item.code}"] = item
        if isinstance(item, Fault):
            self._found["条目"][item.number] = item

    def refresh(self) -> None:
        """Reads codes and entries anew, after some were written."""
        self._found["返回码"] = {f"{row.scheme}:{row.code}": row for row in ReturnCode.everything.all()}
        self._found["条目"] = {row.number: row for row in Fault.everything.all()}

    def one(self, what: str, name):
        """The row of that kind and name."""
        try:
            return self._found[what][name]
        except KeyError:
            raise LookupError(f"没有叫“{name}”的{what}。") from None

    def several(self, what: str, names) -> list:
        """The rows of that kind and those names, in order."""
        return [self.one(what, name) for name in names]


def _save(item) -> None:
    """Saves after Django's own checks of lengths and choices. Raises ValidationError."""
    item.full_clean(validate_unique=False, validate_constraints=False)
    item.save()


def _reviewed(row: dict) -> dict:
    reviewed = date.fromisoformat(row["reviewed"]) if row["reviewed"] else None
    return {"status": row["status"], "reviewed_on": reviewed, "review_due": reviewed + REVIEW_EVERY if reviewed else None}


def _renew(related, wanted: list[dict]) -> list[Model]:
    """Makes these an item's parts, in this order: each a dict of the part's fields. Returns them as saved."""
    old, parts, new, changed = list(related.all()), [], [], []
    pairs = pair([_words(part, wanted) for part in old], [_strings(one) for one in wanted])
    origins = {after: before for before, after in pairs if before is not None and after is not None}
    related.filter(pk__in=[part.pk for i, part in enumerate(old) if i not in origins.values()]).delete()
    for position, values in enumerate(wanted):
        origin = origins.get(position)
        part = related.model(**{related.field.name: related.instance}) if origin is None else old[origin]
        differs = _set(part, values | {"position": position})
        parts.append(part)
        (new if origin is None else changed if differs else []).append(part)
    related.model.objects.bulk_create(new)
    if changed:
        related.model.objects.bulk_update(changed, [*wanted[0], "position"])
    return parts


def _words(part: Model, wanted: list[dict]) -> dict[str, str]:
    return _strings({name: getattr(part, name) for name in (wanted[0] if wanted else ())})


def _strings(values: dict) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}


def _set(part: Model, values: dict) -> bool:
    """Gives the part these values, checked by the model. Returns whether any is another one."""
    differs = any(getattr(part, name, None) != value for name, value in values.items() if part.pk)
    for name, value in values.items():
        setattr(part, name, value)
    part.clean_fields()
    return differs


def _named(model):
    def write(row: dict, references: References, item=None):
        item = item or model.objects.filter(slug=row["slug"]).first() or model(slug=row["slug"])
        item.name, item.position = row["name"], row["position"]
        _save(item)
        return item

    return write


def _source(row: dict, references: References, item: Source | None = None) -> Source:
    item = item or Source.objects.filter(reference=row["reference"]).first() or Source()
    for name, value in row.items():
        setattr(item, name, value)
    _save(item)
    return item


def _code(row: dict, references: References, item: ReturnCode | None = None) -> ReturnCode:
    item = item or named("code", row) or ReturnCode()
    for name in (
        "scheme",
        "code",
        "meaning",
        "detail",
        "generation",
        "old_meaning",
        "new_meaning",
        "retry",
        "keep_card",
        "warning",
        "say",
        "expected",
        "note",
        "confidence",
    ):
        setattr(item, name, row[name])
    item.response_class, item.check_text = row["class"], row["check"]
    item.aliases = "\n".join(row["aliases"])
    item.dont_say, item.steps = "\n".join(row["dont_say"]), "\n".join(row["steps"])
    for name, value in _reviewed(row).items():
        setattr(item, name, value)
    _save(item)
    _renew(item.screen_texts, _texts(row["screen_texts"]))
    _renew(item.myths, row["myths"])
    _renew(item.who_acts, [{"actor": actor} for actor in references.several("谁来处理", row["actors"])])
    item.sources.set(references.several("来源", row["sources"]))
    return item


def _texts(texts: list[str]) -> list[dict]:
    return [{"text": text} for text in texts]


def _fixes(fixes: list[dict], references: References) -> list[dict]:
    return [{**fix, "actor": references.one("谁来处理", fix["actor"]), "steps": "\n".join(fix["steps"])} for fix in fixes]


def _cause(cause: dict) -> dict:
    return {"title": cause["title"], "likelihood": cause["likelihood"], "check_text": cause["check"]}


def _fault(row: dict, references: References, item: Fault | None = None) -> Fault:
    item = item or named("fault", row) or Fault()
    for name in ("number", "kind", "title", "symptom", "warning", "reply", "escalation", "confidence"):
        setattr(item, name, row[name])
    item.category = references.one("类别", row["category"])
    for name, value in _reviewed(row).items():
        setattr(item, name, value)
    _save(item)
    item.environments.set(references.several("适用终端", row["environments"]))
    item.sources.set(references.several("来源", row["sources"]))
    _renew(item.screen_texts, _texts(row["screen_texts"]))
    _renew(item.aliases, _texts(row["aliases"]))
    _renew(item.myths, row["myths"])
    _renew(item.fixes, _fixes(row["fixes"], references))
    causes = _renew(item.causes, [_cause(cause) for cause in row["causes"]])
    for cause, given in zip(causes, row["causes"], strict=True):
        _renew(cause.fixes, _fixes(given["fixes"], references))
    return item


def _term(row: dict, references: References, item: Term | None = None) -> Term:
    item = item or named("term", row) or Term()
    item.name, item.pinyin, item.definition, item.aliases = row["name"], row["pinyin"], row["definition"], "\n".join(row["aliases"])
    for name, value in _reviewed(row).items():
        setattr(item, name, value)
    _save(item)
    item.sources.set(references.several("来源", row["sources"]))
    return item


def _synonym(row: dict, references: References, item: SynonymGroup | None = None) -> SynonymGroup:
    item = item or named("synonym", row) or SynonymGroup(status=Status.PUBLISHED)
    item.name, item.words = row["name"], "\n".join(row["words"])
    item.full_clean()
    item.save()
    return item


def _elsewhere(row: dict, references: References, item: Elsewhere | None = None) -> Elsewhere:
    item = item or named("elsewhere", row) or Elsewhere(status=Status.PUBLISHED)
    item.name, item.words, item.refer_to = row["name"], "\n".join(row["words"]), row["refer_to"]
    item.full_clean()
    item.save()
    return item


WRITERS = {
    "category": _named(Category), "environment": _named(Environment), "actor": _named(Actor), "source": _source,
    "code": _code, "fault": _fault, "term": _term, "synonym": _synonym, "elsewhere": _elsewhere,
}  # fmt: skip


def named(kind: str, row: dict) -> Model | None:
    """The item that the row names."""
    return KINDS[kind].everything.filter(**{name: row[name] for name in KEYS[kind]}).first()


def write(kind: str, row: dict, references: References, item: Model | None = None):
    """Writes the row and its parts over the item, or over the one that the row names, or as a new one. Returns the saved item.

    Raises ValidationError for a value the model refuses, LookupError for a name that isn't there.
    """
    return WRITERS[kind](row, references, item)


def link(kind: str, row: dict, item, references: References) -> None:
    """Writes what points from this item to others of its own sort. Raises LookupError for a name that isn't there."""
    if kind == "code":
        item.confused_with.set(references.several("返回码", row["confused_with"]))
    if kind == "fault":
        item.codes.set(references.several("返回码", row["codes"]))
        links = [{"other": references.one("条目", one["number"]), "difference": one["difference"]} for one in row["related"]]
        _renew(item.links, links)
