"""What a reviewer is told about two rows: every sort of change by example, and what must hold for any two rows."""

from collections import Counter
from copy import deepcopy

import pytest
from django.conf import settings
from hypothesis import assume, given
from hypothesis import strategies as st

from faults.editing.difference import Change, Difference, Piece, differences
from faults.editing.knowledge_files import SHAPES, UNORDERED, read_folder
from faults.editing.labels import LABELS, PARTS
from faults.editing.pairing import moved, pair
from tests.editing.rows import BROKEN, FLAT, LOOSE, MYTH, PLUG, REPAIR, kinds_and_rows, texts

ADDED, REMOVED, REWORDED, MOVED = Change.ADDED, Change.REMOVED, Change.REWORDED, Change.MOVED
NAMES = {
    "status": {"draft": "草稿", "published": "已发布"},
    "actor": {"cashier": "收银员", "acquirer": "收单机构"},
    "likelihood": {"common": "最常见", "possible": "有可能"},
    "environments": {"all": "所有终端", "smart": "智能POS"},
}
ENTRY = {
    "number": 58,
    "title": "开不了机",
    "environments": ["all"],
    "aliases": ["没电了", "打不开机器", "黑屏"],
    "causes": [LOOSE, FLAT, BROKEN],
    "myths": [MYTH],
    "related": [{"number": 5, "difference": "亮了又灭，看5。"}],
}


def changed(**values):
    return {**ENTRY, **values}


def loose(**values):
    return changed(causes=[{**LOOSE, **values}, FLAT, BROKEN])


def plug(**values):
    return loose(fixes=[{**PLUG, **values}])


