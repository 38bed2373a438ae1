"""Reading the knowledge files: what is good, and what is refused with a sentence."""

import pytest
from django.conf import settings

from faults.editing.knowledge_files import OF_THE_DESK, SHAPES, KnowledgeError, in_current_shape, key_of, read_folder


def folder_with(tmp_path, name, text):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_our_own_files_are_good():
    rows = read_folder(settings.KNOWLEDGE_DIR).rows
    assert {kind for kind in rows if not rows[kind]} == OF_THE_DESK


def test_defaults_are_filled_in(tmp_path):
    row = read_folder(folder_with(tmp_path, "terms.yaml", "- {name: 签到, definition: 报到。}")).rows["term"][0]
    assert row["aliases"] == [] and row["status"] == "draft" and key_of("term", row) == "term:签到"


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("terms.yaml", "- {name: 签到, definition: x, colour: red}", "不认识的键“colour”"),
        ("terms.yaml", "- {name: 97, definition: x}", "要写成文字"),
        ("terms.yaml", "name: 签到", "最外层要是列表"),
        ("terms.yaml", "- 签到", "这里要写“键: 值”"),
        ("terms.yaml", "- {name: [", "不是能读的YAML"),
        ("terms.yaml", "- {name: 签到, definition: x}\n- {name: 签到, definition: y}", "出现了两次"),
        ("codes/cup.yaml", '- {scheme: cup, code: "97", retry: no}', "“retry”要写成文字"),
        ("codes/cup.yaml", "- {scheme: cup, code: '97', screen_texts: [97]}", "每一项都要是文字"),
        ("faults/x.yaml", "- {number: 1, causes: [{title: x, fixes: [{who: y}]}]}", "不认识的键“who”"),
    ],
)
def test_refused_with_a_sentence(tmp_path, name, text, sentence):
    with pytest.raises(KnowledgeError) as refused:
        read_folder(folder_with(tmp_path, name, text))
    assert sentence in "\n".join(refused.value.problems)


def test_a_file_that_is_not_utf8_is_refused(tmp_path):
    (tmp_path / "terms.yaml").write_bytes("- {name: 签到}".encode("gbk"))
    with pytest.raises(KnowledgeError, match="不是能读的"):
        read_folder(tmp_path)


def test_equal_knowledge_gives_equal_rows(tmp_path):
    text = "- {number: 1, environments: [%s], sources: [b, a]}"
    one = read_folder(folder_with(tmp_path, "faults/x.yaml", text % "x, y")).rows["fault"][0]
    two = read_folder(folder_with(tmp_path, "faults/x.yaml", text % "y, x")).rows["fault"][0]
    assert one == two


def test_a_row_of_an_earlier_version_gets_the_new_keys_and_loses_the_old():
    row = in_current_shape("term", {"name": "签到", "definition": "x", "colour": "red"})
    assert set(row) == set(SHAPES["term"]) and row["name"] == "签到" and row["aliases"] == []
