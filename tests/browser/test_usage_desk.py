"""From a search that found nothing to what is done about it, in a browser: the reader's page, the list, one click, the desk's own forms."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations

# Searches in an alphabet that nothing here is written in: whatever wordings there are, nothing is near.
WAIT = 60  # seconds; what readers do is written within one or two


@pytest.fixture
def editor(window):
    """An editor's window, beside the reader's."""
    return window("bian")


def row_of(page, text, name="nothing"):
    """The row of the list, once what the reader did is written down."""
    row, until = page.locator("tr", has_text=text), time.monotonic() + WAIT
    while True:
        page.goto(f"/admin/desk/usage/{name}/")
        if row.count() or time.monotonic() > until:
            expect(row).to_be_visible()
            return row
        page.wait_for_timeout(300)


def asked(page, text):
    page.goto(f"/search/?q={text}")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def gone(page, text, name="nothing"):
    page.goto(f"/admin/desk/usage/{name}/")
    expect(page.locator("h2", has_text="每天查几次")).to_be_visible()
    expect(page.locator("tr", has_text=text)).to_have_count(0)


def test_a_search_in_vain_becomes_an_alias(page, editor):
    asked(page, "ζηθξα")
    row_of(editor, "ζηθξα").get_by_role("link", name="加成商户说法").click()
    expect(editor.locator("#id_text")).to_have_value("ζηθξα")
    editor.fill("#id_text", "打印机嗡嗡响")
    editor.press("#id_text", "Enter")
    expect(editor.locator("button[name=offered]").first).to_be_visible()
    expect(editor.locator("#id_text")).to_have_value("打印机嗡嗡响")
    chosen(editor, "34号")
    press(editor, "加到这一条")
    expect(editor.get_by_text("已加上“打印机嗡嗡响”")).to_be_visible()
    expect(editor.locator(".desk-diff ins").first).to_contain_text("打印机嗡嗡响")
    gone(editor, "ζηθξα")


def test_one_press_adds_the_words_to_an_entry_that_is_near(page, editor):
    asked(page, "打印机卡纸紫霄殿")
    editor.goto("/admin/desk/usage/alias/?text=打印机卡纸紫霄殿")
    press(editor, "加到34号")
    expect(editor.get_by_text("已加上“打印机卡纸紫霄殿”")).to_be_visible()


def test_a_search_in_vain_becomes_a_wording(page, editor):
    """Of what has its list already: that opens, there or in the place of a new one, with the words behind those it has."""
    asked(page, "ζηθξβ")
    row_of(editor, "ζηθξβ").get_by_role("link", name="加成说法").click()
    chosen(editor, "34号")
    press(editor, "打开它的说法")
    expect(editor.locator("#id_words")).to_have_value(re.compile("\nζηθξβ$"))
    press(editor, "保存")
    expect(editor.get_by_text("已保存。")).to_be_visible()
    gone(editor, "ζηθξβ")
    editor.goto("/admin/faults/wording/add/?words=ζηθξγ")
    chosen(editor, "34号")
    press(editor, "保存")
    expect(editor.locator("#id_words")).to_have_value(re.compile("\nζηθξβ\nζηθξγ$"))
    press(editor, "保存")
    expect(editor.get_by_text("已保存。")).to_be_visible()


def chosen(editor, entry):
    editor.locator(".select2-selection").press("Enter")
    editor.locator(".select2-search__field").fill("打印机卡纸")
    editor.locator(".select2-results__option", has_text=entry).click()


def test_a_search_in_vain_becomes_a_synonym(page, editor):
    asked(page, "ζηθξδ")
    row_of(editor, "ζηθξδ").get_by_role("link", name="加成同义词").click()
    expect(editor.locator("#id_name")).to_have_value("ζηθξδ")
    editor.fill("#id_words", "蜂鸣声\nζηθξδ")
    press(editor, "保存")
    expect(editor.get_by_text("已发布：")).to_be_visible()
    gone(editor, "ζηθξδ")


def test_a_search_in_vain_becomes_a_draft_with_it_as_its_symptom(page, editor):
    asked(page, "ζηθξε")
    row_of(editor, "ζηθξε").get_by_role("link", name="写成草稿").click()
    expect(editor.locator("#id_symptom")).to_have_value("ζηθξε")
    editor.fill("#id_title", "机器冒烟")
    editor.locator("#id_category").select_option(index=1)
    editor.locator("[name=environments]").first.check()
    press(editor, "保存")
    expect(editor.get_by_text("已保存。")).to_be_visible()
    expect(editor.locator("#id_symptom")).to_have_value("ζηθξε")
    gone(editor, "ζηθξε")


def test_a_search_in_vain_becomes_a_judgment(page, editor):
    asked(page, "ζηθξκ")
    row_of(editor, "ζηθξκ").get_by_role("link", name="应该找到").click()
    expect(editor.locator("#id_query")).to_have_value("ζηθξκ")
    editor.locator(".select2-selection").first.click()
    editor.locator(".select2-search__field").fill("118")
    editor.locator(".select2-results__option", has_text="118号").first.click()
    press(editor, "保存")
    expect(editor.get_by_text("不在前3条").first).to_be_visible()
    gone(editor, "ζηθξκ")
    editor.goto("/admin/faults/judgment/")
    press(editor, "现在都查一遍")
    expect(editor.get_by_text("都查了一遍")).to_be_visible()


def test_a_search_in_vain_that_is_nobodys_business_is_taken_off(page, editor):
    asked(page, "ζηθξλ")
    row_of(editor, "ζηθξλ").get_by_role("button", name="不用管").click()
    expect(editor.locator("tr", has_text="ζηθξλ")).to_have_count(0)
    asked(page, "ζηθξλ")
    row_of(editor, "ζηθξλ")


def test_the_plot_is_drawn_and_its_figures_can_be_read(page, editor):
    asked(page, "ζηθξν")
    row_of(editor, "ζηθξν")
    drawn = "canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(value => value)"
    editor.wait_for_function(f"({drawn})(document.querySelector('canvas.chart'))")
    expect(editor.locator("details .desk-table")).not_to_be_visible()
    editor.locator("summary", has_text="看数字").click()
    expect(editor.locator("details .desk-table tbody tr").first).to_be_visible()


def test_axe_finds_nothing_in_what_is_ours(page, editor):
    asked(page, "ζηθξμ")
    row_of(editor, "ζηθξμ")
    wrong = []
    for address in ("usage/", "usage/alias/?text=不出票", "usage/wording/?text=不出票", "lists/newest/"):
        for look in ("light", "dark"):
            editor.emulate_media(color_scheme=look, reduced_motion="reduce")
            editor.goto(f"/admin/desk/{address}")
            wrong += [f"{address} {look}: {said}" for said in violations(editor, within="#content, .desk-usage, .desk-alias, .desk-box")]
    assert not wrong, "\n".join(wrong)