CASES = {
    "field reworded": (changed(title="机器开不了机"), [(("标题",), REWORDED, "开不了机", "机器开不了机")]),
    "field added": (changed(symptom="按了没反应。"), [(("现象",), ADDED, "", "按了没反应。")]),
    "field removed": (changed(title=""), [(("标题",), REMOVED, "开不了机", "")]),
    "choice in words": (changed(status="published"), [(("状态",), REWORDED, "草稿", "已发布")]),
    "choice without words": (changed(kind="notice"), [(("类型",), REWORDED, "fault", "notice")]),
    "default written out": (changed(status="draft", symptom="", codes=[], merged_into=0, owner=""), []),
    "what only the database knows": (
        changed(owner="王芳", review_due="2027-05-21", merged_into=40),
        [(("下次复核",), ADDED, "", "2027-05-21"), (("负责人",), ADDED, "", "王芳"), (("并入",), ADDED, "", "40")],
    ),
    "text of a list added": (
        changed(aliases=["没电了", "按了没反应", "打不开机器", "黑屏"]),
        [(("商户说法 2",), ADDED, "", "按了没反应")],
    ),
    "text of a list removed": (changed(aliases=["没电了", "黑屏"]), [(("商户说法 2",), REMOVED, "打不开机器", "")]),
    "text of a list reworded": (
        changed(aliases=["没电了", "机器打不开", "黑屏"]),
        [(("商户说法 2",), REWORDED, "打不开机器", "机器打不开")],
    ),
    "text of a list moved": (
        changed(aliases=["黑屏", "没电了", "打不开机器"]),
        [(("商户说法 1：黑屏",), MOVED, "第3个", "第1个")],
    ),
    "text of a list moved and reworded": (
        changed(aliases=["打不开机器", "黑屏", "快没电了"]),
        [(("商户说法 3：快没电了",), MOVED, "第1个", "第3个"), (("商户说法 3",), REWORDED, "没电了", "快没电了")],
    ),
    "text of a list replaced": (
        changed(aliases=["没电了", "充不进去", "黑屏"]),
        [(("商户说法 2",), ADDED, "", "充不进去"), (("商户说法 2",), REMOVED, "打不开机器", "")],
    ),
    "reference replaced": (
        changed(environments=["smart"]),
        [(("适用终端",), ADDED, "", "智能POS"), (("适用终端",), REMOVED, "所有终端", "")],
    ),
    "cause moved": (changed(causes=[BROKEN, LOOSE, FLAT]), [(("原因 1：机器坏了",), MOVED, "第3个", "第1个")]),
    "cause inserted before others": (
        changed(causes=[{"title": "受潮了", "check": "沾过水吗？"}, LOOSE, FLAT, BROKEN]),
        [(("原因 1：受潮了",), ADDED, "", "原因：受潮了\n多不多见：有可能\n怎么确认：沾过水吗？")],
    ),
    "cause removed with its fixes": (
        changed(causes=[FLAT, BROKEN]),
        [
            (
                ("原因 1：线没插好",),
                REMOVED,
                "原因：线没插好\n多不多见：最常见\n怎么确认：灯亮着吗？\n处理方法 1\n谁来处理：收银员\n"
                "步骤：\n1. 把插头拔下来。\n2. 重新插紧。\n3. 等灯亮。\n正常应该怎样：灯亮了。\n不是这样：换一条线。",
                "",
            )
        ],
    ),
    "cause with a new title": (loose(title="插头松了"), [(("原因 1：插头松了", "原因"), REWORDED, "线没插好", "插头松了")]),
    "cause with a new check": (loose(check="插头紧吗？"), [(("原因 1：线没插好", "怎么确认"), REWORDED, "灯亮着吗？", "插头紧吗？")]),
    "cause moved, its check reworded": (
        changed(causes=[{**BROKEN, "check": "换一台行吗？"}, LOOSE, FLAT]),
        [
            (("原因 1：机器坏了",), MOVED, "第3个", "第1个"),
            (("原因 1：机器坏了", "怎么确认"), REWORDED, "换一台行不行？", "换一台行吗？"),
        ],
    ),
    "fix added": (
        loose(fixes=[PLUG, REPAIR]),
        [(("原因 1：线没插好", "处理方法 2"), ADDED, "", "谁来处理：收单机构\n步骤：\n1. 安排换机。\n注意：不拆机。")],
    ),
    "fix for somebody else": (
        plug(actor="acquirer"),
        [(("原因 1：线没插好", "处理方法 1", "谁来处理"), REWORDED, "收银员", "收单机构")],
    ),
    "step reworded": (
        plug(steps=["先把插头拔下来。", "重新插紧。", "等灯亮。"]),
        [(("原因 1：线没插好", "处理方法 1", "步骤 1"), REWORDED, "把插头拔下来。", "先把插头拔下来。")],
    ),
    "steps moved": (
        plug(steps=["等灯亮。", "把插头拔下来。", "重新插紧。"]),
        [(("原因 1：线没插好", "处理方法 1", "步骤 1：等灯亮。"), MOVED, "第3个", "第1个")],
    ),
    "fix of the whole entry": (
        changed(fixes=[REPAIR]),
        [(("整条的处理方法 1",), ADDED, "", "谁来处理：收单机构\n步骤：\n1. 安排换机。\n注意：不拆机。")],
    ),
    "myth": (
        changed(myths=[{**MYTH, "verdict": "会扣两次。"}]),
        [(("常见误区 1：再刷一次就好。", "一句话结论"), REWORDED, "会重复扣款。", "会扣两次。")],
    ),
    "link says something else": (
        changed(related=[{"number": 5, "difference": "亮了再灭，看5。"}]),
        [(("相关条目 5", "怎么分清"), REWORDED, "亮了又灭，看5。", "亮了再灭，看5。")],
    ),
    "link to another entry": (
        changed(related=[{"number": 6, "difference": "亮了又灭，看6。"}]),
        [
            (("相关条目 6",), ADDED, "", "相关条目：6\n怎么分清：亮了又灭，看6。"),
            (("相关条目 5",), REMOVED, "相关条目：5\n怎么分清：亮了又灭，看5。", ""),
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_of_an_entry(name):
    after, expected = CASES[name]
    assert differences("fault", ENTRY, after, NAMES) == [Difference(*one) for one in expected]


@pytest.mark.parametrize(
    ("kind", "before", "after", "expected"),
    [
        ("code", {"code": "97", "keep_card": False}, {"code": "97", "keep_card": True}, (("留不留卡",), REWORDED, "否", "是")),
        ("code", {"check": "屏上写什么？"}, {"check": "屏上写的什么？"}, (("问",), REWORDED, "屏上写什么？", "屏上写的什么？")),
        ("code", {"actors": ["cashier"]}, {"actors": ["cashier", "issuer"]}, (("谁来处理 2",), ADDED, "", "issuer")),
        ("code", {"actors": ["a", "b"]}, {"actors": ["b", "a"]}, (("谁来处理 2：a",), MOVED, "第1个", "第2个")),
        ("term", {"aliases": ["登到"]}, {"aliases": []}, (("别名 1",), REMOVED, "登到", "")),
        ("synonym", {"words": ["终端", "机子"]}, {"words": ["终端", "机子", "机具"]}, (("词 3",), ADDED, "", "机具")),
        ("wording", {"words": ["没电"]}, {"words": ["没电", "黑屏了"]}, (("说法 2",), ADDED, "", "黑屏了")),
        ("elsewhere", {"refer_to": "发卡行"}, {"refer_to": "发卡行客服"}, (("请找谁",), REWORDED, "发卡行", "发卡行客服")),
    ],
)
def test_of_other_kinds(kind, before, after, expected):
    assert expected in [(one.where, one.change, one.before, one.after) for one in differences(kind, before, after)]


def test_lists_without_an_order_are_not_moved():
    row = {key: ["a", "b"] for key in UNORDERED}
    turned = {key: ["b", "a"] for key in UNORDERED}
    assert differences("fault", row, turned) == differences("code", row, turned) == []


def test_only_the_fewest_are_moved():
    pairs = pair(list("甲乙丙丁戊"), list("戊甲乙丁丙"))
    assert moved(pairs) in ({0, 3}, {0, 4})
    assert moved(pair(list("甲乙丙丁戊"), list("戊丁丙乙甲"))) == {0, 1, 3, 4}  # only one can stay: the one whose place is the same


def test_a_part_in_the_same_place_among_others_is_not_said_to_go_there():
    told = differences("term", {"aliases": list("甲乙丙丁戊")}, {"aliases": list("丁戊丙甲乙")})
    assert [(one.before, one.after) for one in told if "丙" in one.where[0]] == [("第3个", "还是第3个，前后换了")]


@pytest.mark.parametrize("kind", SHAPES)
def test_every_key_has_a_label(kind):
    assert SHAPES[kind].keys() <= LABELS[kind].keys()
    for key in PARTS.keys() & SHAPES[kind].keys():
        assert SHAPES[kind][key][0].keys() <= LABELS[PARTS[key]].keys()


def words_of(value):
    """Everything that a row says."""
    if isinstance(value, dict | list):
        return [word for inner in (value.values() if isinstance(value, dict) else value) for word in words_of(inner)]
    return [value] if value and isinstance(value, str) else []


@pytest.fixture(scope="module")
def knowledge():
    return read_folder(settings.KNOWLEDGE_DIR).rows


@pytest.mark.parametrize("kind", SHAPES)
def test_all_that_a_new_item_says_is_added_and_all_that_a_deleted_one_said_is_removed(kind, knowledge):
    for row in knowledge[kind]:
        new, gone = differences(kind, {}, row), differences(kind, row, {})
        assert {one.change for one in new} == {ADDED} and {one.change for one in gone} == {REMOVED}
        assert [one.after for one in new] == [one.before for one in gone]
        said = "\n".join(one.after for one in new)
        assert not [word for word in words_of(row) if word not in said]


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("重新插紧。", "重新插紧，等灯亮。", [("重新插紧", None), ("，等灯亮", ADDED), ("。", None)]),
        ("先断电，再拔线。", "先关机，再拔线。", [("先", None), ("断电", REMOVED), ("关机", ADDED), ("，再拔线。", None)]),
        ("请他联系银行", "请持卡人先联系发卡行", [("请", None), ("他联系银", REMOVED), ("持卡人先联系发卡", ADDED), ("行", None)]),
        ("", "没电了", [("没电了", ADDED)]),
        ("没电了", "", [("没电了", REMOVED)]),
        ("甲子乙丑丙", "一子二丑三", [("甲子乙丑丙", REMOVED), ("一子二丑三", ADDED)]),
    ],
)
def test_pieces(before, after, pieces):
    assert Difference((), REWORDED, before, after).pieces == [Piece(*one) for one in pieces]


def in_any_order(row):
    return {key: sorted(value) if key in UNORDERED else value for key, value in row.items()}


@given(kinds_and_rows)
def test_a_row_does_not_differ_from_itself(rows):
    kind, row, other = rows
    assert differences(kind, row, deepcopy(row)) == differences(kind, other, dict(other)) == []


@given(kinds_and_rows)
def test_nothing_changes_unseen(rows):
    kind, one, other = rows
    assume(other)  # an item that isn't there and one that says nothing are the same to the reader
    assert bool(differences(kind, one, other)) == (in_any_order(one) != in_any_order(other))


@given(kinds_and_rows)
def test_backwards_what_was_added_is_removed(rows):
    kind, one, other = rows
    there, back = differences(kind, one, other), differences(kind, other, one)
    opposite = {ADDED: REMOVED, REMOVED: ADDED, REWORDED: REWORDED}
    assert Counter((opposite[d.change], d.after, d.before) for d in there if d.change in opposite) == Counter(
        (d.change, d.before, d.after) for d in back if d.change in opposite
    )
    assert sum(d.change is MOVED for d in there) == sum(d.change is MOVED for d in back)


@given(kinds_and_rows)
def test_pieces_join_to_both_texts(rows):
    for one in differences(*rows):
        assert "".join(piece.text for piece in one.pieces if piece.change != ADDED) == one.before
        assert "".join(piece.text for piece in one.pieces if piece.change != REMOVED) == one.after


@given(st.text("甲乙丙丁", max_size=40), st.text("甲乙丙丁", max_size=40))
def test_pieces_are_no_confetti(before, after):
    pieces = Difference((), REWORDED, before, after).pieces
    assert not [piece for piece in pieces[1:-1] if piece.change is None and len(piece.text) <= 2]
    assert all(one.change != next_.change for one, next_ in zip(pieces, pieces[1:], strict=False))


@given(st.lists(texts, min_size=2, max_size=8, unique=True), st.data())
def test_one_moved_part_is_one_difference(names, data):
    place = st.integers(0, len(names) - 1)
    start, end = data.draw(place), data.draw(place)
    turned = [*names]
    turned.insert(end, turned.pop(start))
    for key, listed in (("aliases", str), ("causes", lambda name: {"title": name})):
        found = differences("fault", {key: [*map(listed, names)]}, {key: [*map(listed, turned)]})
        assert [one.change for one in found] == [MOVED] * (start != end)
