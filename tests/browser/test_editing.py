"""An editor in a browser: opens an entry, changes it, drags, saves, looks at it on the site."""

from playwright.sync_api import expect


def open_entry(page, number):
    page.goto(f"/admin/faults/fault/?q={number}")
    page.locator("#result_list").get_by_role("link", name=str(number), exact=True).first.click()
    page.wait_for_url("**/change/**")


def publish(page):
    page.get_by_role("button", name="保存并发布").click()
    expect(page.get_by_text("已发布：")).to_be_visible()


def test_change_and_view_on_site(signed_in):
    page = signed_in
    open_entry(page, 119)
    page.fill("#id_symptom", "编辑在浏览器里改的现象。")
    publish(page)
    expect(page.locator("#id_symptom")).to_have_value("编辑在浏览器里改的现象。")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="读者看到的样子").click()
    expect(opened.value.locator("main")).to_contain_text("编辑在浏览器里改的现象。")


def test_screen_texts_are_put_in_order_by_dragging(signed_in):
    page = signed_in
    open_entry(page, 40)
    inputs = page.locator("#screen_texts-group input[type=text][name$='-text']:visible")
    first = inputs.first.input_value()
    handles = page.locator("#screen_texts-group [x-sort\\:handle]:visible")
    handles.nth(1).scroll_into_view_if_needed()
    handles.nth(0).drag_to(inputs.nth(1), target_position={"x": 5, "y": 30})
    expect(inputs.nth(1)).to_have_value(first)
    publish(page)
    expect(page.locator("#screen_texts-group input[type=text][name$='-text']:visible").nth(1)).to_have_value(first)


def test_a_cause_and_its_fix_are_added_on_the_same_page(signed_in):
    page = signed_in
    open_entry(page, 119)
    checks = page.locator("[name^='causes-'][name$='-check_text']:not([name*=__prefix__])")
    before = checks.count()
    page.locator("#causes-group").get_by_role("link", name="再加一个原因").click()
    page.locator("[name^='causes-'][name$='-title']:visible").last.fill("浏览器里加的原因")
    page.locator("[name^='causes-'][name$='-check_text']:visible").last.fill("真的吗？")
    publish(page)
    expect(checks).to_have_count(before + 1)
    page.goto("/f/119/")
    expect(page.locator("main")).to_contain_text("浏览器里加的原因")


def test_a_row_is_moved_by_keyboard(signed_in):
    page = signed_in
    open_entry(page, 41)
    inputs = page.locator("#aliases-group input[type=text][name$='-text']:visible")
    if not inputs.count():
        page.get_by_role("link", name="商户说法").first.click()
    first, second = (inputs.nth(place).input_value() for place in (0, 1))
    inputs.nth(1).press("Alt+ArrowUp")
    expect(inputs.nth(0)).to_have_value(second)
    expect(inputs.nth(0)).to_be_focused()
    publish(page)
    if not inputs.count():
        page.get_by_role("link", name="商户说法").first.click()
    assert [inputs.nth(place).input_value() for place in (0, 1)] == [second, first]
