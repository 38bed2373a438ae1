"""What the page of an import's plan lists: of each outcome the first rows, or all rows of one, page by page."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from faults.editing.difference import Difference
from faults.editing.import_plan import Outcome, Plan, Step

SHOWN = 200  # rows of an outcome at a time


@dataclass(frozen=True)
class Group:
    """Rows with one outcome, `count` in all. `rows`: those on this page, each with its differences and the address of its history."""

    outcome: str
    label: str
    count: int
    page: Page
    rows: list[tuple[Step, list[Difference], str]]

    @property
    def left(self) -> int:
        """How many come after those on this page."""
        return self.page.paginator.count - self.page.end_index()


def listed(request, made: Plan) -> dict:
    """The context of the list. GET: `show`, the outcome to list alone; its `page`; `q`, to be in a row's line, name or reason."""
    query, only = request.GET.get("q", "").strip(), request.GET.get("show")
    counts = [(outcome, label, made.count(outcome)) for outcome, label in _labels().items()]
    shown = [one for one in counts if one[2] and one[0] != Outcome.SAME and only in (None, one[0])]
    groups = [_group(made, *one, query.casefold(), request.GET.get("page", 1) if only else 1) for one in shown]
    return {"counts": counts, "groups": [group for group in groups if group.rows], "query": query, "only": only}


def _group(made: Plan, outcome: str, label: str, count: int, query: str, number: int | str) -> Group:
    page = Paginator([step for step in made.of(outcome) if query in _said(step)], SHOWN).get_page(number)
    return Group(outcome, label, count, page, [(step, [] if step.reason else made.differences(step), _history(step)) for step in page])


def _said(step: Step) -> str:
    return f"{_('第%(line)s行') % {'line': step.line}} {step.name} {step.reason}".casefold()


def _history(step: Step) -> str:
    return reverse(f"admin:faults_{step.item._meta.model_name}_history", args=[step.item.pk]) if step.item else ""


def _labels() -> dict[str, str]:
    return {
        Outcome.REFUSED: _("不能导入"),
        Outcome.CONFLICT: _("导出以后同事也改过"),
        Outcome.NEW: _("新增"),
        Outcome.CHANGED: _("修改"),
        Outcome.OUTDATED: _("导出以后同事改过，表里没动"),
        Outcome.SAME: _("没有变化"),
    }
