"""Sounds: pinyin typed in full, initials, homophones, and what dictation makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faults.search.ngrams import ngrams, sound_tokens, spoken
from faults.text import pinyin


@pytest.mark.parametrize(
    ("typed", "syllables"),
    [
        ("wubohaoyin", ("wu", "bo", "hao", "yin")),
        ("qiandao", ("qian", "dao")),
        ("jine", ("jin", "e")),
        ("lvse", ("lv", "se")),
        ("receipt", ()),
        ("mac", ()),
        ("wbhy", ()),
        ("x", ()),
    ],
)
def test_pinyin_is_told_from_words(typed, syllables):
    assert pinyin.spelled(typed) == syllables


def test_what_speakers_mix_up_is_the_same():
    assert pinyin.plain("zhong") == pinyin.plain("zon") and pinyin.plain("lü") == pinyin.plain("lv")


def test_a_character_keeps_all_its_usual_readings():
    assert {"zon", "con"} <= set(pinyin.readings("重")[0])


def test_initials_keep_latin_words():
    assert pinyin.initials("mac校验错").startswith("mac") and pinyin.initials("无拨号音") == "wbhy"


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [("wubohaoyin", "无拨号音"), ("无播号音", "无拨号音"), ("签道", "签到"), ("从正失败", "冲正失败"), ("mac cuo", "mac错")],
)
def test_what_sounds_alike_meets_in_the_index(typed, phrase):
    heard = {sound for ngram in ngrams(typed, frozenset({"mac"})) for sound in ngram.sounds}
    assert heard & set(sound_tokens(phrase))


def test_spoken_is_one_string():
    assert spoken("无拨号音") == spoken("wubohaoyin")


@given(st.text(max_size=80))
def test_any_text_has_cells_and_sounds(text):
    ngrams(text)
    sound_tokens(text)
    pinyin.initials(text)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=40))
def test_spelling_out_gives_back_what_was_typed(word):
    assert "".join(pinyin.spelled(word)) in ("", word)
