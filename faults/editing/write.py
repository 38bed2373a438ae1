"""Writes one row of the knowledge files into the database: first the row with its parts, then, when all are there, its links."""

from datetime import date, timedelta

from faults.models import (
    Actor,
    Alias,
    Category,
    Cause,
    CodeActor,
    Elsewhere,
    Environment,
    Fault,
    Fix,
    Myth,
    RelatedFault,
    ReturnCode,
    ScreenText,
    Source,
    SynonymGroup,
    Term,
)  # fmt: skip

REVIEW_EVERY = timedelta(days=180)


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


def _renew(related, items: list) -> None:
    """Replaces an item's parts by these, in this order."""
    related.all().delete()
    for position, item in enumerate(items):
        item.position = position
        item.clean_fields()
    related.model.objects.bulk_create(items)


def _named(model):
    def write(row: dict, references: References):
        item = model.objects.filter(slug=row["slug"]).first() or model(slug=row["slug"])
        item.name, item.position = row["name"], row["position"]
        _save(item)
        return item

    return write


def _source(row: dict, references: References) -> Source:
    item = Source.objects.filter(reference=row["reference"]).first() or Source()
    for name, value in row.items():
        setattr(item, name, value)
    _save(item)
    return item


def _code(row: dict, references: References) -> ReturnCode:
    item = ReturnCode.everything.filter(scheme=row["scheme"], code=row["code"]).first() or ReturnCode()
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
    _renew(item.screen_texts, [ScreenText(code=item, text=text) for text in row["screen_texts"]])
    _renew(item.myths, [Myth(code=item, **myth) for myth in row["myths"]])
    _renew(item.who_acts, [CodeActor(code=item, actor=actor) for actor in references.several("谁来处理", row["actors"])])
    item.sources.set(references.several("来源", row["sources"]))
    return item


def _fix(fix: dict, references: References, **owner) -> Fix:
    steps = "\n".join(fix["steps"])
    return Fix(
        actor=references.one("谁来处理", fix["actor"]),
        steps=steps,
        expected=fix["expected"],
        otherwise=fix["otherwise"],
        note=fix["note"],
        **owner,
    )


def _fault(row: dict, references: References) -> Fault:
    item = Fault.everything.filter(number=row["number"]).first() or Fault()
    for name in ("number", "kind", "title", "symptom", "warning", "reply", "escalation", "confidence"):
        setattr(item, name, row[name])
    item.category = references.one("类别", row["category"])
    for name, value in _reviewed(row).items():
        setattr(item, name, value)
    _save(item)
    item.environments.set(references.several("适用终端", row["environments"]))
    item.sources.set(references.several("来源", row["sources"]))
    _renew(item.screen_texts, [ScreenText(fault=item, text=text) for text in row["screen_texts"]])
    _renew(item.aliases, [Alias(fault=item, text=text) for text in row["aliases"]])
    _renew(item.myths, [Myth(fault=item, **myth) for myth in row["myths"]])
    _renew(item.fixes, [_fix(fix, references, fault=item) for fix in row["fixes"]])
    _renew(
        item.causes,
        [Cause(fault=item, title=cause["title"], likelihood=cause["likelihood"], check_text=cause["check"]) for cause in row["causes"]],
    )
    for cause, given in zip(item.causes.all(), row["causes"], strict=True):
        _renew(cause.fixes, [_fix(fix, references, cause=cause) for fix in given["fixes"]])
    return item


def _term(row: dict, references: References) -> Term:
    item = Term.everything.filter(name=row["name"]).first() or Term()
    item.name, item.pinyin, item.definition, item.aliases = row["name"], row["pinyin"], row["definition"], "\n".join(row["aliases"])
    for name, value in _reviewed(row).items():
        setattr(item, name, value)
    _save(item)
    item.sources.set(references.several("来源", row["sources"]))
    return item


def _synonym(row: dict, references: References) -> SynonymGroup:
    item = SynonymGroup.objects.filter(name=row["name"]).first() or SynonymGroup()
    item.name, item.words = row["name"], "\n".join(row["words"])
    item.full_clean()
    item.save()
    return item


def _elsewhere(row: dict, references: References) -> Elsewhere:
    item = Elsewhere.objects.filter(name=row["name"]).first() or Elsewhere()
    item.name, item.words, item.refer_to = row["name"], "\n".join(row["words"]), row["refer_to"]
    item.full_clean()
    item.save()
    return item


WRITERS = {
    "category": _named(Category), "environment": _named(Environment), "actor": _named(Actor), "source": _source,
    "code": _code, "fault": _fault, "term": _term, "synonym": _synonym, "elsewhere": _elsewhere,
}  # fmt: skip


def write(kind: str, row: dict, references: References):
    """Writes the row and its parts, new or over the old. Returns the saved item.

    Raises ValidationError for a value the model refuses, LookupError for a name that isn't there.
    """
    return WRITERS[kind](row, references)


def link(kind: str, row: dict, item, references: References) -> None:
    """Writes what points from this item to others of its own sort. Raises LookupError for a name that isn't there."""
    if kind == "code":
        item.confused_with.set(references.several("返回码", row["confused_with"]))
    if kind == "fault":
        item.codes.set(references.several("返回码", row["codes"]))
        links = [
            RelatedFault(fault=item, other=references.one("条目", one["number"]), difference=one["difference"]) for one in row["related"]
        ]
        _renew(item.links, links)
