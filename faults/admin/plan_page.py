"""What the page of an import's plan lists: of each outcome the first rows, or all rows of one, page by page."""

from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from faults.editing.difference import Difference
from faults.editing.import_plan import ASKED, Outcome, Plan, Step
from faults.editing.transfer.workbook import TITLES

SHOWN = 200  # rows of an outcome at a time


@dataclass(frozen=True)
class Group:
    """Rows with one outcome, `count` in all. `rows`: those on this page, each with its differences and the address of its history.

    What is refused is listed by its reasons instead. `defaults`: what new items get, and how many of them.
    """

    outcome: str
    label: str
    count: int
    page: Page
    rows: list[tuple[Step, list[Difference], str]] = field(default_factory=list)
    reasons: list["Reason"] = field(default_factory=list)
    defaults: dict[str, int] = field(default_factory=dict)

    @property
    def is_asked(self) -> bool:
        return self.outcome in ASKED

    @property
    def left(self) -> int:
        """How many come after those on this page."""
        return self.page.paginator.count - self.page.end_index()


@dataclass(frozen=True)
class Reason:
    """Why these rows are refused. `table`: of which sheet they are, where there are several."""

    sentence: str
    table: str
    steps: list[Step]

    @property
    def first(self) -> str:
        """The first three of the rows, and how many there are."""
        few = {"lines": _("、").join(str(step.line) for step in self.steps[:3]), "count": len(self.steps)}
        return (_("第%(lines)s行等%(count)s行") if len(self.steps) > 3 else _("第%(lines)s行")) % few

    @property
    def lines(self) -> str:
        """All of the rows: 3–5、9."""
        runs: list[list[int]] = []
        for line in sorted(step.line for step in self.steps):
            if runs and line == runs[-1][1] + 1:
                runs[-1][1] = line
            else:
                runs.append([line, line])
        return _("、").join(f"{first}" if first == last else f"{first}–{last}" for first, last in runs)


def listed(request, made: Plan) -> dict:
    """The context of the list. GET: `show`, the outcome to list alone; its `page`; `q`, to be in a row's line, name or reason."""
    query, only = request.GET.get("q", "").strip(), request.GET.get("show")
    counts = [(outcome, label, made.count(outcome)) for outcome, label in _labels().items()]
    shown = [one for one in counts if one[2] and one[0] != Outcome.SAME and only in (None, one[0])]
    groups = [_group(made, *one, query.casefold(), request.GET.get("page", 1) if only else 1) for one in shown]
    asked = [(outcome, label, count) for outcome, label, count in counts if count and outcome in ASKED]
    about = {"turned_over": turned_over(made), "code_tables": made.code_tables, "asked": asked}
    return about | {"counts": counts, "groups": [group for group in groups if group.page.object_list], "query": query, "only": only}


def _group(made: Plan, outcome: str, label: str, count: int, query: str, number: int | str) -> Group:
    steps = [step for step in made.of(outcome) if query in _said(step)]
    if outcome == Outcome.REFUSED:
        page = Paginator(_reasons(made, steps), SHOWN).get_page(number)
        return Group(outcome, label, count, page, reasons=list(page))
    page = Paginator(steps, SHOWN).get_page(number)
    rows = [(step, made.differences(step), _history(step)) for step in page]
    return Group(outcome, label, count, page, rows, defaults=dict(made.defaults(steps) if outcome == Outcome.NEW else {}))


def _reasons(made: Plan, steps: list[Step]) -> list[Reason]:
    """Equal reasons together, what most rows are refused for first."""
    found: dict[tuple[str, str], list[Step]] = {}
    for step in steps:
        for sentence in step.reasons:
            found.setdefault((step.kind, sentence), []).append(step)
    is_one = len({step.kind for step in made.steps}) == 1
    reasons = [Reason(sentence, "" if is_one else TITLES[kind], same) for (kind, sentence), same in found.items()]
    return sorted(reasons, key=lambda reason: -len(reason.steps))


def turned_over(made: Plan) -> list[tuple[str, str, list[Step]]]:
    """Codes that mean something else by the table: for each code table its slug, its name and the rows."""
    found: dict[str, list[Step]] = {}
    for step in made.of(Outcome.MEANING):
        found.setdefault(step.row["scheme"], []).append(step)
    return [(scheme, made.code_tables[scheme], steps) for scheme, steps in found.items()]


def _said(step: Step) -> str:
    return f"{_('第%(line)s行') % {'line': step.line}} {step.name} {step.reason}".casefold()


def _history(step: Step) -> str:
    return reverse(f"admin:faults_{step.item._meta.model_name}_history", args=[step.item.pk]) if step.item else ""


def _labels() -> dict[str, str]:
    return {
        Outcome.REFUSED: _("不能导入"),
        Outcome.CONFLICT: _("导出以后同事也改过"),
        Outcome.MEANING: _("和已核实的意思不同"),
        Outcome.EARLIER: _("表里是从前的话"),
        Outcome.GONE: _("导出以后删掉或改了名"),
        Outcome.NEW: _("新增"),
        Outcome.CHANGED: _("修改"),
        Outcome.OUTDATED: _("导出以后同事改过，表里没动"),
        Outcome.SAME: _("没有变化"),
    }
