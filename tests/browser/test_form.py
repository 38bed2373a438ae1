"""The form of an entry in a browser: what is wrong is one click away, rows come by keyboard, and nothing typed is lost."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.entry_forms import open_entry, press

NEW = "/admin/faults/fault/add/"


def written(page, name):
    """What stands in the rows' fields of this name, row by row."""
    return page.evaluate("name => [...document.querySelectorAll(`[name$='-${name}']:not([name*=__prefix__])`)].map(one => one.value)", name)


def paste(page, text):
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text", text);
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def copies(page) -> list[dict]:
    """What the browser keeps of forms."""
    return [json.loads(text) for key, text in page.evaluate("Object.entries(localStorage)") if key.startswith("posdesk:copy:")]


def wait_for_copy(page, text):
    page.wait_for_function("text => Object.values(localStorage).some(kept => kept.includes(text))", arg=text)


@pytest.fixture
def form(signed_in):
    """A page with an entry of several causes open, all folded."""
    open_entry(signed_in, 49)
    expect(signed_in.locator("#causes-group .desk-fold").first).to_be_visible()
    return signed_in


def test_after_a_refused_save_each_line_leads_to_its_field(form):
    page = form
    page.fill("#id_title", "")
    page.locator("#id_causes-2-fixes-0-steps").evaluate("field => field.value = ''")
    press(page, "保存")
    expect(page.locator("#mistakes")).to_be_focused()
    expect(page.locator("#mistakes")).to_contain_text("原因 3 › 处理方法 1 › 步骤：")
    expect(page.locator("#readiness")).not_to_contain_text("没有问题")
    expect(page.locator("#id_causes-0-title")).to_be_hidden()
    expect(page.locator("#id_causes-2-title")).to_be_visible()  # open by itself
    assert page.locator(".desk-contents a:has(b:not([hidden]))").all_inner_texts() == ["基本内容要改", "原因 4要改"]
    page.locator("#mistakes a").last.click()
    expect(page.locator("#id_causes-2-fixes-0-steps")).to_be_focused()
    page.locator("#readiness a").first.click()
    expect(page.locator("#id_title")).to_be_focused()


def test_a_red_line_names_what_crosses_it_and_leads_into_the_folded_cause(form):
    page = form
    page.locator("#causes-group summary").nth(1).focus()
    page.keyboard.press("Enter")
    page.fill("#id_causes-1-fixes-0-steps", "清流水后再结算。")
    page.locator("#causes-group summary").nth(1).click()
    expect(page.locator("#id_causes-1-title")).to_be_hidden()
    line = page.locator("#readiness .red a", has_text="清流水")
    expect(line).to_contain_text("（“清流水”）")
    line.click()
    expect(page.locator("#id_causes-1-fixes-0-steps")).to_be_focused()
    press(page, "保存并提交复核")
    expect(page.get_by_text("碰了红线，没有提交")).to_be_visible()
    expect(page.locator(".desk-state")).to_have_text("已发布；有一份修改还没提交")
    press(page, "丢弃修改")


def test_a_new_entry_is_written_by_keyboard(signed_in):
    page = signed_in
    page.goto(NEW)
    page.fill("#id_title", "键盘写的条目")
    page.select_option("#id_category", index=1)
    page.locator("[name=environments]").first.check()
    page.locator("#id_screen_texts-0-text").click()
    for text in ("屏一", "屏二", "屏三"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    page.locator("#id_aliases-0-text").click()
    paste(page, "说法一\n 说法二\r\n\n说法三")
    assert written(page, "text") == ["屏一", "屏二", "屏三", "", "说法一", "说法二", "说法三"]
    page.locator("#id_causes-0-title").click()
    for place in (0, 1):
        page.keyboard.type(f"原因{place}")
        page.fill(f"#id_causes-{place}-check_text", "是吗？")
        page.select_option(f"#id_causes-{place}-fixes-0-actor", index=1)
        page.fill(f"#id_causes-{place}-fixes-0-steps", f"处理{place}。")
        if not place:
            page.get_by_role("link", name="再加一个原因").click()
            expect(page.locator("#id_causes-1-title")).to_be_focused()
    expect(page.locator("#causes-data > .form-group:not(.empty-form) summary").last).to_contain_text("原因1 有可能 · 处理方法 1")
    expect(page.locator(".desk-contents a", has_text="商户说法").locator("span")).to_have_text("3")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("已保存。")).to_be_visible()
    assert written(page, "text") == ["屏一", "屏二", "屏三", "说法一", "说法二", "说法三"]
    assert copies(page) == []


