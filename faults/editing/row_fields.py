"""A row of the knowledge files as the fields of its item and of the item's parts, and whether the models would take them."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model

from faults import desk_words
from faults.editing.constraints import broken_checks, said_twice
from faults.editing.knowledge_files import KEYS
from faults.editing.references import References, not_there
from faults.models import KINDS

REVIEW_EVERY = timedelta(days=180)  # of what comes with the files; what is reviewed here follows editing.publishing

# Keys of a row that are fields of the item under the same name, and those that have another one.
_SAME = {
    "fault": ("number", "kind", "title", "symptom", "warning", "reply", "escalation", "confidence"),
    "code": (
        *("code", "meaning", "detail", "generation", "old_meaning", "new_meaning", "keep_card"),
        *("warning", "say", "expected", "note", "confidence"),
    ),
    "term": ("name", "pinyin", "definition"),
    "synonym": ("name", "are_brands"),
    "wording": ("name",),
    "elsewhere": ("name", "refer_to"),
    "note": ("number", "about", "cause", "step", "audience", "text"),
}
_OTHER = {"code": {"check": "check_text"}}
_LINES = {  # one a line
    "code": ("aliases", "dont_say", "steps"),
    "term": ("aliases",),
    **dict.fromkeys(("synonym", "wording", "elsewhere"), ("words",)),
}
_TEXTS = ("screen_texts", "aliases")  # lists of texts that are parts of their own


def fill(kind: str, row: dict, references: References, item: Model) -> None:
    """Gives the item the row's values. Raises LookupError for a category, table, class or kind of retry that isn't there."""
    for name in _SAME[kind]:
        setattr(item, name, row[name])
    for key, name in _OTHER.get(kind, {}).items():
        setattr(item, name, row[key])
    for name in _LINES.get(kind, ()):
        setattr(item, name, "\n".join(row[name]))
    if kind == "fault":
        item.category = references.one("类别", row["category"])
    if kind == "code":
        item.scheme, item.retry = references.one("码表", row["scheme"]), references.one("重试", row["retry"])
        item.response_class = references.one("分类", row["class"]) if row["class"] else None
    if "reviewed" in row:
        _fill_review(row, item)


def _fill_review(row: dict, item: Model) -> None:
    reviewed = date.fromisoformat(row["reviewed"]) if row["reviewed"] else None
    item.status, item.reviewed_on, item.review_due = row["status"], reviewed, reviewed + REVIEW_EVERY if reviewed else None


def parts_of(kind: str, row: dict, references: References) -> dict[str, list[dict]]:
    """The fields of the item's parts, by the name of the relation. Raises LookupError for an actor that isn't there."""
    if kind not in ("fault", "code"):
        return {}
    parts = {name: [{"text": text} for text in row[name]] for name in _TEXTS if name not in _LINES.get(kind, ())}
    parts["myths"] = row["myths"]
    if kind == "code":
        return parts | {"who_acts": [{"actor": actor} for actor in references.several("谁来处理", row["actors"])]}
    causes = [{"title": cause["title"], "likelihood": cause["likelihood"], "check_text": cause["check"]} for cause in row["causes"]]
    return parts | {"fixes": fixes_of(row["fixes"], references), "causes": causes}


def fixes_of(fixes: list[dict], references: References) -> list[dict]:
    """The fields of fixes. Raises LookupError for an actor that isn't there."""
    return [{**fix, "actor": references.one("谁来处理", fix["actor"]), "steps": "\n".join(fix["steps"])} for fix in fixes]


def links_of(row: dict, references: References) -> list[dict]:
    """The fields of an entry's links to others. Raises LookupError for an entry that isn't there."""
    return [{"other": references.one("条目", one["number"]), "difference": one["difference"]} for one in row["related"]]


def clean_part(part: Model) -> None:
    """The model's checks of a part's own values; what it points to was looked up before. Raises ValidationError."""
    part.clean_fields(exclude=_pointers(part))


