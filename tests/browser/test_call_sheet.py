"""One call, from the first word to the hand-over: what was said once is filled in everywhere, stays here, and is forgotten."""

import re
from datetime import datetime, timedelta
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from posdesk.masking import mask_card_numbers
from tests.spellings import BROKEN_BY_WORDS, CARD, EVERY, numerals
from tests.test_masking_spellings import NO_NUMBERS

MESSAGE = "商户号898330154110001，店名：老王面馆，终端号10203040\n14:20刷了128.50元，卡6222021234567890"
TERMINAL, MERCHANT, FIELDS = "10203040", "898330154110001", ".call-fields [name={}]"
TOLD_APART = [  # what was pasted; what is certain; what is asked
    (MESSAGE, {"merchant": MERCHANT, "shop": "老王面馆", "terminal": TERMINAL, "time": "14:20", "amount": "128.50", "last4": "7890"}, {}),
    (f"{MERCHANT}\n{TERMINAL}\n000123", {"merchant": MERCHANT, "terminal": TERMINAL, "trace": "000123"}, {}),
    ("000123\n12-31 14:20\n￥1,280.00", {"trace": "000123", "time": "12-31 14:20", "amount": "1280.00"}, {}),
    ("参考号 112233445566 昨天下午3点20分 200块", {"reference": "112233445566", "time": "昨天下午3点20分", "amount": "200"}, {}),
    ("112233445566\n13800138000", {"reference": "112233445566", "phone": "13800138000"}, {}),
    ("凭证号：000456 尾号7890", {"trace": "000456", "last4": "7890"}, {}),
    ("SN：N7NL00012345 机型：A920 收单机构：拉卡拉", {"machine": "N7NL00012345", "model": "A920", "acquirer": "拉卡拉"}, {}),
    ("终端编号 A1B2C3D4", {"terminal": "A1B2C3D4"}, {}),
    ("终端号１０２０３０４０", {"terminal": TERMINAL}, {}),
    ("20261128", {}, {"20261128": ["terminal", "time"]}),
    ("142030", {}, {"142030": ["trace", "time"]}),
    ("1234", {}, {"1234": ["last4", "amount"]}),
    ("终端号10203040，还有一台终端号10203041", {}, {"10203040": ["terminal"], "10203041": ["terminal"]}),
    (f"{CARD} 142030", {"last4": "7890"}, {"142030": ["trace", "time"]}),
    ("371449635398431", {"last4": "8431"}, {}),
    ("622202123456789 0123", {"last4": "0123"}, {}),
    ("机器刷不了，怎么办", {}, {}),
]  # fmt: skip


@pytest.fixture
def page(page, context, base_url):
    """One that can paste."""
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=base_url)
    return page


