"""What the columns of a table mean: guessed from its headings, corrected by whoever sent it, kept with it until it is imported."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from faults.editing.transfer.cells import quoted
from faults.editing.transfer.columns import COLUMNS, TITLES, headers_of, naming_headers
from faults.editing.transfer.headings import CAUSE, STEPS, exact_kind, folded, recognized
from faults.editing.transfer.limits import MAX_COLUMNS
from faults.editing.transfer.tables import GridRow, Table

SEARCHED = 15  # rows at the top, among which the header is looked for
_COMPOSED = "原因和处理"  # what CAUSE and STEPS become
DEFAULTS = {"code": ("scheme", "retry"), "fault": ("category", "actor")}  # keys that may be given for a whole table
_SUGGESTED = {"code": {"retry": "after-check"}, "fault": {"actor": "acquirer"}}  # what does no harm until somebody has looked


@dataclass(frozen=True)
class Layout:
    """`kind`: of the items, "" if the table isn't imported. `header`: the header's row, as Excel shows it.

    `targets`: what each column is, by its place, of headings.targets_of; "" for one that isn't imported.
    `defaults`: by key, for cells that are missing or empty; all but "scheme" and "actor" are for new items only.
    """

    kind: str
    header: int
    targets: list[str]
    defaults: dict[str, str] = field(default_factory=dict)

    def header_of(self, table: Table) -> GridRow:
        """The row that holds the headings."""
        return next((row for row in table.rows if row.number == self.header), GridRow(self.header, []))


def exact(table: Table) -> Layout | None:
    """The layout of a table whose first row holds headers of ours and no others."""
    first = table.rows[0]
    kind = exact_kind(first.texts)
    return Layout(kind, first.number, ["".join(text.split()) for text in first.texts], dict(_SUGGESTED.get(kind, {}))) if kind else None


def guess(table: Table, schemes: Mapping[str, str] | None = None, hint: str = "") -> Layout:
    """The likeliest layout; of kind "" where no heading is known. `schemes`: name by code table; one that title or `hint` name is taken."""
    kind = max(COLUMNS, key=lambda kind: _best_header(table, kind)[0])
    (_names_items, known), number = _best_header(table, kind)
    return laid_out(table, kind, number, schemes, hint) if known else Layout("", table.rows[0].number, [""] * table.width)


def _best_header(table: Table, kind: str) -> tuple[tuple[bool, int], int]:
    """How well the best row fits as the header of the kind, and its number. A row that fits as well as the one above is merged with it."""
    found = {row.number: _score(kind, row) for row in table.rows[:SEARCHED]}
    number = max(found, key=lambda number: found[number])
    while found.get(number + 1) == found[number]:
        number += 1
    return found[number], number


def of_scheme(layout: Layout, scheme: str) -> Layout:
    """The same layout, of a table whose codes are all of this code table, whatever it says itself."""
    if layout.kind != "code":
        return layout
    targets = ["" if target == "码表" else target for target in layout.targets]
    return replace(layout, targets=targets, defaults=layout.defaults | {"scheme": scheme})


def laid_out(table: Table, kind: str, number: int | None, schemes: Mapping[str, str] | None = None, hint: str = "") -> Layout:
    """The likeliest layout with this kind, and this row as its header; without one, the row that fits best."""
    number = number or _best_header(table, kind)[1]
    targets = recognized(kind, Layout(kind, number, []).header_of(table).texts)
    above = (text for row in table.rows if row.number < number for text in row.texts)
    hint = " ".join([table.title, hint, *above])
    defaults = dict(_SUGGESTED.get(kind, {}))
    named = [slug for slug, name in (schemes or {}).items() if folded(name) in folded(hint)]
    if kind == "code" and len(named) == 1:
        defaults["scheme"] = named[0]
    return Layout(kind, number, targets + [""] * (table.width - len(targets)), defaults)


def known_headings(texts: list[str]) -> int:
    """How many of these texts are headings of one kind, of the kind that fits best."""
    return max(sum(map(bool, recognized(kind, texts[:MAX_COLUMNS]))) for kind in COLUMNS)


def _score(kind: str, row: GridRow) -> tuple[bool, int]:
    """How well a row's texts are headings of the kind: do they name its items, and how many are known."""
    found = {header for header in recognized(kind, row.texts) if header}
    return not _unnamed(kind, found, {"scheme": ""}), len(found)


def _unnamed(kind: str, targets: set[str], defaults: Mapping[str, str]) -> list[str]:
    """The headers that are missing, without which nobody knows which item a row is. An entry that has a title may be a new one."""
    missing = [header for header in naming_headers(kind) if header not in targets]
    if kind == "fault" and "标题" in targets:
        return []
    return [header for header in missing if not (header == "码表" and "scheme" in defaults)]


