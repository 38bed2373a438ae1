"""The code table and a code's page: filtered while typing, sorted, printed as a wall chart, and read without scrolling."""

import re

import pytest
from playwright.sync_api import expect

from faults.models import ReturnCode
from tests.budget import either
from tests.servers.working import on

ROWS = ".quick tbody tr:not(.none)"
FIRST_SCREEN = [
    ".figure",
    "h1",
    ".codehead .lcds",
    ".verdict",
    ".ask",
    *(f".what-to-say .{who}" for who in ("merchant", "yes", "dont-say")),
]


def shown_codes(page):
    return page.locator(f"{ROWS}:visible th a").all_inner_texts()


def test_rows_are_left_out_while_typing_and_counted_aloud(page):
    page.goto("/codes/")
    field = page.get_by_label("码、意思、屏上的字")
    for said, code in (("97", "97"), ("９７", "97"), ("a0", "A0"), ("终端号没登记", "97"), ("终端号未登记", "97")):
        field.fill("")
        field.press_sequentially(said)
        assert code in shown_codes(page) and len(shown_codes(page)) < 5, said
        expect(page.get_by_role("status").filter(has_text="符合的码")).to_contain_text(str(len(shown_codes(page))))


def test_another_tables_rows_come_with_its_chip_and_back_leaves_neither_chip_nor_rows_alone(page):
    """A chip that is lit over the rows of another table would answer for it."""
    page.goto("/codes/")
    page.locator("a.pick", has_text="Visa").click()
    expect(page).to_have_url(re.compile("scheme=visa"))
    page.get_by_label("码、意思、屏上的字").fill("N7")
    assert shown_codes(page) == ["N7"] and page.locator(f"{ROWS}:visible th small").all_inner_texts() == ["Visa"]
    page.go_back()
    expect(page).to_have_url(re.compile("/codes/$"))
    assert page.evaluate(
        "[...document.querySelectorAll('.table-filters input:not([name=q])')].every(one => one.checked === one.defaultChecked)"
    )


@pytest.mark.parametrize("has_script", [True, False])
def test_a_table_is_one_press_away_and_takes_along_what_was_typed(browser, base_url, has_script):
    """And a code that another table has is said to be there."""
    context = browser.new_context(java_script_enabled=has_script, base_url=base_url, locale="zh-CN")
    page = context.new_page()
    page.goto("/codes/")
    page.fill(".table-filters [name=q]", "Z5")
    if not has_script:
        page.press(".table-filters [name=q]", "Enter")
        page.wait_for_url("**q=Z5*")
    expect(page.locator(".other-tables a:visible")).to_have_text(["终端本地有这个码，看那张表"])
    page.locator("a.pick", has_text="快钱").click()
    page.wait_for_url("**scheme=kuaiqian*")
    expect(page.locator(".table-filters [name=q]")).to_have_value("Z5")
    page.locator(".other-tables a:visible").click()
    page.wait_for_url("**scheme=terminal*")
    assert shown_codes(page) == ["Z5"]
    context.close()


def test_the_first_row_is_high_on_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/codes/")
    assert page.locator(ROWS).first.bounding_box()["y"] < 340


def test_no_row_left_is_said_and_the_rows_come_back(page):
    page.goto("/codes/")
    count = len(shown_codes(page))
    page.fill(".table-filters [name=q]", "紫霄殿")
    expect(page.locator(".quick .none")).to_be_visible()
    expect(page.locator("#left")).to_have_text("0")
    page.fill(".table-filters [name=q]", "")
    expect(page.locator(".quick .none")).to_be_hidden()
    assert len(shown_codes(page)) == count


def test_a_table_that_came_filtered_can_be_filtered_otherwise(page):
    page.goto("/codes/?q=97")
    assert shown_codes(page) == ["97"]
    page.fill(".table-filters [name=q]", "没收")
    assert "97" not in shown_codes(page) and shown_codes(page)


@pytest.mark.parametrize(("head", "sort"), [("码", "code"), ("类", "letter"), ("重试", "retry")])
def test_heads_sort_both_ways_as_the_server_does(page, head, sort):
    page.goto("/codes/?sort=letter" if sort == "code" else "/codes/")
    button = page.get_by_role("button", name=head, exact=True)
    for order, address in (("ascending", f"/codes/?sort={sort}"), ("descending", f"/codes/?sort=-{sort}")):
        if page.locator("th", has=button).get_attribute("aria-sort") != order:
            button.click()
        expect(page.locator("th", has=button)).to_have_attribute("aria-sort", order)
        assert page.locator(".quick [aria-sort]:not([aria-sort=none])").count() == 1
        sorted_here = shown_codes(page)
        by_server = page.context.new_page()
        by_server.goto(address)
        assert shown_codes(by_server) == sorted_here
        by_server.close()


def test_without_a_script_the_field_and_the_heads_ask_the_server(browser, base_url):
    context = browser.new_context(java_script_enabled=False, base_url=base_url, locale="zh-CN")
    page = context.new_page()
    page.goto("/codes/")
    page.fill(".table-filters [name=q]", "终端")
    page.press(".table-filters [name=q]", "Enter")
    page.wait_for_url("**q=*")
    left = shown_codes(page)
    page.get_by_role("link", name="类", exact=True).click()
    page.wait_for_url("**sort=letter")
    assert sorted(shown_codes(page)) == sorted(left) and 1 < len(left) < 50
    expect(page.locator("#left")).to_have_text(str(len(left)))
    context.close()


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_unionpays_codes_are_two_landscape_sheets_with_what_the_terminal_shows(browser, base_url, locale):
    page = browser.new_page(base_url=base_url, locale=locale)
    page.goto("/codes/")
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 2
    width, height = map(float, re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper).groups())
    assert (round(width), round(height)) == (842, 595)
    page.emulate_media(media="print")
    expect(page.locator(f"{ROWS} .s .lcd").first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.quick .class-badge')).backgroundColor") == "rgba(0, 0, 0, 0)"
    page.close()


def test_what_is_needed_in_a_call_is_on_the_first_screen(page):
    below = []
    for path in ("/codes/97/", "/codes/04/", "/codes/25/", "/codes/58/", "/codes/96/", "/codes/04/?scheme=kuaiqian", "/codes/Z5/"):
        page.goto(path)
        for width, height in ((1280, 800), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            boxes = {part: page.locator(part).bounding_box() for part in FIRST_SCREEN}
            below += [(path, width, part) for part, box in boxes.items() if not (box["height"] > 0 and box["y"] + box["height"] <= height)]
    assert not below


def test_the_longest_codes_print_on_one_sheet_of_a4_with_their_address(page, site):
    with on(f"sqlite:///{site.database}"):
        long = {row.address: sum(map(len, (row.detail, row.steps, row.note, row.say, row.warning))) for row in ReturnCode.objects.all()}
    wrong = []
    for address in ["/codes/04/", *sorted(long, key=long.get, reverse=True)[: either(8, len(long))]]:
        page.goto(address)
        if len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) != 1:
            wrong.append(address)
    assert not wrong
    page.goto("/codes/97/")
    page.emulate_media(media="print")
    expect(page.locator(".short")).to_contain_text("/c/97")
    expect(page.locator(".short svg.qr")).to_be_visible()
    page.emulate_media(media="screen")
