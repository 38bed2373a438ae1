"""The main job in a browser: a merchant's words in, what to do out."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from faults.editing.describe import describe
from faults.models import Fault
from tests.budget import either
from tests.servers.working import on

SAID = [("无拨号音", "/f/118/", "拨号音"), ("不出票", "/f/40/", "交易成功但不打单"), ("返回码97", "/codes/97/", "终端号没登记")]


def test_type_see_open(page):
    for said, address, first_words in SAID:
        page.goto("/")
        expect(page.locator("#q")).to_be_focused()
        page.keyboard.type(said)
        expect(page.locator("#suggestions [role=option]").first).to_contain_text(first_words)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{address}*")
        expect(page.get_by_role("heading", level=1)).to_contain_text(first_words)
        expect(page.locator(".ask dd").first).to_be_visible()
        expect(page.locator(".steps li").first).to_be_visible()
        expect(page.locator(".who").first).to_be_visible()


def test_one_cause_at_a_time_then_the_escalation(page):
    page.goto("/f/40/")
    causes = page.locator(".cause")
    count = causes.count()
    expect(page.locator(".cause:visible")).to_have_count(1)
    for place in range(count - 1):
        causes.nth(place).get_by_role("link", name="还不行").click()
        expect(causes.nth(place + 1)).to_be_visible()
        expect(causes.nth(place)).to_be_hidden()
    causes.nth(count - 1).get_by_role("link", name="都不行").click()
    expect(page.locator("#esc")).to_be_in_viewport()


def test_all_causes_at_once(page):
    page.goto("/f/40/")
    page.get_by_label("全部列出").check()
    expect(page.locator(".cause:visible")).to_have_count(page.locator(".cause").count())


def test_ticked_steps_go_into_the_block_for_the_acquirer(page):
    page.goto("/f/40/")
    step = page.locator(".cause").first.locator(".steps label").first
    step.click()
    assert step.inner_text().strip().rstrip("。") in page.locator("#esc").input_value()


def test_copying_says_so(page, context, base_url):
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=base_url)
    page.goto("/f/40/")
    page.locator("[data-copy='#reply']").click()
    expect(page.locator("[data-copy='#reply']")).to_contain_text("已复制")
    expect(page.locator("#say")).to_have_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#reply").inner_text()


def test_an_entrys_link_is_copied_with_its_number_and_title(page, context, base_url):
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=base_url)
    for address, copied in (("/f/40/", f"40号 交易成功但不打单 {base_url}/40"), ("/codes/97/", f"返回码97 终端号没登记 {base_url}/c/97")):
        page.goto(address)
        page.get_by_role("button", name="复制链接").click()
        expect(page.locator("#say")).to_have_text("已复制")
        assert page.evaluate("navigator.clipboard.readText()") == copied


def test_on_a_phone_causes_have_words_and_the_menu_opens_where_it_is(browser, base_url):
    """Without a script, too. The cause that is shown stays in sight."""
    context = browser.new_context(java_script_enabled=False, base_url=base_url, locale="zh-CN", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto("/f/40/")
    expect(page.locator(".causes .t").first).to_be_visible()
    page.locator(".menu summary").click()
    page.get_by_role("navigation", name="菜单").get_by_role("link", name="术语").click()
    page.wait_for_url("**/terms/")
    context.close()


def test_in_a_low_window_nothing_stands_over_the_first_question(page):
    """As at 200 % on a small screen."""
    page.set_viewport_size({"width": 640, "height": 400})
    page.goto("/f/40/")
    positions = page.evaluate("['.bar', '.next'].map(one => getComputedStyle(document.querySelector(one)).position)")
    assert positions == ["static", "static"]
    expect(page.locator(".ask").first).to_be_in_viewport()


def test_slash_and_arrows(page):
    page.goto("/search/?q=不出票")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".hits h2 a").nth(1)).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()


def test_a_card_number_is_covered_in_the_page_and_its_address(page):
    page.goto("/")
    page.fill("#q", "6222 0212 3456 7890")
    page.press("#q", "Enter")
    page.wait_for_url("**/search/**")
    assert "3456" not in page.url and "622202" not in page.content()


def test_dark_is_chosen_and_kept(page):
    page.goto("/")
    page.get_by_role("button", name="暗").click()
    page.goto("/codes/97/")
    assert page.evaluate("getComputedStyle(document.body.parentElement).colorScheme") == "dark"


def test_the_language_switch(page):
    page.goto("/codes/97/")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("/codes/97/")


def test_no_page_scrolls_sideways(page):
    wide = []
    for path in ("/", "/search/?q=不出票", "/f/40/", "/f/112/", "/codes/", "/codes/97/", "/terms/", "/f/"):
        page.goto(path)
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            wide += [(path, width)] if page.evaluate("document.documentElement.scrollWidth") > width else []
    assert not wide


def test_no_page_logs_an_error_or_asks_another_host(page, base_url):
    faults, path = [], ""
    page.on("console", lambda message: faults.append((path, message.text)) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append((path, str(error))))
    page.on("request", lambda asked: None if asked.url.startswith((base_url, "data:")) else faults.append((path, asked.url)))
    for path in ("/", "/search/?q=不出票", "/f/40/", "/codes/97/", "/codes/", "/admin/login/"):  # noqa: B007 (the listeners say it)
        page.goto(path)
    assert not faults


def test_without_a_script_everything_is_there(browser, base_url):
    context = browser.new_context(java_script_enabled=False, base_url=base_url, locale="zh-CN")
    page = context.new_page()
    page.goto("/")
    page.fill("#q", "不出票")
    page.press("#q", "Enter")
    page.click(".hits h2 a >> nth=0")
    expect(page.locator(".cause:visible")).to_have_count(1)
    page.click("text=还不行，下一个原因 >> nth=0")
    expect(page.locator("#c2")).to_be_visible()
    context.close()


def test_a_term_is_explained_where_it_stands_by_mouse_and_keyboard(page):
    page.goto("/f/40/")
    term = page.locator("a.term").first
    explained = page.locator(f"{term.get_attribute('href')} + dd").text_content()
    term.click()
    expect(page.locator(".gloss")).to_have_text(explained)
    expect(page.locator("#say")).to_have_text(explained)
    expect(term).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator(".gloss")).to_have_count(0)
    expect(term).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(".gloss")).to_be_visible()
    assert page.url.endswith("/f/40/")
    expect(page.locator(".steps input:checked")).to_have_count(0)  # the term stands in a step, which is not ticked by it


def test_a_call_by_keyboard(page):
    page.goto("/f/40/")
    page.keyboard.press("n")
    expect(page.locator("#c2")).to_be_visible()
    page.keyboard.press("4")
    expect(page.locator("#c4 h3")).to_be_focused()
    page.keyboard.press("n")
    expect(page.locator("#esc")).to_be_in_viewport()
    page.keyboard.press("/")
    page.keyboard.type("n1")  # typed words are no commands
    expect(page.locator("#q")).to_have_value("n1")


def test_what_was_ruled_out_goes_into_the_block_too(page):
    page.goto("/f/40/")
    first = page.locator(".causes .t").first.inner_text()
    page.keyboard.press("n")
    assert page.locator("#esc").input_value().endswith(f"已做：不是：{first}")
    page.keyboard.press("1")
    page.keyboard.press("y")  # it was that after all
    expect(page.locator("#c1").get_by_role("status")).to_contain_text("记下了")
    assert page.locator("#esc").input_value().endswith("已做：")


def test_what_the_agent_writes_into_the_block_stays(page):
    page.goto("/f/40/")
    block, step = page.locator("#esc"), page.locator(".cause").first.locator(".steps label").first
    said = block.input_value().replace("屏幕", "屏幕（红字）", 1)
    block.fill(f"{said}重启过一次\n商户号898110012345678")
    step.click()
    done = step.inner_text().strip().rstrip("。")
    expect(block).to_have_value(f"{said}重启过一次；{done}\n商户号898110012345678")
    page.keyboard.press("n")  # a tick is no typing
    expect(page.locator("#c2")).to_be_visible()
    assert "不是：" in block.input_value() and "（红字）" in block.input_value()
    page.keyboard.press("1")
    step.click()
    assert done not in block.input_value() and "重启过一次" in block.input_value()


def test_the_reply_is_plain_text_for_any_messenger(page):
    page.goto("/f/40/")
    reply = page.locator("#reply").inner_text()
    assert reply and not set("<>*#_`|") & set(reply) and len(reply) < 500


# What of the first screen's parts ends below it; on a phone the bar at the bottom covers some.
BELOW_THE_FOLD = """() => {
  const bar = innerWidth < 768 && document.querySelector(".next"), end = innerHeight - (bar ? bar.offsetHeight : 0);
  const parts = [".title .no", "h1", ".title + .lcds .lcd", ".redline", ".sheet .ask", ".sheet .steps"];
  return parts.filter(part => document.querySelector(part)?.getBoundingClientRect().bottom > end);
}"""


def words_of_first_screen(fault: dict) -> int:
    """How many characters its title, the screen's texts, the red line, the first check and the first fix have; a line counts as 20."""
    cause = fault["causes"][0] if fault["causes"] else {}
    steps = cause["fixes"][0]["steps"] if cause.get("fixes") else []
    lines = [fault["title"], *fault["screen_texts"], *fault["warning"].splitlines(), cause.get("check", ""), *steps]
    return sum(len(line) + 20 for line in lines)