def test_taking_out_a_new_row_leaves_what_the_others_say(form):
    page = form
    group = page.locator("#causes-group")
    before = len(written(page, "check_text"))
    for title in ("新甲", "新乙", "新丙"):
        group.get_by_role("link", name="再加一个原因").click()
        expect(page.locator(f"#id_causes-{len(written(page, 'check_text')) - 1}-title")).to_be_focused()
        page.keyboard.type(title)
        page.keyboard.press("Enter")
    page.locator("#causes-data > .form-group:not(.empty-form) > .form-row .delete-template").nth(1).press("Enter")
    titles = page.locator("[name^=causes-][name$='-title']:not([name*=__prefix__])")
    assert titles.evaluate_all("all => all.map(one => [one.name, one.value])")[before:] == [
        [f"causes-{before}-title", "新甲"],
        [f"causes-{before + 1}-title", "新丙"],
    ]
    assert page.locator("#id_causes-TOTAL_FORMS").input_value() == str(before + 2)


def test_what_was_typed_is_offered_again_with_card_numbers_covered(form):
    page = form
    page.fill("#id_symptom", "断电前写的，卡号6222 0212 3456 7890，码51、55、61、75、91、96、68。")
    page.locator("#aliases-group").get_by_role("link", name="再加一个").click()
    page.keyboard.type("断电前的说法")
    wait_for_copy(page, "断电前的说法")
    assert "6222" not in json.dumps(copies(page)) and "51、55、61、75、91、96、68" in json.dumps(copies(page), ensure_ascii=False)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#id_symptom")).not_to_have_value("断电前写的")
    press(page, "恢复没保存的内容")
    expect(page.locator("#mistakes")).to_contain_text("上次没保存的内容")
    expect(page.locator("#id_symptom")).to_have_value("断电前写的，卡号**** **** **** 7890，码51、55、61、75、91、96、68。")
    assert "断电前的说法" in written(page, "text")
    assert len(copies(page)) == 1
    open_entry(page, 49)
    expect(page.get_by_role("button", name="恢复没保存的内容")).to_have_count(1)
    press(page, "丢掉")
    assert copies(page) == []


def test_a_copy_goes_with_the_save_and_with_signing_out(form):
    page = form
    page.fill("#id_reply", "您好，先记下来的回复。")
    wait_for_copy(page, "先记下来的回复")
    press(page, "保存")
    expect(page.get_by_text("已保存为待发布的修改")).to_be_visible()
    assert copies(page) == []
    page.fill("#id_reply", "您好，后来又写的回复。")
    wait_for_copy(page, "后来又写的回复")
    press(page, "丢弃修改")  # another form of the page: what is typed is not sent
    page.locator("#nav-sidebar, nav", has_text="editor@example.cn").get_by_text("editor", exact=True).first.click()
    page.locator("#logout-form button").click()
    page.wait_for_url("**/logout/")
    assert copies(page) == []


def test_a_copy_is_not_written_over_what_others_saved_meanwhile(window):
    mine, theirs = window("bian"), window("fu")
    open_entry(mine, 21)
    mine.fill("#id_reply", "您好，断电前的回复。")
    wait_for_copy(mine, "断电前的回复")
    open_entry(theirs, 21)
    theirs.fill("#id_symptom", "别人写的现象。")
    press(theirs, "保存")
    expect(theirs.get_by_text("已保存为待发布的修改")).to_be_visible()
    mine.on("dialog", lambda dialog: dialog.accept())
    mine.reload()
    expect(mine.get_by_text("别人改过这一条")).to_be_visible()
    press(mine, "恢复没保存的内容")
    expect(mine.locator(".desk-clash")).to_contain_text("别人写的现象")
    expect(mine.locator("#id_reply")).to_have_value("您好，断电前的回复。")


def test_what_is_too_much_for_one_save_stays_on_the_page(signed_in):
    page = signed_in
    page.goto(NEW)
    page.fill("#id_symptom", "写得太多。")
    page.locator("#readiness").evaluate("box => box.dataset.most = '20'")
    press(page, "保存")
    expect(page.locator("#readiness")).to_contain_text("这一条太大了")
    expect(page.locator("#id_symptom")).to_have_value("写得太多。")
