"""Writes one row of the knowledge files into the database: first the row with its parts, then, when all are there, its links.

A part that was only moved or reworded keeps its database row: what readers say of a cause stays with it.
"""

from django.db.models import Model
from django.utils.translation import gettext as _

from faults.editing.knowledge_files import KEYS
from faults.editing.pairing import pair
from faults.editing.references import References
from faults.editing.row_fields import clean_part, fill, fixes_of, links_of, parts_of
from faults.models import KINDS, Actor, Category, CodeTable, Environment, Question, ResponseClass, Retry, Source, Status, Variable


def _save(item) -> None:
    """Saves after Django's own checks of lengths and choices. Raises ValidationError."""
    item.full_clean(validate_unique=False, validate_constraints=False)
    item.save()


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
    clean_part(part)
    return differs


def _named(model):
    def write(row: dict, references: References):
        item = model.objects.filter(slug=row["slug"]).first() or model(slug=row["slug"])
        for name, value in row.items():
            setattr(item, name, "\n".join(value) if isinstance(value, list) else value)
        _save(item)
        return item

    return write


def _source(row: dict, references: References) -> Source:
    item = Source.objects.filter(reference=row["reference"]).first() or Source()
    for name, value in row.items():
        setattr(item, name, value)
    _save(item)
    return item


def _variable(row: dict, references: References) -> Variable:
    item = Variable.objects.filter(name=row["name"]).first() or Variable()
    for name in ("name", "purpose", "value", "position"):
        setattr(item, name, row[name])
    item.words = "\n".join(row["words"])
    _save(item)
    tables = {table.slug: table for table in CodeTable.objects.all()}
    if unknown := next((one["table"] for one in row["values"] if one["table"] not in tables), ""):
        raise LookupError(_("没有叫“%(name)s”的%(what)s。") % {"name": unknown, "what": _("码表")})
    _renew(item.values, [{"table": tables[one["table"]], "value": one["value"]} for one in row["values"]])
    return item


def _question(row: dict, references: References) -> Question:
    item = Question.objects.filter(slug=row["slug"]).first() or Question()
    for name in ("slug", "text", "seconds", "position"):
        setattr(item, name, row[name])
    _save(item)
    _renew(item.answers, row["answers"])
    _renew(item.evidence, [{**one, "fits": "\n".join(one["fits"])} for one in row["evidence"]])
    return item


_LISTS = {
    "category": _named(Category),
    "environment": _named(Environment),
    "actor": _named(Actor),
    "source": _source,
    "code_table": _named(CodeTable),
    "retry": _named(Retry),
    "response_class": _named(ResponseClass),
    "variable": _variable,
    "question": _question,
}


def _knowledge(kind: str, row: dict, references: References, item: Model | None) -> Model:
    # Lists of words have no state in the files: they are there to be used.
    item = item or named(kind, row) or KINDS[kind](**({} if "status" in row else {"status": Status.PUBLISHED}))
    fill(kind, row, references, item)
    _save(item)
    for name, wanted in parts_of(kind, row, references).items():
        parts = _renew(getattr(item, name), wanted)
        if name == "causes":
            for cause, given in zip(parts, row["causes"], strict=True):
                _renew(cause.fixes, fixes_of(given["fixes"], references))
    for name, what in (("environments", "适用终端"), ("sources", "来源")):
        if name in row:
            getattr(item, name).set(references.several(what, row[name]))
    return item


def named(kind: str, row: dict) -> Model | None:
    """The item that the row names."""
    return KINDS[kind].everything.filter(**{name: row[name] for name in KEYS[kind]}).first()


def write(kind: str, row: dict, references: References, item: Model | None = None):
    """Writes the row and its parts over the item, or over the one that the row names, or as a new one. Returns the saved item.

    Raises ValidationError for a value the model refuses, LookupError for a name that isn't there.
    """
    return _LISTS[kind](row, references) if kind in _LISTS else _knowledge(kind, row, references, item)


def link(kind: str, row: dict, item, references: References) -> None:
    """Writes what points from this item to others of its own sort. Raises LookupError for a name that isn't there."""
    if kind == "code":
        item.confused_with.set(references.several("返回码", row["confused_with"]))
    if kind == "fault":
        item.codes.set(references.several("返回码", row["codes"]))
        _renew(item.links, links_of(row, references))
