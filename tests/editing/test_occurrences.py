"""Where a text stands in a row, and what the row says with another in its place."""

import pytest

from faults.editing.occurrences import pattern_of, places_in, where, with_places

ROW = {
    "number": 97,
    "title": "码97和197",
    "category": "97",
    "environments": ["97"],
    "owner": "97",
    "aliases": ["97", "报97了"],
    "causes": [{"title": "甲", "likelihood": "common", "check": "是97吗？", "fixes": [{"actor": "97", "steps": ["按97", "按键"]}]}],
    "related": [{"number": 97, "difference": "那一条是97"}],
}


def found(find, by="98", whole_words=False):
    return {place.name: place for place in places_in("fault", ROW, pattern_of(find, whole_words), by)}


def test_it_is_found_in_all_that_is_written_and_in_no_name_choice_or_link():
    assert list(found("97")) == ["title", "aliases.0", "aliases.1", "causes.0.check", "causes.0.fixes.0.steps.0", "related.0.difference"]


@pytest.mark.parametrize(
    ("find", "text", "count"),
    [
        ("97", "码97和197", 1),
        ("POS", "POS机 POSX 旧POS", 2),
        ("（旧）", "终端（旧）和（旧）款", 2),
        ("A+", "A+B A+", 2),
        ("签到", "再签到一次", 1),
    ],
)
def test_a_whole_word_ends_where_no_letter_or_digit_goes_on(find, text, count):
    assert len(pattern_of(find, whole_words=True).findall(text)) == count


def test_what_stands_in_its_place_is_taken_to_the_letter_and_what_becomes_empty_goes():
    assert found("97", r"\1\g<0>")["causes.0.check"].after == r"是\1\g<0>吗？"
    assert with_places(ROW, found("97", "").values())["aliases"] == ["报了"]


def test_only_what_is_chosen_changes():
    row = with_places(ROW, [found("97", whole_words=True)["causes.0.fixes.0.steps.0"]])
    assert row["causes"][0]["fixes"][0] == {"actor": "97", "steps": ["按98", "按键"]} and row["title"] == ROW["title"]
    assert ROW["causes"][0]["fixes"][0]["steps"] == ["按97", "按键"]


def test_a_place_is_said_in_words():
    assert where("fault", ("causes", 1, "fixes", 0, "steps", 2)) == ("原因 2", "处理方法 1", "步骤 3")
    assert where("term", ("definition",)) == ("解释",)
