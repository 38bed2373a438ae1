"""The empty workbook that people fill in: every sheet with its headers, and in front one that explains each column."""

from collections.abc import Iterator

from openpyxl import Workbook

from faults.editing.transfer.blocks import CAUSE, FIX, MYTH, Blocks
from faults.editing.transfer.cells import Names
from faults.editing.transfer.columns import COLUMNS, EXPLANATION, TITLES
from faults.editing.transfer.limits import MAX_BYTES, MAX_ROWS
from faults.editing.transfer.writing import add_sheet, header_cells, lay_out, put_text, saved, text_cell

_HEADERS = ("工作表", "列", "填什么", "怎么写")
_RULES = (
    ("一行一条", "一行写一条。同一条写了两行，两行都不收。"),
    ("换行", "格子里换行按 Alt+Enter。"),
    ("列可以少", "不想改的列，整列删掉，那一项就不动；编号、码表和返回码、术语、组名、哪一类事、批注号这几列不能删。"),
    ("空格子", "留着的列里，格子空着就是清空；类型、类别、能不能重试、可信度、给谁看、状态空着就是不动，新条目用默认的。"),
    ("不能有", "不能有公式（请“粘贴为数值”）。别的列、别的表头也能传，传上来以后再选每一列是什么。合并的单元格当作每一行都写了。"),
    ("大小", f"一个文件不超过{MAX_BYTES // 2**20} MB，一张表不超过{MAX_ROWS}行。可以存成 XLSX 或 ODS，也可以一张表存成一个 CSV。"),
    (
        "版本",
        "导出的表最后一列（XLSX里藏着），记着导出时的话：可以排序、筛选、删行，不要改它。没有它也能导入，只是看不出导出以后同事改过什么。",
    ),
    ("前面的撇号", "导出的格子要是以 = + - @ 开头，前面会多一个撇号 '，免得当成公式；导入时自动去掉，不用管它。"),
)
_FIX = {"actor": "cashier", "steps": ["把网线两头拔下来，再插紧。", "看指示灯亮不亮。"], "expected": "灯亮了，能签到。"}
_FIX |= {"otherwise": "灯不亮，换一根网线。", "note": "交易做到一半时不要拔线。"}
_CAUSES = [
    {"title": "网线没插好", "likelihood": "common", "check": "网线两头都插紧了吗？", "fixes": [_FIX]},
    {"title": "网线坏了", "likelihood": "possible", "check": "换一根网线就好了吗？", "fixes": [_FIX | {"otherwise": "", "note": ""}]},
]
_MYTHS = [{"claim": "没出单，再刷一次就行。", "verdict": "会重复扣款。", "reason": "钱可能已经扣了，先查终端明细。"}]
_EXAMPLES = (("fault", "原因和处理", CAUSE, _CAUSES), ("fault", "整条的处理方法", FIX, [_FIX]), ("fault", "常见误区", MYTH, _MYTHS))


def template_xlsx(names: Names) -> bytes:
    """The template. A cell's possible values are those in `names`."""
    workbook = Workbook(write_only=True)
    _add_explanation(workbook, names)
    for kind in COLUMNS:
        add_sheet(workbook, kind, [])
    return saved(workbook)


def _add_explanation(workbook: Workbook, names: Names) -> None:
    sheet = workbook.create_sheet(EXPLANATION)
    lay_out(sheet, [12, 18, 50, 70])
    sheet.append(header_cells(sheet, _HEADERS))
    cells = [text_cell(sheet) for _ in _HEADERS]
    rules = (("每张表", what, rule, "") for what, rule in _RULES)
    for texts in (*rules, *_explained(names), *_examples(names)):
        for cell, text in zip(cells, texts, strict=True):
            put_text(cell, text)
        sheet.append(cells)


def _explained(names: Names) -> Iterator[tuple[str, ...]]:
    for kind, columns in COLUMNS.items():
        for column in columns:
            yield TITLES[kind], column.header, column.help, f"{column.cell.hint(names)}。"


def _examples(names: Names) -> Iterator[tuple[str, ...]]:
    for kind, header, block, items in _EXAMPLES:
        yield TITLES[kind], header, "例子，照这样写：", Blocks(block).write(items, names)
