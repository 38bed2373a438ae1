"""Rows and parts that the tests of differences and pairing share, and strategies that make more."""

from hypothesis import strategies as st

from faults.editing.knowledge_files import SHAPES

PLUG = {
    "actor": "cashier",
    "steps": ["把插头拔下来。", "重新插紧。", "等灯亮。"],
    "expected": "灯亮了。",
    "otherwise": "换一条线。",
    "note": "",
}
REPAIR = {"actor": "acquirer", "steps": ["安排换机。"], "expected": "", "otherwise": "", "note": "不拆机。"}
LOOSE = {"title": "线没插好", "likelihood": "common", "check": "灯亮着吗？", "fixes": [PLUG]}
FLAT = {"title": "电池没电", "likelihood": "possible", "check": "充过电吗？", "fixes": []}
BROKEN = {"title": "机器坏了", "likelihood": "possible", "check": "换一台行不行？", "fixes": [REPAIR]}
MYTH = {"claim": "再刷一次就好。", "verdict": "会重复扣款。", "reason": "没出单不等于没成功。"}

# Few characters, so that likeness, repeated parts and moves are common.
texts = st.text("甲乙丙。", min_size=1, max_size=5)


def values(default):
    if isinstance(default, list):
        return st.lists(rows_of(default[0]) if default else texts, max_size=3)
    return {bool: st.booleans(), int: st.integers(0, 3)}.get(type(default), st.just("") | texts)


def rows_of(shape):
    return st.fixed_dictionaries({key: values(default) for key, default in shape.items()})


kinds_and_rows = st.sampled_from(["fault", "code", "term", "synonym", "wording", "elsewhere", "note"]).flatmap(
    lambda kind: st.tuples(st.just(kind), rows_of(SHAPES[kind]), rows_of(SHAPES[kind]) | st.just({}))
)
parts = st.lists(texts, max_size=6) | st.lists(rows_of({"title": "", "check": "", "steps": []}), max_size=4)
