"""The cursor in the admin stands where one writes first, however late the theme's script comes."""

import time

from playwright.sync_api import expect

DRAWN = 0.5  # seconds after which the page, hidden by the theme, has been drawn without its script


def late(route):
    time.sleep(DRAWN)
    route.continue_()


def test_a_late_script_doesnt_cost_the_focus(page):
    page.route("**/alpine/alpine.*js", late)
    page.goto("/admin/login/")
    expect(page.locator("[name=username]")).to_be_focused()
