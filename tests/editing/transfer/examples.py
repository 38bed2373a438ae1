"""Names, rows and files for the tests of transfer."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from hypothesis import strategies as st
from openpyxl import Workbook

from faults.editing.transfer.stored import packed as packed_tables
from faults.editing.transfer.workbook import read_tables
from faults.text.normalize import normalized

NAMES = {
    "kind": {"fault": "故障", "procedure": "业务处理", "notice": "操作须知"},
    "category": {"comms": "通讯", "printing": "打印"},
    "environments": {"all": "所有终端", "mobile": "无线（2G／4G）", "smart": "智能POS"},
    "actor": {"cashier": "收银员", "acquirer": "收单机构", "network": "银联"},
    "actors": {"cashier": "收银员", "acquirer": "收单机构", "network": "银联"},
    "likelihood": {"common": "最常见", "possible": "有可能", "rare": "少见"},
    "confidence": {"verified": "已核实", "unverified": "未核实"},
    "status": {"draft": "草稿", "published": "已发布"},
    "scheme": {"cup": "银联", "visa": "Visa", "terminal": "终端本地"},
    "retry": {"no": "不重试", "yes": "可以再试"},
    "class": {"A": "成功", "B": "可重试"},
    "generation": {"both": "新旧两表", "old": "仅旧表"},
    "audience": {"internal": "内部", "sayable": "可以念"},
}

FIX = {
    "actor": "cashier",
    "steps": ["拔下来再插紧。", "看指示灯亮不亮。"],
    "expected": "灯亮了。",
    "otherwise": "灯不亮，换线。",
    "note": "",
}
FAULT = {
    "number": 12,
    "kind": "fault",
    "title": "有线POS连不上",
    "category": "comms",
    "environments": ["all", "smart"],
    "screen_texts": ["通讯失败"],
    "aliases": ["连不上网", "网线松了"],
    "symptom": "一直转圈。",
    "warning": "先别再刷。\n先查终端明细。",
    "causes": [{"title": "线没插好", "likelihood": "common", "check": "网线插紧了吗？", "fixes": [FIX]}],
    "fixes": [FIX],
    "myths": [{"claim": "再刷一次。", "verdict": "会重复扣款。", "reason": "先查明细。"}],
    "reply": "您好，\n请插紧网线。",
    "escalation": "打客服。\n备好：终端号",
    "codes": ["cup:97"],
    "related": [{"number": 3, "difference": "没检测到SIM卡的看3。"}, {"number": 4, "difference": ""}],
    "confidence": "verified",
    "sources": ["F001"],
    "status": "published",
    "reviewed": "2026-11-20",
}

# Text that spreadsheets, separators and our own labels could trip over.
_TRICKY = st.sampled_from(
    ["=1+1", "'=1", "''", "@x", "＋1", "－", "原因：", "步骤:", '"', '""', ",", ";", "\t", "_x000D_", "_x005F_x0041_"]
)
_TRICKY |= st.sampled_from(["#N/A", "97", "05", "TRUE", "2026-11-20", "é", "😀", "\u200b", "\u3000", "<b>&amp;</b>", "]]>", "：：", "'"])
_LINE = st.lists(_TRICKY | st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"]), max_size=8), max_size=4)
LINE = _LINE.map(lambda parts: normalized("".join(parts)))  # one line, perhaps empty
FILLED = LINE.filter(bool)
LINES = st.lists(FILLED, max_size=3)
WORDS = st.lists(FILLED, max_size=3, unique=True)
TEXT = st.lists(LINE, max_size=3).map(lambda lines: normalized("\n".join(lines)))
DAY = st.just("") | st.dates().map(lambda day: day.isoformat())


def one_of(key, *, empty=False):
    return st.sampled_from([*NAMES[key], *[""][: int(empty)]])


def some_of(key):
    return st.lists(st.sampled_from([*NAMES[key]]), unique=True)


def _unordered(items):
    return st.lists(items, unique=True, max_size=3).map(sorted)


CODE_NAMES = st.tuples(one_of("scheme"), st.from_regex(r"[0-9A-Z]{1,4}", fullmatch=True)).map(":".join)
FIXES = st.lists(
    st.fixed_dictionaries(
        {"actor": one_of("actor"), "steps": st.lists(FILLED, min_size=1, max_size=3), "expected": LINE, "otherwise": LINE, "note": LINE}
    ),
    max_size=2,
)
CAUSES = st.lists(
    st.fixed_dictionaries({"title": FILLED, "likelihood": one_of("likelihood"), "check": LINE, "fixes": FIXES}),
    max_size=2,
)
MYTHS = st.lists(st.fixed_dictionaries({"claim": FILLED, "verdict": LINE, "reason": LINE}), max_size=2)
RELATED = st.lists(st.fixed_dictionaries({"number": st.integers(1, 999_999), "difference": LINE}), max_size=2)
_LAST = {"sources": _unordered(FILLED), "status": one_of("status"), "reviewed": DAY}

ROWS = {
    "fault": st.fixed_dictionaries(
        {
            "number": st.integers(0, 999_999),
            "kind": one_of("kind"),
            "title": LINE,
            "category": one_of("category"),
            "environments": some_of("environments").map(sorted),
            **dict.fromkeys(("screen_texts", "aliases"), LINES),
            **dict.fromkeys(("symptom", "warning", "reply", "escalation"), TEXT),
            "causes": CAUSES,
            "fixes": FIXES,
            "myths": MYTHS,
            "codes": _unordered(CODE_NAMES),
            "related": RELATED,
            "confidence": one_of("confidence"),
            **_LAST,
        }
    ),
    "code": st.fixed_dictionaries(
        {
            "scheme": one_of("scheme"),
            "code": st.from_regex(r"[0-9A-Z]{1,4}", fullmatch=True),
            **dict.fromkeys(("meaning", "old_meaning", "new_meaning", "check", "expected"), LINE),
            **dict.fromkeys(("detail", "warning", "say", "note"), TEXT),
            **dict.fromkeys(("screen_texts", "steps"), LINES),
            **dict.fromkeys(("aliases", "dont_say"), WORDS),
            "generation": one_of("generation", empty=True),
            "class": one_of("class", empty=True),
            "retry": one_of("retry"),
            "actors": some_of("actors"),
            "keep_card": st.none() | st.booleans(),
            "myths": MYTHS,
            "confused_with": _unordered(CODE_NAMES),
            "confidence": one_of("confidence"),
            **_LAST,
        }
    ),
    "term": st.fixed_dictionaries({"name": FILLED, "pinyin": LINE, "aliases": WORDS, "definition": TEXT, **_LAST}),
    "synonym": st.fixed_dictionaries({"name": FILLED, "words": WORDS, "are_brands": st.booleans()}),
    "wording": st.fixed_dictionaries({"name": FILLED, "words": WORDS}),
    "elsewhere": st.fixed_dictionaries({"name": FILLED, "words": WORDS, "refer_to": LINE}),
    "note": st.fixed_dictionaries(
        {
            "number": st.integers(0, 999_999),
            **dict.fromkeys(("about", "cause", "step"), LINE),
            "audience": one_of("audience"),
            "text": TEXT,
        }
    ),
}

KEPT = packed_tables(read_tables("t.csv", "编号,标题\n118,换了标题\n".encode()))  # as it waits for its import


def xlsx(*rows, title="条目"):
    """A workbook with typed values."""
    workbook = Workbook()
    workbook.active.title = title
    for row in rows:
        workbook.active.append(row)
    return saved(workbook)


def saved(workbook):
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def unpacked(data):
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts, **settings):
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED, **settings) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_part(data, name, content):
    """The workbook with one part replaced or added."""
    return packed(unpacked(data) | {name: content})


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def with_sheet(content, before=""):
    """A workbook whose sheet is this XML below <worksheet>."""
    return with_part(xlsx(["编号"]), "xl/worksheets/sheet1.xml", f"{before}<worksheet {MAIN}>{content}</worksheet>".encode())


def with_shared_strings(*items):
    """A workbook as Excel makes it: the sheet has 编号 in A1, and below it each of these strings, by its place in their table."""
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>{row - 1}</v></c></row>' for row in range(1, len(items) + 2))
    parts = unpacked(with_sheet(f"<sheetData>{cells}</sheetData>"))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].decode().replace("</Types>", override)
    parts["xl/sharedStrings.xml"] = f"<sst {MAIN}>{''.join(f'<si>{item}</si>' for item in ('<t>编号</t>', *items))}</sst>"
    return packed(parts)


HEADER_ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>编号</t></is></c><c r="B1" t="inlineStr"><is><t>标题</t></is></c></row>'