def problems(table: Table, layout: Layout) -> list[str]:
    """Everything for which the table can't be read with this layout, a sentence each."""
    said = []
    chosen = [target for target in layout.targets if target]
    if not layout.kind:
        return []
    if missing := _unnamed(layout.kind, set(chosen), layout.defaults):
        said.append(_("少了%(columns)s这一列，认不出每一行是哪一条。") % {"columns": listed(missing)})
    if twice := sorted({target for target in chosen if chosen.count(target) > 1}):
        said.append(_("有两列都叫%(columns)s，只能留一列。") % {"columns": listed(twice)})
    if layout.kind == "fault" and "category" not in layout.defaults and not {"编号", "类别"} & set(chosen):
        said.append(_("新条目都要有类别：请选一个，或者选哪一列是类别。"))
    if _COMPOSED in chosen and {CAUSE, STEPS} & set(chosen):
        said.append(_("“%(whole)s”和“%(cause)s”“%(steps)s”不能都有。") % {"whole": _COMPOSED, "cause": CAUSE, "steps": STEPS})
    return [table.where + sentence for sentence in said]


def strict_problems(table: Table, layout: Layout) -> list[str]:
    """The same where nobody is asked what the columns mean: each must be known, and each item named."""
    if not layout.kind:
        return [table.where + _unknown_table(table)]
    header, said = layout.header_of(table), problems(table, layout)
    if header.unusable:
        said.append(table.where + _("表头（第%(line)s行）里有公式。请复制以后“粘贴为数值”，再上传。") % {"line": header.number})
    if layout.kind == "fault" and "编号" not in layout.targets and "标题" in layout.targets:
        said.append(table.where + _("少了%(columns)s这一列，认不出每一行是哪一条。") % {"columns": listed(["编号"])})
    bare = ["".join(text.split()) for text, target in zip(header.texts, layout.targets, strict=False) if text and not target]
    if twice := [heading for heading in bare if heading in layout.targets]:
        said.append(table.where + _("有两列都叫%(columns)s，只能留一列。") % {"columns": listed(twice)})
    if unknown := [heading for heading in bare if heading not in twice]:
        said.append(table.where + _("不认识的列%(columns)s。请改表头，或者删掉这一列。") % {"columns": listed(unknown)})
    said += _without_heading(table, layout)
    if said:
        found = {"line": layout.header, "found": _("、").join(text for text in header.texts if text)}
        said.append(_("第%(line)s行的表头是：%(found)s。") % found)
        known = {"table": TITLES[layout.kind], "columns": _("、").join(headers_of(layout.kind))}
        said.append(_("“%(table)s”表可以用的列：%(columns)s。") % known)
    return said


def _without_heading(table: Table, layout: Layout) -> list[str]:
    headings = layout.header_of(table)
    for row in table.rows:
        filled = {place for place, text in enumerate(row.texts) if text} | row.unusable
        if row.number > layout.header and (bare := [place for place in sorted(filled) if not headings.text(place)]):
            said = _("第%(line)s行的第%(place)s格有内容，可是这一列没有表头。请写上表头，或者把这一格清空。")
            return [table.where + said % {"line": row.number, "place": bare[0] + 1}]
    return []


def _unknown_table(table: Table) -> str:
    first = table.rows[0]
    found = {"line": first.number, "found": listed([text for text in first.texts if text])}
    said = _("看不出是什么表：第%(line)s行不是表头，写的是%(found)s。") % found
    needed = [{"table": title, "columns": listed(naming_headers(kind))} for kind, title in TITLES.items()]
    ways = _("，").join(_("“%(table)s”表要有%(columns)s") % one for one in needed)
    return said + _("请下载模板，照模板写表头：%(ways)s。") % {"ways": ways}


def two_of_a_kind(tables: list[Table], layouts: list[Layout]) -> list[str]:
    """A sentence for each table of a kind that another one has already: “第3行” would mean two lines."""
    said, titles = [], {}
    for table, layout in zip(tables, layouts, strict=True):
        if layout.kind in titles:
            both = {"one": titles[layout.kind], "other": table.title, "table": TITLES[layout.kind]}
            said.append(_("工作表“%(one)s”和“%(other)s”都是“%(table)s”表。请合成一张，或者一次导入一张。") % both)
        elif layout.kind:
            titles[layout.kind] = table.title
    return said


def listed(texts: list[str]) -> str:
    """The texts in a sentence, the first five by name."""
    return _("、").join(quoted(text) for text in texts[:5]) + (_("等") if len(texts) > 5 else "")
