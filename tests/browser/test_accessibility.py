"""Pages that everyone can use: axe finds nothing, twice the size fits, and the keyboard reaches everything that can be pressed."""

from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe

STANDARDS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
PAGES = {
    "home": "/",
    "results": "/search/?q=不出票",
    "corrected results": "/search/?q=无播号音",
    "no results": "/search/?q=今天天气怎么样",
    "nothing asked": "/search/?q=",
    "unknown code": "/search/?q=返回码E1",
    "entry": "/f/40/",
    "entry, all causes": "/f/40/",
    "unverified entry": "/f/110/",
    "procedure": "/f/112/",
    "notice": "/f/115/",
    "procedures": "/procedures/",
    "notices": "/notices/",
    "entries filtered": "/f/?kind=procedure&category=operation",
    "filter that makes no sense": "/f/?kind=zzz",
    "code with several tables": "/codes/04/",
    "code with two generations": "/codes/05/",
    "code table": "/codes/?scheme=",
    "code table filtered": "/codes/?letter=D&q=卡",
    "code table, none left": "/codes/?q=紫霄殿",
    "glossary": "/terms/",
    "not found": "/nothing/",
}
PRESSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"


def opened(page, name):
    """The page, with its causes all listed where its name says so."""
    page.goto(PAGES[name])
    if name.endswith("all causes"):
        page.get_by_label("全部列出").check()
    return page


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(page, name):
    """Light and dark, on a desk and on a phone. Colours change at once, so that none is measured on its way."""
    opened(page, name)
    for width, look in product((1280, 390), ("light", "dark")):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=look, reduced_motion="reduce")
        results = Axe().run(page, options=STANDARDS)
        assert not results.violations_count, f"{width} wide, {look}: {results.generate_report()}"


@pytest.mark.parametrize("name", PAGES)
def test_at_200_percent_nothing_scrolls_sideways(browser, base_url, name):
    context = browser.new_context(base_url=base_url, locale="zh-CN", viewport={"width": 640, "height": 400}, device_scale_factor=2)
    page = opened(context.new_page(), name)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    context.close()


def to_be_reached(page) -> list[str]:
    """A mark on each element of the page that can be pressed, and the marks."""
    return page.evaluate(
        """selector => [...document.querySelectorAll(selector)]
            .filter(element => element.checkVisibility() && element.tabIndex >= 0)
            .map((element, place) => element.dataset.mark = `${place} ${element.outerHTML.slice(0, 60)}`)""",
        PRESSABLE,
    )


def reached_by_tab(page) -> dict[str, bool]:
    """The marks in the order of Tab, and whether the focus shows."""
    reached = {}
    while True:
        page.keyboard.press("Tab")
        mark, is_shown = page.evaluate(
            """() => {
                const element = document.activeElement, style = getComputedStyle(element);
                return [element.dataset.mark ?? "", style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2];
            }"""
        )
        if not mark or mark in reached:
            return reached
        reached[mark] = is_shown


@pytest.mark.parametrize("width", [1280, 390])
def test_the_keyboard_reaches_everything_on_an_entry_and_the_focus_shows(page, width):
    page.set_viewport_size({"width": width, "height": 844})
    marks = to_be_reached(opened(page, "entry"))
    reached = reached_by_tab(page)
    assert set(reached) == set(marks) and len(marks) > 20
    assert all(reached.values()), [mark for mark, is_shown in reached.items() if not is_shown]
