"""Which columns the sheet of each kind of item has. Headers are the names that the forms show; each is there once a sheet."""

from dataclasses import dataclass

from faults.editing.knowledge_files import KEYS
from faults.editing.transfer.blocks import CAUSE, FIX, MYTH, Blocks
from faults.editing.transfer.cells import Cell, Choice, Choices, Codes, Day, Lines, Names, Number, OneLine, Paragraphs, Related, YesNo
from faults.editing.transfer.errors import CellError, WrongText
from faults.text.normalize import normalized

TITLES = {
    "fault": "条目",
    "code": "返回码",
    "term": "术语",
    "synonym": "同义词",
    "wording": "说法",
    "elsewhere": "别处的事",
    "note": "批注",
}
EXPLANATION = "填写说明"  # the sheet that is for people only
VERSION = "版本"  # the last column of an export, for programs only


@dataclass(frozen=True)
class Column:
    """One column. `key`: the row's; `help`: what goes in; `keeps`: an empty cell leaves the item's value as it is."""

    header: str
    key: str
    cell: Cell
    help: str
    width: int = 16
    keeps: bool = False

    def write(self, row: dict, names: Names) -> str:
        """The row's value as the text of a cell."""
        return self.cell.write(row[self.key], names)

    def read(self, text: str, names: Names):
        """A cell's text as the row's value. Raises CellError."""
        try:
            return self.cell.read(normalized(text), names)
        except WrongText as error:
            raise CellError(self.header, error.sentence) from error


_SOURCES = Column("来源", "sources", Lines(ordered=False), "依据的资料，写来源里的编号或名称。", 24)
_STATUS = Column("状态", "status", Choice("status"), "只有“已发布”的内容读者看得到。", 10, keeps=True)
_REVIEWED = Column("上次复核", "reviewed", Day(), "最近一次有人核对的日期。", 12)
_CONFIDENCE = Column("可信度", "confidence", Choice("confidence"), "未核实的会带标记，并写“以收单机构为准”。", 10, keeps=True)
_SCREEN_TEXTS = Column("屏幕提示", "screen_texts", Lines(), "一字不差地照抄终端上的字，最常见的排最前。", 28)
_WARNING = Column("红线提醒", "warning", Paragraphs(), "碰到钱、扣卡、防拆、结算就要写。第一行是命令，第二行写怎么查清。", 40)
_MYTHS = Column("常见误区", "myths", Blocks(MYTH), "常听到、但不该照做的说法。", 40)

