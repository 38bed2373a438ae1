"""The desk on a narrow screen and in the dark: a list shows many items, and what is written can be read."""

import re

from tests.browser.axe import COLOURS, violations
from tests.browser.entry_forms import open_entry
from tests.browser.test_policies import FITS

LISTS = {"/admin/faults/fault/": 10, "/admin/faults/returncode/": 8, "/admin/faults/source/": 10, "/admin/faults/category/": 8}
# Items that stand wholly above the bar at the bottom.
ON_FIRST_SCREEN = """() => [...document.querySelectorAll("#result_list .data-row")]
    .filter(row => row.getBoundingClientRect().bottom < innerHeight - 64).length"""


def test_a_list_shows_many_items_on_a_narrow_screen(signed_in):
    for address, least in LISTS.items():
        signed_in.set_viewport_size({"width": 768, "height": 1024})
        signed_in.goto(address)
        assert signed_in.evaluate(ON_FIRST_SCREEN) >= least, address
        signed_in.set_viewport_size({"width": 390, "height": 844})
        assert signed_in.evaluate(FITS) and signed_in.evaluate(ON_FIRST_SCREEN) >= 5, address
        row = signed_in.locator("#result_list .data-row").first
        assert row.locator("a").first.evaluate("link => link.getBoundingClientRect().right <= innerWidth"), address


def test_the_form_of_an_entry_fits_a_phone(signed_in):
    """The widest of what is chosen by typing must not widen the page."""
    for width in (390, 1280):
        signed_in.set_viewport_size({"width": width, "height": 844})
        open_entry(signed_in, 40)
        assert signed_in.evaluate(FITS), width


def test_lists_and_forms_can_be_read_in_the_dark(signed_in):
    signed_in.set_viewport_size({"width": 768, "height": 900})
    signed_in.emulate_media(color_scheme="dark", reduced_motion="reduce")
    wrong = []
    for address in ("/admin/auth/user/", "/admin/faults/term/", "/admin/faults/returncode/1/change/"):
        signed_in.goto(address)
        wrong += violations(signed_in, COLOURS, "#content")
    assert not wrong, "\n".join(wrong)


def test_differences_can_be_read_in_both_looks(signed_in):
    signed_in.goto("/admin/faults/source/1/change/")
    signed_in.fill("#id_title", "换了一个说明")
    signed_in.get_by_role("button", name="保存", exact=True).click()
    signed_in.goto("/admin/faults/source/1/history/")
    signed_in.get_by_role("button", name="对比", exact=True).click()
    signed_in.locator(".desk-diff ins").first.wait_for()
    for look in ("dark", "light"):
        signed_in.emulate_media(color_scheme=look, reduced_motion="reduce")
        signed_in.reload()
        assert not violations(signed_in, COLOURS, ".desk-diff"), look
        colour = signed_in.locator(".desk-diff ins").first.evaluate("mark => getComputedStyle(mark).backgroundColor")
        assert (sum(map(int, re.findall(r"\d+", colour))) < 300) == (look == "dark")
