"""The desk's own words: texts as this desk reads them out, with its values and by whose desk it is.

The one place where placeholders are filled: rows on their way to a page, never rows that are saved. What is filled in is compiled once
a content version, to which variables and rules belong (triggers.py).
"""

from collections.abc import Collection, Iterable

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from faults.models import (
    Cause,
    ContentVersion,
    DeskOperator,
    DeskRules,
    Fault,
    Fix,
    Myth,
    Publication,
    RelatedFault,
    ReturnCode,
    Term,
    Variable,
)
from faults.search.query import Query, only_asks
from faults.text.fold import fold
from faults.text.placeholders import TICKET, fill, has_braces, mistakes_in, variables_in

UNKNOWN = "以收单机构为准"  # in place of a value that nobody has given
HOTLINE = "客服电话"  # the variable that steps which send callers to the acquirer name too
# Where placeholders may be written: whatever is read out, but no titles and meanings, by which things are called and found.
FILLED: dict[type[Model], tuple[str, ...]] = {
    Fault: ("symptom", "warning", "reply", "escalation"),
    Cause: ("title", "check_text"),
    Fix: ("steps", "expected", "otherwise", "note"),
    Myth: ("claim", "verdict", "reason"),
    RelatedFault: ("difference",),
    ReturnCode: ("detail", "warning", "say", "dont_say", "check_text", "steps", "expected", "note"),
    Term: ("definition",),
}
WRITTEN = {(Fault, "escalation")}  # to whoever acts, whoever's desk it is


class DeskWords:
    """Of one content version: whose desk it is, the variables with their values, and by which words they are asked for."""

    def __init__(self, version: str):
        self.version = version
        self.operator = DeskRules.current().operator
        self.variables = {one.name: one for one in Variable.objects.prefetch_related("values__table")}
        self._values = {(one.name, ""): one.value for one in self.variables.values()}
        self._values |= {(one.name, given.table_id): given.value for one in self.variables.values() for given in one.values.all()}
        self._words = {fold(word): one for one in self.variables.values() for word in (one.name, *one.word_list)}

    def fill(self, text: str, table: str = "", is_written: bool = False) -> str:
        """The text as it is read out, or written to whoever acts. `table`: the slug of the code table that it is about, whose values go
        before the default."""
        desk = TICKET if is_written else self.operator
        return fill(text, lambda name: self._value(name, table) or UNKNOWN, desk, self._value(HOTLINE, table))

    def _value(self, name: str, table: str) -> str:
        return self._values.get((name, table)) or self._values.get((name, "")) or ""

    def asked_for(self, query: Query) -> list[tuple[Variable, list[tuple[str, str]]]]:
        """The variables that the query asks for and nothing else, each with its values: whose (a table, or nobody's) and what.

        Those of the table that is named come first.
        """
        left = query.folded.replace(query.scheme_said, " ") if query.scheme_said else query.folded
        said = (word for word in self._words if word in left)
        asked = dict.fromkeys(self._words[word] for word in said if only_asks(left.replace(word, " ", 1)))
        return [(variable, self._said_of(variable, query.scheme)) for variable in asked]

    def _said_of(self, variable: Variable, table: str) -> list[tuple[str, str]]:
        given = sorted(variable.values.all(), key=lambda one: one.table_id != table)
        values = [(str(one.table), one.value) for one in given if one.value]
        default = [("", variable.value or UNKNOWN)] if variable.value or not values else []
        return [*values, *default] if given and given[0].table_id == table else [*default, *values]

    @property
    def heading(self) -> str:
        """Over what goes to the acquirer."""
        return {DeskOperator.ACQUIRER: _("登记工单"), DeskOperator.CHAIN: _("报总部")}.get(self.operator, _("转收单机构"))

    @property
    def unknown_code_advice(self) -> str:
        """What to do about a code that stands in no table."""
        advice = {
            DeskOperator.ACQUIRER: _("记下屏幕原文、终端号、商户号、时间、金额，登记工单。"),
            DeskOperator.CHAIN: _("记下屏幕原文、终端号、商户号、时间、金额，报给总部。"),
        }
        return advice.get(self.operator, _("记下屏幕原文、终端号、商户号、时间、金额，报给收单机构客服。"))


_kept: DeskWords | None = None


def current() -> DeskWords:
    """The words in force; one query when nothing has changed."""
    global _kept  # noqa: PLW0603 (one a process is the point)
    version = ContentVersion.current()
    words = _kept
    if words is None or words.version != version:
        words = _kept = DeskWords(version)
    return words


def fill_rows(rows: Iterable[Model], table: str = "") -> None:
    """Fills what is read out of these rows in place. They must not be saved afterwards."""
    words = None
    for row in rows:
        for name in FILLED[type(row)]:
            if has_braces(text := getattr(row, name)):
                words = words or current()
                row.__dict__.setdefault("as_written", {})[name] = text  # notes stand beside these words
                setattr(row, name, words.fill(text, table, (type(row), name) in WRITTEN))


def fill_entry(fault: Fault) -> Fault:
    """The same for an entry with all its parts, which were prefetched. Returns it."""
    fill_rows([fault, *fault.causes.all(), *fault.all_fixes(), *fault.myths.all(), *fault.links.all()])
    return fault


def fill_code(row: ReturnCode) -> ReturnCode:
    """The same for a code with its myths, which were prefetched, by its table's values. Returns it."""
    fill_rows([row, *row.myths.all()], row.scheme_id)
    return row


def mistakes(model: type[Model], name: str, text: str, names: Collection[str] | None = None) -> list[str]:
    """What is wrong with placeholders in a text of that field, a sentence each. `names`: of the variables, where many texts are asked."""
    if name not in FILLED.get(model, ()) or not has_braces(text):
        return []
    return [_mistake(*wrong) for wrong in mistakes_in(text, current().variables if names is None else names)]


def _mistake(written: str, nearest: str) -> str:
    if not written and not nearest:
        return _("大括号没有成对，或者里面没有字。写变量用{名称}，例如{客服电话}。")
    if nearest:
        return _("没有“{%(written)s}”这种写法，是不是“{%(nearest)s}”？") % {"written": written, "nearest": nearest}
    return _("没有“{%(written)s}”这个变量。有哪些变量，看清单“变量”；没有就请管理员加。") % {"written": written}


def uses_of(name: str) -> list[Publication]:
    """The entries, codes and terms, drafts too, whose texts ask for the variable; in a fixed number of queries."""
    found = {}
    for model, fields in FILLED.items():
        rows = getattr(model, "everything", model._default_manager).filter(_any_contains(fields, name))
        for row in rows.select_related(*_OWNERS.get(model, ())):
            if any(name in variables_in(getattr(row, field)) for field in fields):
                owner = _owner(row)
                found.setdefault((type(owner), owner.pk), owner)
    return list(found.values())


_OWNERS = {
    Cause: ("fault",),
    Fix: ("fault", "cause__fault"),
    Myth: ("fault", "code__scheme"),
    RelatedFault: ("fault",),
}


def _any_contains(fields: tuple[str, ...], name: str) -> Q:
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__contains": name})
    return found


def _owner(row: Model) -> Publication:
    """The entry, code or term that the row is, or belongs to."""
    if isinstance(row, Publication):
        return row
    if isinstance(row, Fix) and row.cause:
        return row.cause.fault
    return getattr(row, "fault", None) or row.code
