"""The editors' desk in a browser: write, submit, approve, read; two at one entry; restore; merge; import; nothing typed is lost."""

import pytest
from playwright.sync_api import expect

from tests.browser.entry_forms import open_entry, press
from tests.editing.transfer import real_tables
from tests.servers.filled import PASSWORD


@pytest.fixture
def desk(window):
    """Opens the admin for somebody in a browser window of their own."""

    def opened(name):
        page = window(name)
        page.goto("/admin/")
        return page

    return opened


def test_write_submit_approve_read(desk):
    editor, reviewer = desk("bian"), desk("fu")
    open_entry(editor, 17)
    editor.fill("#id_symptom", "浏览器里写的现象。")
    editor.fill("#id_why", "商户这么说")
    press(editor, "保存并提交复核")
    expect(editor.get_by_text("已提交复核")).to_be_visible()
    editor.goto("/f/17/")
    expect(editor.locator("main")).not_to_contain_text("浏览器里写的现象。")
    reviewer.goto("/admin/")
    reviewer.locator(".desk-worklist a", has_text="17号").first.click()
    expect(reviewer.locator(".desk-diff ins").first).to_contain_text("浏览器里写的")
    expect(reviewer.locator(".desk-main")).to_contain_text("商户这么说")
    press(reviewer, "发布")
    expect(reviewer.get_by_text("已发布：")).to_be_visible()
    editor.goto("/f/17/")
    expect(editor.locator("main")).to_contain_text("浏览器里写的现象。")


def test_who_saves_second_sees_both_texts(desk):
    first, second = desk("bian"), desk("fu")
    open_entry(first, 18)
    open_entry(second, 18)
    first.fill("#id_symptom", "第一位写的现象。")
    press(first, "保存")
    expect(first.get_by_text("已保存为待发布的修改")).to_be_visible()
    second.fill("#id_reply", "第二位写的回复，您好。")
    press(second, "保存")
    expect(second.locator(".desk-clash")).to_contain_text("第一位写的")
    expect(second.locator("#id_reply")).to_have_value("第二位写的回复，您好。")
    second.fill("#id_symptom", "第一位写的现象。")
    press(second, "保存")
    expect(second.get_by_text("已保存为待发布的修改")).to_be_visible()
    expect(second.locator("#id_symptom")).to_have_value("第一位写的现象。")


def test_readiness_similar_entries_and_preview_follow_what_is_typed(desk):
    page = desk("bian")
    page.goto("/admin/faults/fault/add/")
    page.locator("#id_title").press_sequentially("无拨号音")
    expect(page.locator("#similar")).to_contain_text("118")
    open_entry(page, 40)
    page.fill("#id_warning", "")
    expect(page.locator("#readiness .red").first).to_contain_text("红线提醒")
    page.fill("#id_title", "预览里的标题")
    with page.expect_popup() as opened:
        press(page, "预览")
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("预览里的标题")
    expect(opened.value.locator(".preview")).to_be_visible()


def test_leaving_with_words_unsaved_is_warned_and_an_ended_session_loses_nothing(desk):
    page = desk("bian")
    open_entry(page, 19)
    page.fill("#id_symptom", "还没保存的现象。")
    page.context.clear_cookies()
    press(page, "保存")
    expect(page.locator("#readiness")).to_contain_text("登录已经过期")
    expect(page.locator("#id_symptom")).to_have_value("还没保存的现象。")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="在新窗口登录").click()
    opened.value.fill("[name=username]", "bian")
    opened.value.fill("[name=password]", PASSWORD)
    opened.value.press("[name=password]", "Enter")
    opened.value.wait_for_url("**/admin/")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    with page.expect_event("dialog"):
        page.evaluate("location.href = '/admin/'")
    assert asked == ["beforeunload"]
    press(page, "保存")
    expect(page.get_by_text("已保存为待发布的修改")).to_be_visible()


def test_an_old_version_is_compared_and_restored(desk):
    page = desk("guan")
    open_entry(page, 20)
    before = page.locator("#id_symptom").input_value()
    page.fill("#id_symptom", "要反悔的现象。")
    press(page, "保存并发布")
    expect(page.get_by_text("已发布：")).to_be_visible()
    page.get_by_role("link", name="历史").last.click()
    page.locator("input[name=from]").last.check()
    press(page, "对比")
    expect(page.locator(".desk-diff ins").first).to_contain_text("要反悔的")
    page.go_back()
    page.locator("tr", has_text="载入数据文件").get_by_role("button", name="恢复这一版").click()
    expect(page.get_by_text("旧版本已取回")).to_be_visible()
    expect(page.locator("#id_symptom")).to_have_value(before)


def test_two_entries_are_merged(desk, page):
    reader, page = page, desk("fu")
    open_entry(page, 22)
    page.get_by_role("link", name="并入别的条目").click()
    page.locator(".select2-selection").press("Enter")
    page.keyboard.type("开不了机")
    expect(page.locator(".select2-results__option--highlighted")).to_have_text("23号 开不了机")
    for key in ("Enter", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".desk-diff")).to_contain_text("商户说法")
    press(page, "把22号并入23号")
    expect(page.get_by_text("已并入")).to_be_visible()
    reader.goto("/22")
    reader.wait_for_url("**/f/23/")


def test_a_table_with_other_headings_says_above_its_columns_what_they_are(desk, tmp_path):
    """A narrow screen too: the table scrolls, the page doesn't."""
    page = desk("bian")
    page.set_viewport_size({"width": 390, "height": 844})
    file = tmp_path / "拉卡拉.xlsx"
    file.write_bytes(real_tables.with_a_title())
    page.goto("/admin/desk/transfer/")
    page.set_input_files("#id_file", file)
    press(page, "看计划")
    expect(page.get_by_label("第3列 含 义")).to_have_value("意思")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_label("是谁家的码表").select_option(label="快钱")
    page.get_by_label("第4列 处理办法").select_option("注意")
    press(page, "看计划")
    press(page, "导入这2条")
    expect(page.locator(".desk-ok")).to_contain_text("共2条")


def test_a_table_is_imported_with_its_plan_first(desk, tmp_path):
    page = desk("bian")
    file = tmp_path / "表.csv"
    file.write_text("编号,现象\n25,表格里来的现象。\n99999999,坏的\n", encoding="gbk")
    page.goto("/admin/desk/transfer/")
    page.set_input_files("#id_file", file)
    press(page, "看计划")
    expect(page.locator("#content, main").first).to_contain_text("修改 1")
    page.locator(".desk-plan summary", has_text="25号").click()
    expect(page.locator(".desk-diff")).to_contain_text("表格里来的现象。")
    press(page, "导入这1条")
    expect(page.locator(".desk-ok")).to_contain_text("共1条")
    open_entry(page, 25)
    expect(page.locator("#id_symptom")).to_have_value("表格里来的现象。")
