"""A row of the knowledge files as the fields of its item and of the item's parts, and whether the models would take them."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model

from faults.editing.knowledge_files import KEYS
from faults.editing.references import References
from faults.models import KINDS

REVIEW_EVERY = timedelta(days=180)  # of what comes with the files; what is reviewed here follows editing.publishing

# Keys of a row that are fields of the item under the same name, and those that have another one.
_SAME = {
    "fault": ("number", "kind", "title", "symptom", "warning", "reply", "escalation", "confidence"),
    "code": (
        *("scheme", "code", "meaning", "detail", "generation", "old_meaning", "new_meaning", "retry", "keep_card"),
        *("warning", "say", "expected", "note", "confidence"),
    ),
    "term": ("name", "pinyin", "definition"),
    "synonym": ("name",),
    "elsewhere": ("name", "refer_to"),
}
_OTHER = {"code": {"class": "response_class", "check": "check_text"}}
_LINES = {"code": ("aliases", "dont_say", "steps"), "term": ("aliases",), "synonym": ("words",), "elsewhere": ("words",)}  # one a line
_TEXTS = ("screen_texts", "aliases")  # lists of texts that are parts of their own


def fill(kind: str, row: dict, references: References, item: Model) -> None:
    """Gives the item the row's values. Raises LookupError for a category that isn't there."""
    for name in _SAME[kind]:
        setattr(item, name, row[name])
    for key, name in _OTHER.get(kind, {}).items():
        setattr(item, name, row[key])
    for name in _LINES.get(kind, ()):
        setattr(item, name, "\n".join(row[name]))
    if kind == "fault":
        item.category = references.one("类别", row["category"])
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


def clean_part(part: Model) -> None:
    """The model's checks of a part's own values; what it points to was looked up before. Raises ValidationError."""
    part.clean_fields(exclude=_pointers(part))


def check(kind: str, row: dict, references: References) -> None:
    """Whether the models would take the row, without a query.

    Raises ValidationError with a sentence for each value they refuse, LookupError for a name that isn't there.
    """
    item, sentences = KINDS[kind](**{name: row[name] for name in KEYS[kind]}), []
    fill(kind, row, references, item)
    sentences += _refused(item, lambda: item.full_clean(exclude=_pointers(item), validate_unique=False, validate_constraints=False))
    sets = list(parts_of(kind, row, references).items())
    sets += [("fixes", fixes_of(cause["fixes"], references)) for cause in row.get("causes", ())]
    for name, parts in sets:
        model = KINDS[kind]._meta.get_field(name).related_model
        made = [model(**values) for values in parts]
        sentences += [sentence for part in made for sentence in _refused(part, lambda part=part: clean_part(part))]
    _check_links(kind, row, references)
    if sentences:
        raise ValidationError(sentences)


def _pointers(item: Model) -> set[str]:
    return {field.name for field in item._meta.fields if isinstance(field, ForeignKey)}


def _refused(item: Model, clean) -> list[str]:
    try:
        clean()
    except ValidationError as error:
        return [f"“{item._meta.get_field(name).verbose_name}”：{''.join(said)}" for name, said in error.message_dict.items()]
    return []


def _check_links(kind: str, row: dict, references: References) -> None:
    references.several("来源", row.get("sources", ()))
    references.several("适用终端", row.get("environments", ()))
    references.several("返回码", [*row.get("codes", ()), *row.get("confused_with", ())])
    if kind == "fault":
        references.several("条目", [one["number"] for one in row["related"]])
