"""The next question in a browser: answered by figures, taken back, seen without scrolling, and without script. 4 s."""

import re

import pytest
from playwright.sync_api import expect

UNSURE = "/search/?q=机器没网"


def test_figures_answer_and_back_takes_back(page):
    page.goto(UNSURE)
    page.keyboard.press("1")
    expect(page).to_have_url(re.compile("a=network%3Asim$"))
    expect(page.locator(".hits h2 a").first).to_have_attribute("href", re.compile("^/f/1/"))
    page.keyboard.press("4")  # 不知道, of a question with three answers
    expect(page.locator(".given li")).to_have_count(2)
    page.get_by_role("link", name="收回：机器是怎么联网的？").click()
    expect(page.locator(".given li")).to_have_count(1)
    page.locator("#q").press("1")  # in the field a figure is a figure
    expect(page.locator("#q")).to_have_value("1机器没网")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize("answers", ["", "&a=network:sim&a=bars:unknown"])
def test_question_and_first_candidates_are_seen_without_scrolling(page, width, height, answers):
    page.set_viewport_size({"width": width, "height": height})
    page.goto(UNSURE + answers)
    for seen in (page.locator(".redline"), page.locator("#asked"), page.locator(".answers li").last, page.locator(".hits h2").nth(1)):
        box = seen.bounding_box()
        assert box["y"] + box["height"] <= height


def test_without_script_it_is_the_same_links(browser, browser_context_args, base_url):
    context = browser.new_context(**browser_context_args | {"java_script_enabled": False, "base_url": base_url})
    page = context.new_page()
    page.goto(UNSURE)
    page.get_by_role("link", name="插网线").click()
    expect(page.locator(".given")).to_contain_text("插网线")
    context.close()
