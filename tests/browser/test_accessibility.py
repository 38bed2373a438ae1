"""Pages that everyone can use: axe finds nothing, twice the size fits, and the keyboard reaches everything that can be pressed."""

from tests.browser.axe import COLOURS, STANDARDS, violations
from tests.budget import IS_LONG, either

PAGES = {
    "home": "/",
    "results": "/search/?q=不出票",
    "corrected results": "/search/?q=无波号印",
    "question": "/search/?q=机器锁了",
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
    "code table": "/codes/?scheme=visa",
    "code table filtered": "/codes/?letter=D&q=卡",
    "code table, none left": "/codes/?q=紫霄殿",
    "glossary": "/terms/",
    "not found": "/nothing/",
}
# Drawn by the templates of another that is looked at; axe looks at these with LONG=1.
LIKE_OTHERS = (
    "corrected results",
    "nothing asked",
    "entry",
    "procedures",
    "notices",
    "filter that makes no sense",
    "code table",
)
PRESSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"


def opened(page, name):
    """The page, with its causes all listed where its name says so."""
    page.goto(PAGES[name])
    if name.endswith("all causes"):
        page.get_by_label("全部列出").check()
    return page


# A page on a desk in the light, the next on a phone in the dark; with LONG=1 each in both ways, and what goes by colours in all four.
WAYS = [(1280, "light", STANDARDS), (390, "dark", STANDARDS), (1280, "dark", COLOURS), (390, "light", COLOURS)]


def test_axe_finds_nothing(page):
    """Colours change at once, so that none is measured on its way."""
    wrong = []
    for place, name in enumerate(name for name in PAGES if IS_LONG or name not in LIKE_OTHERS):
        opened(page, name)
        for width, look, options in either([WAYS[place % 2]], WAYS):
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme=look, reduced_motion="reduce")
            wrong += [f"{name}, {width} wide, {look}: {said}" for said in violations(page, options)]
    assert not wrong, "\n".join(wrong)


def test_at_200_percent_nothing_scrolls_sideways(browser, browser_context_args, base_url):
    twice = {"base_url": base_url, "viewport": {"width": 640, "height": 400}, "device_scale_factor": 2}
    context = browser.new_context(**browser_context_args | twice)
    page = context.new_page()
    widths = {name: opened(page, name).evaluate("document.documentElement.scrollWidth") for name in PAGES}
    context.close()
    assert {name: width for name, width in widths.items() if width > 640} == {}


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


def test_the_keyboard_reaches_everything_on_an_entry_and_the_focus_shows(page):
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        marks = to_be_reached(opened(page, "entry"))
        reached = reached_by_tab(page)
        assert set(reached) == set(marks) and len(marks) > 20, width
        assert all(reached.values()), (width, [mark for mark, is_shown in reached.items() if not is_shown])
