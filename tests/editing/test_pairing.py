"""Which old part became which new one: the identical first, then those of the same name, then the likest."""

import pytest
from hypothesis import given

from faults.editing.pairing import pair
from tests.editing.rows import BROKEN, FLAT, LOOSE, MYTH, PLUG, REPAIR, parts


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        (["甲", "乙"], ["乙", "甲"], [(1, 0), (0, 1)]),
        (["甲", "乙"], ["乙"], [(1, 0), (0, None)]),
        (["等灯亮。", "等灯亮。"], ["等灯亮。", "等灯亮。"], [(0, 0), (1, 1)]),
        (["重新插紧。", "插紧。"], ["再插紧。", "插紧。"], [(0, 0), (1, 1)]),  # the identical before the likest
        ([LOOSE, FLAT], [{**FLAT, "title": "线没插好"}], [(0, 0), (1, None)]),  # the title before check and likeness
        ([LOOSE], [{**BROKEN, "check": "灯亮着吗？"}], [(0, 0)]),
        ([PLUG], [{**PLUG, "actor": "acquirer", "note": "不拆机。"}], [(0, 0)]),
        ([PLUG], [REPAIR], [(None, 0), (0, None)]),
        ([MYTH], [{**MYTH, "claim": "再刷一次。"}], [(0, 0)]),
        ([{"number": 5, "difference": "看5。"}], [{"number": 6, "difference": "看5。"}], [(None, 0), (0, None)]),
    ],
)
def test_pair(old, new, pairs):
    assert pair(old, new) == pairs


def test_slugs_are_replaced_not_reworded():
    assert pair(["cup:97"], ["cup:96"], reworded=False) == [(None, 0), (0, None)]


@given(parts, parts)
def test_pair_takes_every_part_once(old, new):
    pairs = pair(old, new)
    assert [j for _, j in pairs if j is not None] == list(range(len(new)))
    assert sorted(i for i, _ in pairs if i is not None) == list(range(len(old)))
    assert {(j, i) for i, j in pairs} == set(pair(new, old))


@given(parts, parts)
def test_identical_parts_stay_together(old, new):
    kept = sum((old[i] == new[j]) for i, j in pair(old, new) if None not in (i, j))
    assert kept == sum(min(old.count(part), new.count(part)) for part in [p for n, p in enumerate(new) if p not in new[:n]])