def paste(page, text: str) -> None:
    """Into what has the focus."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")


def say(page, text: str = MESSAGE) -> None:
    """Opens the sheet, pastes the text there and closes it, all by keyboard."""
    page.keyboard.press("Alt+s")
    paste(page, text)
    expect(page.locator(".call-unsure p").first).to_be_visible()
    page.keyboard.press("Escape")


def test_the_numbers_of_a_pasted_text_are_told_apart(page):
    page.goto("/terms/")
    page.evaluate("() => callSheet.ready().then(() => null)")
    words = "Object.fromEntries(callSheet.names)"
    told = page.evaluate(f"texts => texts.map(text => tellNumbersApart(text, {words}))", [text for text, _, _ in TOLD_APART])
    found = [(one["fields"], {asked["text"]: asked["names"] for asked in one["unsure"]}) for one in told]
    wrong = [(case, one) for case, one in zip(TOLD_APART, found, strict=True) if one != (case[1], case[2])]
    assert wrong == []


def test_a_card_number_is_covered_however_it_is_spelled_and_a_merchants_is_not(page):
    page.goto("/terms/")
    page.evaluate("() => callSheet.ready().then(() => null)")
    cards = [text for text in (*EVERY.values(), *BROKEN_BY_WORDS) if mask_card_numbers(text) != text]
    covered = page.evaluate("texts => texts.map(coverCards)", [*cards, *NO_NUMBERS, f"商户号{MERCHANT}"])
    assert [text for text in covered[: len(cards)] if "*" not in text or len(numerals(text)) > 4 + 2] == []
    assert covered[len(cards) :] == [*NO_NUMBERS, f"商户号{MERCHANT}"]


def test_a_whole_call_by_keyboard_without_a_request_that_says_anything_of_it(page):
    asked = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.post_data or ''} {request.all_headers()}"))
    page.goto("/")
    page.keyboard.type("不出票")
    expect(page.locator("#suggestions [role=option]").first).to_contain_text("交易成功但不打单")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/f/40/**")
    say(page)
    page.locator(".steps input").first.focus()
    page.keyboard.press("Space")
    for _ in range(page.locator(".cause").count()):
        page.keyboard.press("n")  # on a ticked step too
    expect(page.locator("#none h3")).to_be_focused()
    expect(page.locator("#none h3")).to_contain_text(f"{page.locator('.cause').count()}个都不是")
    expect(page.locator(".cause:visible")).to_have_count(0)
    expect(page.locator("#esc")).to_be_in_viewport()
    expect(page.locator("#esc")).to_have_value(
        re.compile(rf"商户号（{MERCHANT}）、终端号（{TERMINAL}）[\s\S]*金额（128.50）、卡号后四位（7890）[\s\S]*不是：打印机坏了")
    )
    expect(page.locator("#reply")).to_contain_text(f"终端号（{TERMINAL}）")
    page.keyboard.press("Alt+c")
    expect(page.locator("#say")).to_have_text("已复制")
    text = page.evaluate("navigator.clipboard.readText()")
    assert all(part in text for part in (f"终端号：{TERMINAL}", f"商户号：{MERCHANT}", "40号 交易成功但不打单", "不是：", "做了："))
    assert CARD not in text
    page.keyboard.press("1")
    expect(page.locator("#c1")).to_be_visible()
    said = unquote(" ".join(asked))
    assert not [word for word in (TERMINAL, MERCHANT, "老王", "128.50", "7890", CARD) if word in said]


def test_it_stays_through_pages_reload_and_back(page):
    page.goto("/f/40/")
    say(page)
    page.locator(".steps input").first.check()
    page.keyboard.press("n")
    left = page.input_value("#esc")
    page.goto("/codes/97/")
    expect(page.locator(".call-line .said")).to_contain_text(TERMINAL)
    assert page.locator("#call-line").bounding_box()["height"] <= 40
    expect(page.locator("#esc")).to_have_value(
        re.compile(f"商户号：{MERCHANT}\n终端号：{TERMINAL}\n机身号：\n时间：14:20    金额：128.50\n卡号后四位：7890")
    )
    page.go_back()
    expect(page.locator("#esc")).to_have_value(left)
    page.reload()
    expect(page.locator("#esc")).to_have_value(left)
    expect(page.locator(".steps input").first).to_be_checked()
    expect(page.locator(".causes a.tried")).to_have_count(1)


@pytest.mark.parametrize("address", ["/f/40/", "/codes/97/"])
def test_what_was_typed_by_hand_survives_ticks_reload_and_the_sheet(page, address):
    page.goto(address)
    block, step = page.locator("#esc"), page.locator(".steps input:visible").first
    mine = block.input_value().replace("终端号", "终端号 99998888", 1) + "\n老板很急"
    block.fill(mine)
    step.check()
    page.reload()
    say(page)
    page.locator(".steps input:visible").nth(1).check()
    expect(block).to_have_value(re.compile(r"终端号 99998888[\s\S]*老板很急"))
    assert TERMINAL not in block.input_value().split("另备")[0].split("终端号 99998888")[1][:12] and MERCHANT in block.input_value()
    block.fill(block.input_value().replace(MERCHANT, ""))
    step.uncheck()
    page.reload()
    assert MERCHANT not in block.input_value()


def test_going_back_and_confirming_a_cause_takes_back_what_was_said_against_it(page):
    page.goto("/f/40/")
    page.keyboard.press("n")
    page.goto("/codes/97/")
    page.go_back()
    page.keyboard.press("1")
    page.locator(".steps input:visible").first.check()  # a tick kills no key
    page.keyboard.press("y")
    expect(page.locator("#c1").get_by_role("status")).to_contain_text("记下了")
    assert "不是：" not in page.input_value("#esc")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()


def test_chinese_blocks_are_filled_on_english_pages_too(page):
    page.goto("/f/40/")
    with page.expect_navigation():
        page.get_by_role("button", name="English").click()
    say(page)
    expect(page.locator("#esc")).to_have_value(re.compile(f"终端号（{TERMINAL}）"))
    page.goto("/codes/97/")
    expect(page.locator("#esc")).to_have_value(re.compile(f"Terminal number: {TERMINAL}\n"))


def test_what_may_be_two_things_is_asked(page):
    page.goto("/f/40/")
    page.keyboard.press("Alt+s")
    expect(page.locator("#call-paste")).to_be_focused()
    paste(page, "20261128")
    expect(page.locator(FIELDS.format("terminal"))).to_have_value("")
    page.locator(".call-unsure").get_by_role("button", name="终端号").press("Enter")
    expect(page.locator(FIELDS.format("terminal"))).to_have_value("20261128")


def test_a_card_number_is_covered_while_it_is_typed_and_stored_nowhere(page):
    page.goto("/f/40/")
    page.keyboard.press("Alt+s")
    page.locator(FIELDS.format("merchant")).press_sequentially(CARD + "123")
    expect(page.locator(FIELDS.format("merchant"))).to_have_value(re.compile(r"^\*{15}0123$"))
    page.keyboard.press("Escape")
    page.locator("#esc").fill(f"卡号 {CARD}")
    kept = page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    assert "0123" in kept and "7890" in kept and "622202" not in kept


def test_one_key_forgets_it_and_it_can_be_taken_back(page):
    page.goto("/f/40/")
    untouched = page.input_value("#esc")
    say(page)
    filled = page.input_value("#esc")
    handed_over(page)
    page.keyboard.press("Alt+Shift+F")
    expect(page.locator("#esc")).to_have_value(untouched)
    expect(page.locator("#call-link")).to_have_value("")
    assert TERMINAL not in page.evaluate("JSON.stringify({...sessionStorage})")
    expect(page.get_by_role("button", name="撤回")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#esc")).to_have_value(filled)


def test_an_hour_without_use_forgets_it(page):
    page.clock.install(time=datetime(2026, 11, 28, 10))
    page.goto("/f/40/")
    say(page)
    page.clock.fast_forward("59:00")
    expect(page.locator(".call-line .said")).to_contain_text(TERMINAL)
    page.clock.fast_forward("02:30")
    expect(page.locator("#esc")).not_to_have_value(re.compile(TERMINAL))
    assert TERMINAL not in page.evaluate("JSON.stringify({...sessionStorage})")


def test_the_same_terminal_within_seven_days_is_told_and_can_be_forgotten(page, context):
    page.goto("/codes/97/")
    say(page)
    page.locator(".steps input").first.check()
    page.locator("[data-copy='#esc']").click()
    again = context.new_page()
    again.clock.install(time=datetime.now() + timedelta(days=6))
    again.goto("/f/40/")
    expect(again.locator(".call-before")).to_be_hidden()
    say(again)
    expect(again.locator(".call-before")).to_contain_text("97，")
    expect(again.locator(".call-before")).to_contain_text("已转")
    rows = again.evaluate("JSON.parse(localStorage.calls)")
    assert {name for row in rows for name in row} == {"began", "terminal", "at", "where", "done", "passed"}
    again.get_by_role("button", name="忘掉这些").click()
    expect(again.locator(".call-before")).to_be_hidden()
    again.reload()
    expect(again.locator(".call-before")).to_be_hidden()
    later = context.new_page()
    later.clock.install(time=datetime.now() + timedelta(days=14))
    later.goto("/f/40/")
    say(later)
    expect(later.locator(".call-before")).to_be_hidden()


def handed_over(page) -> str:
    """The link that the button makes."""
    page.locator("[data-call=pass]").click()
    expect(page.locator(".call-qr svg")).to_be_visible()
    return page.input_value("#call-link")


def test_the_second_line_goes_on_where_the_first_stopped(page, profiles, request, site, base_url):
    page.goto("/f/40/")
    say(page)
    page.locator(".steps input").first.check()
    page.keyboard.press("n")
    link, block = handed_over(page), page.input_value("#esc")
    second = profiles(request.node, "second line").new_page()
    asked = []
    second.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    second.goto(link)
    expect(second.locator(".call-offer pre")).to_contain_text(f"终端号：{TERMINAL}")
    assert second.url == f"{base_url}/f/40/" and second.evaluate("sessionStorage.call || ''").count(TERMINAL) == 0
    second.get_by_role("button", name="接过来").click()
    expect(second.locator("#c2")).to_be_visible()
    expect(second.locator("#esc")).to_have_value(block)
    expect(second.locator(".causes a.tried")).to_have_count(1)
    assert not [address for address in asked if TERMINAL in address or "call=" in address]
    second.close()


PACK = """async value => {
  const packed = new Blob([JSON.stringify(value)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  return "#call=" + btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}"""


def test_a_link_that_is_no_call_says_so_and_changes_nothing(page):
    page.goto("/f/40/")
    say(page)
    bomb = page.evaluate(PACK, {"fields": {"shop": "0" * 1_000_000}})
    for broken in (
        "#call=",
        "#call=AAAA",
        "#call=%E4%BD%A0",
        "#call=" + "A" * 7_000,
        page.evaluate(PACK, [1]),
        page.evaluate(PACK, None),
        bomb,
    ):
        page.goto("/terms/")
        page.goto("/f/40/" + broken)
        expect(page.locator(".call-problem"), broken[:40]).to_contain_text("什么也没有改")
        expect(page.locator(".call-line .said")).to_contain_text(TERMINAL)


def test_what_a_link_holds_is_text_and_its_card_numbers_are_covered(page):
    page.goto("/terms/")
    evil = "<img src=x onerror=document.title='x'>"
    entry = {"number": "40", "title": evil, "done": [CARD], "block": CARD}
    fields = {"shop": evil, "amount": CARD, "nonsense": "n"}
    pages = {"/f/40/": entry, "//evil.example/": {"title": "e"}}
    link = page.evaluate(PACK, {"fields": fields, "searches": [evil], "pages": pages})
    page.goto("/f/40/" + link)
    expect(page.locator(".call-offer pre")).to_contain_text(evil)
    page.get_by_role("button", name="接过来").click()
    expect(page.locator(".call-line .said")).to_contain_text("*")
    kept = page.evaluate("sessionStorage.call")
    assert "622202" not in kept and "evil.example" not in kept and "nonsense" not in kept
    assert page.locator("img").count() == 0


def test_who_refuses_a_call_keeps_their_own(page):
    page.goto("/terms/")
    link = page.evaluate(PACK, {"fields": {"terminal": "55556666"}, "searches": [], "pages": {}})
    say(page)
    page.goto("/f/40/" + link)
    page.get_by_role("button", name="不要").click()
    expect(page.locator(".call-line .said")).to_contain_text(TERMINAL)


OPENED = [
    ("收单机构：快钱", "kuaiqian"),
    ("收单机构：99bill 卡种：国内卡", "kuaiqian"),
    ("卡种：外卡", "visa"),
    ("收单机构：快钱 卡种：万事达", "mastercard"),
]


def test_codes_open_in_the_table_of_what_was_said(page):
    """The acquirer's, or for a foreign card the network's; a table that the address names stays."""
    for said, scheme in OPENED:
        page.goto("/terms/")
        say(page, said)
        page.goto("/codes/04/")
        page.wait_for_url(f"**/codes/04/?scheme={scheme}")
        page.goto("/codes/04/?scheme=cup")
        expect(page.locator(".compare [aria-current]")).to_have_text("银联")
        page.keyboard.press("Alt+Shift+F")


def test_the_kind_of_machine_is_one_click_away_above_results(page):
    page.goto("/terms/")
    say(page, "联网方式：无线（4G/5G）")
    page.goto("/search/?q=机器没网")
    page.get_by_role("link", name="只看：无线").click()
    page.wait_for_url("**environment=mobile**")
