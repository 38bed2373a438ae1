"""A row of the database as the knowledge files would write it: the inverse of editing.write, and what history compares."""

from django.db.models import Model
from django.utils import timezone

from faults.models import (
    CodeTable,
    Elsewhere,
    Fault,
    Incident,
    Note,
    Publication,
    Question,
    ResponseClass,
    Retry,
    ReturnCode,
    Source,
    SynonymGroup,
    Term,
    Variable,
    Wording,
    kind_of,
)
from faults.models.lists import Actor, Category, Environment
from faults.text.lines import lines


def _named(item) -> dict:
    return {"slug": item.slug, "name": item.name, "position": item.position}


def _actor(item: Actor) -> dict:
    return {**_named(item), "minutes": item.minutes}


def _source(item: Source) -> dict:
    return {name: getattr(item, name) for name in ("reference", "title", "link", "file_name", "dated", "page", "verdict", "reason")}


def _code_table(item: CodeTable) -> dict:
    same = {name: getattr(item, name) for name in ("full_name", "kind", "letter", "is_own")}
    return {**_named(item), **same, "words": item.word_list, "red_lines": item.red_line_codes}


def _retry(item: Retry) -> dict:
    return {**_named(item), "allows_again": item.allows_again}


def _variable(item: Variable) -> dict:
    same = {name: getattr(item, name) for name in ("name", "purpose", "value", "position")}
    return {**same, "words": item.word_list, "values": [{"table": one.table_id, "value": one.value} for one in item.values.all()]}


def _question(item: Question) -> dict:
    return {
        **{name: getattr(item, name) for name in ("slug", "text", "seconds", "position")},
        "answers": [{"slug": one.slug, "text": one.text} for one in item.answers.all()],
        "evidence": [{"about": one.about, "cause": one.cause, "fits": one.fit_list} for one in item.evidence.all()],
    }


def _texts(items) -> list[str]:
    return [item.text for item in items.all()]


def _myths(items) -> list[dict]:
    return [{"claim": myth.claim, "verdict": myth.verdict, "reason": myth.reason} for myth in items.all()]


def _fixes(items) -> list[dict]:
    return [
        {"actor": fix.actor.slug, "steps": fix.step_list, "expected": fix.expected, "otherwise": fix.otherwise, "note": fix.note}
        for fix in items
    ]


def _last(item) -> dict:
    return {
        "sources": sorted(source.reference for source in item.sources.all()),
        "status": item.status,
        "reviewed": item.reviewed_on.isoformat() if item.reviewed_on else "",
    }


def _code_name(code: ReturnCode) -> str:
    return f"{code.scheme_id}:{code.code}"


def _code(item: ReturnCode) -> dict:
    same = ("code", "meaning", "detail", "generation", "old_meaning", "new_meaning", "keep_card", "warning", "say")
    return {
        "scheme": item.scheme_id,
        "retry": item.retry_id,
        **{name: getattr(item, name) for name in same},
        "screen_texts": _texts(item.screen_texts),
        "aliases": item.alias_list,
        "class": item.response_class_id or "",
        "actors": [actor.slug for actor in item.acting],
        "dont_say": item.dont_say_list,
        "check": item.check_text,
        "steps": item.step_list,
        "expected": item.expected,
        "note": item.note,
        "myths": _myths(item.myths),
        "confused_with": sorted(_code_name(code) for code in item.confused_with.all()),
        "confidence": item.confidence,
        **_last(item),
    }


def _fault(item: Fault) -> dict:
    same = ("number", "kind", "title", "symptom", "warning", "reply", "escalation", "confidence")
    causes = [
        {"title": cause.title, "likelihood": cause.likelihood, "check": cause.check_text, "fixes": _fixes(cause.fixes.all())}
        for cause in item.causes.all()
    ]
    return {
        **{name: getattr(item, name) for name in same},
        "category": item.category.slug,
        "environments": sorted(environment.slug for environment in item.environments.all()),
        "screen_texts": _texts(item.screen_texts),
        "aliases": _texts(item.aliases),
        "causes": causes,
        "fixes": _fixes(item.fixes.all()),
        "myths": _myths(item.myths),
        "codes": sorted(_code_name(code) for code in item.codes.all()),
        "related": [{"number": link.other.number, "difference": link.difference} for link in item.links.all()],
        **_last(item),
    }


