"""The fields of a form with rows of parts: what is wrong with each as a line that links to it, and the sections they stand in."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.forms import BaseForm, BaseFormSet
from django.utils.translation import gettext as _

from faults.checks.entries import Problem

REFUSED = "refused"  # stops even a save; beside RED and PLAIN


@dataclass(frozen=True)
class Line:
    """A line of the readiness list. `target`: the id of the element it speaks of, empty if there is none."""

    sentence: str
    level: str
    target: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the page that the contents list leads to. `count`: of its rows, None where it has none."""

    id: str
    name: str
    count: int | None = None


def rows_of(formsets: list[BaseFormSet], above: tuple[str, ...] = ()) -> Iterator[tuple[BaseForm, tuple[str, ...]]]:
    """Every row of these and of the sets inside, each with where it stands: ("原因 2", "处理方法 1")."""
    for formset in formsets:
        for number, row in enumerate(formset.forms, 1):
            place = (*above, f"{formset.model._meta.verbose_name} {number}")
            yield row, place
            yield from rows_of([nested.formset for nested in getattr(row, "nested_formsets", [])], place)


def mistakes(form: BaseForm, formsets: list[BaseFormSet]) -> list[Line]:
    """Why the form was refused, a line for each field."""
    found = _of_form(form, ())
    for row, place in rows_of(formsets):
        found += [] if row.data.get(f"{row.prefix}-DELETE") else _of_form(row, place)
    return found + [Line(sentence, REFUSED, f"{formset.prefix}-data") for formset in formsets for sentence in formset.non_form_errors()]


def _of_form(form: BaseForm, place: tuple[str, ...]) -> list[Line]:
    first = next(iter(form.visible_fields()), None) if place else None  # where a row as a whole is looked for
    found = []
    for name, sentences in form.errors.items():
        field = form[name] if name in form.fields else None
        where = " › ".join([*place, str(field.label)] if field else place)
        target = (field or first).auto_id if field or first else ""
        found += [Line(f"{where}：{sentence}" if where else str(sentence), REFUSED, target) for sentence in sentences]
    return found


class Fields:
    """Where the fields of a form's item and of its parts stand on the page."""

    def __init__(self, form: BaseForm, formsets: list[BaseFormSet]):
        self._form = form
        self._rows = {(type(row.instance), row.instance.pk): row for row, _place in rows_of(formsets)}

    def lines(self, problems: list[Problem]) -> list[Line]:
        """The problems of the item, each with its field."""
        return [Line(problem.sentence, problem.level, self._target(problem)) for problem in problems]

    def _target(self, problem: Problem) -> str:
        part = problem.part
        form = self._form if part is None or part == self._form.instance else self._rows.get((type(part), part.pk))
        if form is None or not problem.field:
            return ""
        return form[problem.field].auto_id if problem.field in form.fields else f"{form.add_prefix(problem.field)}-data"


def sections(fieldsets, inlines) -> list[Section]:
    """The sections of a form, as Django's context of the page has them: fieldsets, then the sets of rows."""
    return [
        *(Section(f"section-{number}", fieldset.name or _("基本内容")) for number, fieldset in enumerate(fieldsets, 1)),
        *(Section(f"{one.formset.prefix}-group", one.opts.verbose_name_plural, len(one.formset.initial_forms)) for one in inlines),
    ]