COLUMNS: dict[str, tuple[Column, ...]] = {
    "fault": (
        Column("编号", "number", Number(), "条目的号，按它认出是哪一条。", 8),
        Column("类型", "kind", Choice("kind"), "这一条是哪一种。", 10, keeps=True),
        Column("标题", "title", OneLine(), "商户一听就认得的说法，20个字以内。", 30),
        Column("类别", "category", Choice("category"), "在目录里归到哪一类。", 14, keeps=True),
        Column("适用终端", "environments", Choices("environments", ordered=False), "哪几种终端用得上。", 16),
        _SCREEN_TEXTS,
        Column("商户说法", "aliases", Lines(), "商户嘴里的话，例如“不出票”“没信号”。", 24),
        Column("现象", "symptom", Paragraphs(), "什么时候出现，看到什么，一两句话。", 40),
        _WARNING,
        Column("原因和处理", "causes", Blocks(CAUSE), "每个原因怎么确认、谁来处理、一步一步怎么做；最常见的排最前。", 60),
        Column("整条的处理方法", "fixes", Blocks(FIX), "不分原因都要做的处理，写法和上一列一样，只是没有“原因：”。", 50),
        _MYTHS,
        Column("发给商户", "reply", Paragraphs(), "能直接发微信、短信的话：客气、完整、两三句。", 40),
        Column("转收单机构", "escalation", Paragraphs(), "都不行时打给谁，手上备好什么，一行一样。只写卡号后四位。", 40),
        Column("相关的码", "codes", Codes(), "和这一条有关的返回码。", 14),
        Column("相关条目", "related", Related(), "容易弄混的条目，以及怎么分清。", 36),
        _CONFIDENCE,
        _SOURCES,
        _STATUS,
        _REVIEWED,
    ),
    "code": (
        Column("码表", "scheme", Choice("scheme"), "是谁家的码表；和返回码一起认出是哪一条。", 12),
        Column("返回码", "code", OneLine(), "数字和大写字母，例如 97、A0、05；前面的0不能少，请把格子设成“文本”再写。", 8),
        Column("意思", "meaning", OneLine(), "一句话，20个字以内。", 28),
        Column("说明", "detail", Paragraphs(), "把意思说完整。", 40),
        Column("新旧码表", "generation", Choice("generation"), "银联新旧两张表里哪张有；不分新旧的空着。", 12),
        Column("旧表的意思", "old_meaning", OneLine(), "新旧两表意思不同才填。", 24),
        Column("新表的意思", "new_meaning", OneLine(), "新旧两表意思不同才填。", 24),
        _SCREEN_TEXTS,
        Column("别名", "aliases", Lines(once=True), "商户和外卡终端对这个码的说法，例如“余额不足”。", 24),
        Column("分类", "class", Choice("class"), "码表没给就空着，不要猜。", 14),
        Column("能不能重试", "retry", Choice("retry"), "还能不能再做一次。", 14, keeps=True),
        Column("谁来处理", "actors", Choices("actors"), "要动手的人，先动手的排最前。", 14),
        Column("留不留卡", "keep_card", YesNo(may_be_open=True), "写“是”也只按收单机构的书面规定办。", 10),
        _WARNING,
        Column("可以对持卡人说", "say", Paragraphs(), "收银员能照着念的话。", 36),
        Column("不要说", "dont_say", Lines(once=True), "一行一句。", 28),
        Column("问", "check", OneLine(), "电话里能问能看的一句话。", 30),
        Column("做", "steps", Lines(), "一行一步，按做的顺序写。", 40),
        Column("正常应该怎样", "expected", OneLine(), "做对了会看到什么。", 30),
        Column("注意", "note", Paragraphs(), "例外和容易出错的地方。", 36),
        _MYTHS,
        Column("容易弄混的码", "confused_with", Codes(), "别的码表里同号或相近、意思不同的码。", 14),
        _CONFIDENCE,
        _SOURCES,
        _STATUS,
        _REVIEWED,
    ),
    "term": (
        Column("术语", "name", OneLine(), "这个词，按它认出是哪一条。", 16),
        Column("拼音", "pinyin", OneLine(), "带声调，例如 qiāndào；多音字请核对。", 18),
        Column("别名", "aliases", Lines(once=True), "同一个意思的别的叫法。", 24),
        Column("解释", "definition", Paragraphs(), "两句话，收银员听得懂。", 50),
        _SOURCES,
        _STATUS,
        _REVIEWED,
    ),
    "synonym": (
        Column("组名", "name", OneLine(), "这一组的名字，按它认出是哪一组。", 20),
        Column("同义词", "words", Lines(once=True), "两个以上。先写条目里用的词，再写商户说的。", 40),
        Column("是牌子", "are_brands", YesNo(), "写“是”：机器和机构的牌子，查的时候略去，彼此不当同义词。", 10),
    ),
    "wording": (
        Column("说的是哪一条", "name", OneLine(), "条目写 fault:40，返回码写 code:cup:97，术语写 term:签到；按它认出是哪一份。", 20),
        Column("说法", "words", Lines(once=True), "照来电的人说的、别家屏幕上写的原样记。读者看不到，只用来找。", 60),
    ),
    "elsewhere": (
        Column("哪一类事", "name", OneLine(), "这一类事的名字，按它认出是哪一类。", 24),
        Column("说到这些词", "words", Lines(once=True), "只写一看就不归这里管的，例如“花呗”；条目里也会说的词不要写。", 40),
        Column("该找谁", "refer_to", OneLine(), "念给来电的人听，例如“发卡行客服，电话在卡背面”。", 40),
    ),
    "note": (
        Column("批注号", "number", Number(), "批注的号，按它认出是哪一条。", 8),
        Column("写在哪一条", "about", OneLine(), "条目写 fault:40，返回码写 code:cup:97，术语写 term:签到。", 20),
        Column("哪个原因", "cause", OneLine(), "写在条目的一个原因旁时，照抄那个原因；写在整条上的空着。", 24),
        Column("哪一步", "step", OneLine(), "写在一步旁时，照抄那一步；别的空着。", 40),
        Column("给谁看", "audience", Choice("audience"), "“内部”登录的同事才看得到；“可以念”读者也看得到，要复核。", 10, keeps=True),
        Column("批注", "text", Paragraphs(), "本台自己的话，一两句。", 60),
    ),
}


def headers_of(kind: str) -> list[str]:
    """The headers of a kind's sheet, from left to right."""
    return [column.header for column in COLUMNS[kind]]


def naming_headers(kind: str) -> list[str]:
    """The headers of the columns that name an item: no sheet of this kind may lack them."""
    return [column.header for column in COLUMNS[kind] if column.key in KEYS[kind]]
