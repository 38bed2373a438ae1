"""Readers of Traditional characters: the page converted, what terminals show left to the letter, kept."""

import pytest
from django.core.cache import cache

from faults.traditional_chinese import convert, convert_cached


def test_text_and_names_are_converted_and_screens_are_not():
    page = '<h1 title="签购单">签购单</h1><samp class="lcd">打印机缺纸</samp><script src="/a.js">签</script><p>缺纸</p>'
    assert convert(page) == '<h1 title="簽購單">簽購單</h1><samp class="lcd">打印机缺纸</samp><script src="/a.js">签</script><p>缺紙</p>'


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("发卡行冲正", "發卡行沖正"),
        ("签不上，看标签", "簽不上，看標籤"),
        ("是不是只有这台", "是不是只有這台"),
        ("电压冲击", "電壓衝擊"),
        ("为准", "為準"),
    ],
)
def test_the_trades_words(simplified, traditional):
    assert convert(simplified) == traditional


def test_what_was_converted_is_kept():
    cache.clear()
    first = convert_cached("签到".encode())
    assert first.decode() == "簽到" and convert_cached("签到".encode()) == first
    assert first in [cache.get(key.removeprefix(":1:")) for key in cache._cache]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("header", "language"), [("zh-TW", "zh-Hant"), ("zh-HK", "zh-Hant"), ("zh-CN", "zh-Hans"), ("fr", "zh-Hans"), ("en-GB", "en")]
)
def test_the_browsers_language_is_enough(client, header, language):
    assert f'<html lang="{language}">' in client.get("/", headers={"accept-language": header}).content.decode()


@pytest.mark.django_db
def test_a_search_in_traditional_stays_one(client):
    shown = client.get("/search/?q=無撥號音", headers={"accept-language": "zh-TW"}).content.decode()
    assert "無撥號音" in shown and "撥號" in shown


@pytest.mark.django_db
def test_the_admin_stays_as_it_is_written(client, editor):
    client.force_login(editor)
    client.cookies.load({"language": "zh-hant"})
    assert "交易成功但不打单" in client.get("/admin/faults/fault/?q=40").content.decode()