def _term(item: Term) -> dict:
    return {"name": item.name, "pinyin": item.pinyin, "aliases": item.alias_list, "definition": item.definition, **_last(item)}


def _words(item: SynonymGroup | Wording) -> dict:
    return {"name": item.name, "words": lines(item.words)}


def _synonyms(item: SynonymGroup) -> dict:
    return {**_words(item), "are_brands": item.are_brands}


def _elsewhere(item: Elsewhere) -> dict:
    return {"name": item.name, "words": lines(item.words), "refer_to": item.refer_to}


def _note(item: Note) -> dict:
    return {name: getattr(item, name) for name in ("number", "about", "cause", "step", "audience", "text")}


def _incident(item: Incident) -> dict:
    """For history alone: no file holds it, so lists and times are written as they are read."""
    times = {name: f"{timezone.localtime(getattr(item, name)):%Y-%m-%d %H:%M}" for name in ("starts_at", "ends_at")}
    numbers = sorted(entry.number for entry in item.entries.all())
    lists = {"entries": map(str, numbers), "codes": item.code_list, "words": item.word_list}
    return {"text": item.text, **{name: "、".join(said) for name, said in lists.items()}, **times, "is_proposed": item.is_proposed}


_CODE_PARTS = ("screen_texts", "who_acts__actor", "myths", "confused_with", "sources")
_FAULT_PARTS = (
    "environments",
    "screen_texts",
    "aliases",
    "causes__fixes__actor",
    "fixes__actor",
    "myths",
    "codes",
    "links__other",
    "sources",
)

# kind → (rows with their parts in a fixed number of queries, the row's description)
DESCRIBED = {
    "category": (lambda: Category.objects.all(), _named),
    "environment": (lambda: Environment.objects.all(), _named),
    "actor": (lambda: Actor.objects.all(), _actor),
    "source": (lambda: Source.objects.all(), _source),
    "code_table": (lambda: CodeTable.objects.all(), _code_table),
    "retry": (lambda: Retry.objects.all(), _retry),
    "response_class": (lambda: ResponseClass.objects.all(), _named),
    "variable": (lambda: Variable.objects.prefetch_related("values"), _variable),
    "question": (lambda: Question.objects.prefetch_related("answers", "evidence"), _question),
    "code": (lambda: ReturnCode.everything.prefetch_related(*_CODE_PARTS), _code),
    "fault": (lambda: Fault.everything.select_related("category").prefetch_related(*_FAULT_PARTS), _fault),
    "term": (lambda: Term.everything.prefetch_related("sources"), _term),
    "synonym": (lambda: SynonymGroup.everything.all(), _synonyms),
    "wording": (lambda: Wording.everything.all(), _words),
    "elsewhere": (lambda: Elsewhere.everything.all(), _elsewhere),
    "note": (lambda: Note.everything.all(), _note),
    "incident": (lambda: Incident.objects.prefetch_related("entries"), _incident),
}


def describe_all(kind: str) -> list[dict]:
    """Every row of a kind, as the knowledge files write it."""
    rows, describe = DESCRIBED[kind]
    return [describe(row) for row in rows()]


def describe(item: Model) -> dict:
    """The item as it stands in the database, parts and links included, as the knowledge files write it."""
    rows, describe_one = DESCRIBED[kind_of(item)]
    return describe_one(rows().get(pk=item.pk))


def snapshot(item: Model) -> dict:
    """The item's description and what only the editors' desk knows of it. This is what history keeps."""
    return {**describe(item), **desk_of(item)} if isinstance(item, Publication) else describe(item)


def desk_of(item: Publication) -> dict:
    """What only the editors' desk knows of the item."""
    known = {"status": item.status, "review_due": item.review_due.isoformat() if item.review_due else ""}
    if isinstance(item, Fault | Note):
        known["owner"] = item.owner.get_username() if item.owner else ""
    if isinstance(item, Fault):
        known["merged_into"] = item.merged_into.number if item.merged_into else 0
    return known
