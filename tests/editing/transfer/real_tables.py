"""Files as people have them: made for people to read, by other programs, for other systems."""

from html import escape

from openpyxl import Workbook

from tests.editing.transfer.examples import packed, saved

MIME = "application/vnd.oasis.opendocument.spreadsheet"
NAMESPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))


def with_a_title() -> bytes:
    """A title across the sheet, an empty row, the header in row 3, and once more where a new page begins."""
    workbook = Workbook()
    sheet = workbook.active
    header = ["序号", "返回码", "含 义", "处理办法"]
    for row in (["终端本地返回码对照表（2026年版）"], [], header, [1, "T71", "读卡模块没有应答", "1、重新插卡\n2、还不行就重启"], header):
        sheet.append(row)
    sheet.append([2, "T72", "密码键盘没有应答", "重新接线"])
    sheet.merge_cells("A1:D1")
    return saved(workbook)


def in_english() -> bytes:
    return "Code,Message\nQX,Do not honor\nQY,Time out\n".encode("utf-8-sig")


def faults_with_causes() -> bytes:
    """A fault a block: its cell is merged over the rows of its causes."""
    workbook = Workbook()
    sheet = workbook.active
    for row in (
        ["常见故障处理"],
        ["故障现象", "故障原因", "解决方法"],
        ["卷纸总往一边跑", "纸卷没卡进槽里", "1.打开纸仓\n2.把纸卷两头卡进槽里"],
        [None, "纸卷比纸仓窄", "换成58毫米的纸卷"],
        ["按键要按两次才灵", "键盘膜起泡", "打服务电话换键盘膜"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A3:A4")
    return saved(workbook)


def of_an_old_system() -> bytes:
    """GB18030, with semicolons, in which the texts have commas."""
    return "错误码;提示信息;说明;备注\r\nW1;密钥失效,请签到;工作密钥过期,要重新签到;\r\nW2;参数错;终端参数没下载;见手册\r\n".encode(
        "gb18030"
    )


def ods(*tables: tuple[str, str]) -> bytes:
    """An OpenDocument table: each sheet's title and its rows as XML."""
    inner = "".join(f'<table:table table:name="{escape(title)}">{rows}</table:table>' for title, rows in tables)
    body = f"<office:body><office:spreadsheet>{inner}</office:spreadsheet></office:body>"
    content = f"<office:document-content {NAMESPACES}>{body}</office:document-content>"
    return packed({"mimetype": MIME, "content.xml": content, "META-INF/manifest.xml": "<manifest/>"})


def row(*cells: str, repeated: int = 1) -> str:
    inner = "".join(
        text if text.startswith("<") else f"<table:table-cell><text:p>{escape(text)}</text:p></table:table-cell>" for text in cells
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inner}</table:table-row>'


def of_libreoffice() -> bytes:
    """Codes as numbers that are shown in two places, a merged cell, and the empty rest of the sheet."""
    number = '<table:table-cell office:value-type="float" office:value="{0}"><text:p>{1}</text:p></table:table-cell>'
    merged = '<table:table-cell table:number-rows-spanned="2"><text:p>打发卡行电话</text:p></table:table-cell>'
    rows = row("应答码", "描述", "解决方法")
    rows += row(number.format(6, "06"), "卡片状态不正常", merged) + row(
        number.format(77, "77"), "卡片已注销", "<table:covered-table-cell/>"
    )
    return ods(("快钱", rows + row(repeated=1_048_000)))


def of_another_acquirer(count: int = 3) -> bytes:
    """Its own codes, under the name of UnionPay's table."""
    codes = ["05", "54", "61"][:count]
    lines = "\n".join(f"银联,{code},本机构的说法{code}" for code in codes)
    return f"码表,应答码,含义\n{lines}\n银联,Y9,本机构自己的码\n".encode()


def with_faults(count: int = 300) -> bytes:
    """No column for what an entry must have, and a value that nobody knows in all rows but two."""
    workbook = Workbook()
    workbook.active.append(["问题", "机型", "解决办法"])
    for number in range(1, count + 3):
        workbook.active.append([f"第{number}种说不清的毛病", "所有终端" if number > count else "X9型机", "打服务电话"])
    return saved(workbook)