def words_on_paper(fault: dict) -> int:
    """How many characters all of it has."""
    return len(str([fault["symptom"], fault["warning"], fault["causes"], fault["myths"], fault["reply"], fault["escalation"]]))


def fullest(site, words: Callable[[dict], int], few: int) -> list[str]:
    """The addresses of so many entries that have most words; with LONG=1 of all."""
    with on(f"sqlite:///{site.database}"):
        said = {fault.get_absolute_url(): words(describe(fault)) for fault in Fault.objects.all()}
    return sorted(said, key=said.get, reverse=True)[: either(few, len(said))]


def sheets(page, address: str) -> int:
    """How many the entry takes when it is printed."""
    page.goto(address)
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def test_the_first_screen_holds_what_the_call_needs(page, site):
    """Number, title, what the screen shows, the red line, the first check and every step of the first fix."""
    cut = {}
    for address in fullest(site, words_of_first_screen, 45):
        page.goto(address)
        for width, height in ((1280, 800), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            cut[address, width] = page.evaluate(BELOW_THE_FOLD)
    assert {where: parts for where, parts in cut.items() if parts} == {}


def test_every_entry_prints_on_one_sheet_of_a4(page, site):
    assert [address for address in fullest(site, words_on_paper, 15) if sheets(page, address) != 1] == []


def test_paper_carries_the_short_address_and_its_code(page, base_url):
    page.goto("/f/40/")
    page.emulate_media(media="print")
    expect(page.locator(".short")).to_contain_text(f"{base_url}/40")
    expect(page.locator(".short svg.qr")).to_be_visible()
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator(".cause:visible")).to_have_count(page.locator(".cause").count())


def test_traditional_is_chosen_and_screens_stay_to_the_letter(page):
    page.goto("/f/40/")
    page.get_by_role("button", name="繁體中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    expect(page.get_by_role("heading", level=1)).to_have_text("交易成功但不打單")
    expect(page.locator(".lcd").nth(1)).to_have_text("打印机缺纸")


def test_high_contrast_and_reduced_motion(page):
    page.emulate_media(contrast="more", reduced_motion="reduce", color_scheme="dark")
    page.goto("/f/40/")
    assert page.evaluate("getComputedStyle(document.querySelector('.btn')).transitionDuration") == "0s"
    assert page.evaluate("getComputedStyle(document.querySelector('.btn')).borderWidth") == "2px"