def check(kind: str, row: dict, references: References) -> None:
    """Whether the models and their constraints would take the row, without a query.

    Raises ValidationError with a sentence for each value they refuse and each name that isn't there, LookupError if it is only names.
    """
    item = KINDS[kind](**{name: row[name] for name in KEYS[kind] if name != "scheme"})
    missing = not_there(fill, kind, row, references, item)
    sets, fixes = {}, []
    try:
        sets, fixes = _sets_of(kind, row, references, item)
    except LookupError as error:
        missing.append(str(error))
    missing += not_there(check_links, kind, row, references)
    sentences = _refused(item, lambda: item.full_clean(exclude=_pointers(item), validate_unique=False, validate_constraints=False))
    sentences += [sentence for parts in (*sets.values(), *fixes) for sentence in _refused_parts(parts)]
    sentences += [sentence for name, parts in sets.items() for sentence in said_twice(parts, item._meta.get_field(name).field.name)]
    sentences += [sentence for part in (item, *_all(sets.values()), *_all(fixes)) for sentence in _misspelled(part, references)]
    if sentences:
        raise ValidationError(missing + sentences)
    if missing:
        raise LookupError("".join(dict.fromkeys(missing)))


def _sets_of(kind: str, row: dict, references: References, item: Model) -> tuple[dict[str, list[Model]], list[list[Model]]]:
    """The item's parts by the name of the relation, unsaved, and the fixes of each cause. Raises LookupError."""
    sets = {name: _made(item, name, parts) for name, parts in parts_of(kind, row, references).items()}
    if kind == "fault":
        sets["links"] = _made(item, "links", links_of(row, references))
    pairs = zip(sets.get("causes", ()), row.get("causes", ()), strict=True)
    return sets, [_made(cause, "fixes", fixes_of(given["fixes"], references)) for cause, given in pairs]


def check_links(kind: str, row: dict, references: References) -> None:
    """Whether all is there that the row points to. Raises LookupError that names each that isn't."""
    named = {
        "来源": row.get("sources", ()),
        "适用终端": row.get("environments", ()),
        "返回码": [*row.get("codes", ()), *row.get("confused_with", ())],
        "条目": [one["number"] for one in row.get("related", ())],
    }
    owner = {"wording": "name", "note": "about"}.get(kind)
    said = not_there(references.named, row[owner]) if owner else []
    if said := said + [sentence for what, names in named.items() for sentence in not_there(references.several, what, names)]:
        raise LookupError("".join(said))


def _made(owner: Model, name: str, parts: list[dict]) -> list[Model]:
    """The owner's parts of that relation, unsaved."""
    relation = owner._meta.get_field(name)
    return [relation.related_model(**{relation.field.name: owner}, **values) for values in parts]


def _all(sets: Iterable[list[Model]]) -> Iterable[Model]:
    return (part for parts in sets for part in parts)


def _misspelled(part: Model, references: References) -> list[str]:
    """What is wrong with placeholders in the part's texts."""
    model = type(part)
    return [
        f"“{model._meta.get_field(name).verbose_name}”：{sentence}"
        for name in desk_words.FILLED.get(model, ())
        for sentence in desk_words.mistakes(model, name, getattr(part, name), references.variables)
    ]


def _pointers(item: Model) -> set[str]:
    return {field.name for field in item._meta.fields if isinstance(field, ForeignKey)}


def _refused_parts(parts: list[Model]) -> list[str]:
    return [sentence for part in parts for sentence in _refused(part, lambda part=part: clean_part(part))]


def _refused(item: Model, clean) -> list[str]:
    """What the model's own checks say, or else its constraints."""
    try:
        clean()
    except ValidationError as error:
        return [f"“{item._meta.get_field(name).verbose_name}”：{''.join(said)}" for name, said in error.message_dict.items()]
    return broken_checks(item)
