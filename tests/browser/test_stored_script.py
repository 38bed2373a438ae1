"""Hostile text that an editor writes and publishes, in a real browser: no page runs it, on the site and at the desk."""

from playwright.sync_api import expect

RUN = "window.__ran = true"
# Without braces, which are refused: tests/admin/test_variables.py.
HOSTILE = f"'\"></script></textarea></title><script>{RUN}</script><img src=x onerror='{RUN}'><svg onload='{RUN}'>"
SHORT = f"<img src=x onerror='{RUN}'>"


def open_entry(page, number):
    page.goto(f"/admin/faults/fault/?q={number}")
    page.locator("#result_list").get_by_role("link", name=str(number), exact=True).first.click()
    page.wait_for_url("**/change/**")


def test_no_page_runs_what_was_written_into_an_entry(signed_in):
    page = signed_in
    page.add_init_script("window.__ran = false")
    open_entry(page, 33)
    form = page.url
    page.fill("#id_title", SHORT)
    page.fill("#id_symptom", HOSTILE)
    page.fill("#id_reply", HOSTILE)
    page.get_by_role("button", name="保存并发布").click()
    expect(page.get_by_text("已发布：")).to_be_visible()
    review, history = form.replace("/change/", "/review/"), form.replace("/change/", "/history/")
    public = ["/f/33/", "/search/?q=onerror", "/search/?q=33", "/f/", "/f/33/flag/", "/offline/", "/"]
    for url in [form, review, history, "/admin/", "/admin/faults/fault/?q=33", *public]:
        page.goto(url)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.__ran") is False, url
        assert page.locator("img[src=x]").count() == 0, url
    page.goto("/f/33/")
    expect(page.locator("h1")).to_contain_text(SHORT)
