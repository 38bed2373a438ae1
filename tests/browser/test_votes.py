"""What a reader says in a browser: that a cause was the one, that an entry helped or not, that something is wrong; what they search."""

import sqlite3
import time
from unittest.mock import ANY

import pytest
from playwright.sync_api import expect


@pytest.fixture
def rows(site):
    """Asks the site's own database: the first row of an answer, waited for until it is `wanted`."""

    def ask(statement, wanted, *values):
        until = time.monotonic() + 60
        while True:
            with sqlite3.connect(site.database) as database:
                found = database.execute(statement, values).fetchone()
            if found == wanted or time.monotonic() > until:
                return found
            time.sleep(0.2)

    return ask


@pytest.fixture
def told(page):
    """The beacons that the page sends."""
    sent = []
    page.on("request", lambda request: sent.append(request.url.split("/say/")[1]) if "/say/" in request.url else None)
    return sent


LAST_SOLVED = "SELECT c.title, s.case_number FROM faults_solved s JOIN faults_cause c ON c.id = s.cause_id ORDER BY s.id DESC LIMIT 1"
LAST_VOTE = "SELECT is_helpful, reason, words FROM faults_vote ORDER BY id DESC LIMIT 1"
LAST_FLAG = "SELECT f.words, c.title FROM faults_flag f LEFT JOIN faults_cause c ON c.id = f.cause_id ORDER BY f.id DESC LIMIT 1"
VIEWS = "SELECT coalesce(sum(views), 0) FROM faults_useday WHERE kind = ? AND key = ?"
SEARCHES = "SELECT count(*), sum(source = 'page') FROM faults_search WHERE text IN (?, ?, ?)"
IS_REPEATED = "SELECT rank, is_repeated FROM faults_search WHERE text = ? ORDER BY id DESC LIMIT 1"
SEARCH = "SELECT source, outcome, opened_kind, opened_key, rank, is_repeated FROM faults_search WHERE text = ? ORDER BY id DESC LIMIT 1"


def test_this_cause_it_was_and_the_case(page, rows):
    page.goto("/f/40/")
    page.get_by_role("link", name="还不行").first.click()
    second = page.locator(".cause").nth(1)
    title = second.locator("h3 span").last.inner_text()
    second.get_by_role("button", name="就是这个原因").click()
    expect(second.get_by_role("status")).to_have_text("记下了：就是这个原因。")
    expect(second.get_by_role("status")).to_be_focused()
    assert rows(LAST_SOLVED, (title, "")) == (title, "")
    second.get_by_label("工单号").fill("GD-118")
    second.get_by_role("button", name="补上").click()
    expect(second.get_by_label("工单号")).to_have_count(0)
    assert rows(LAST_SOLVED, (title, "GD-118")) == (title, "GD-118")


def test_what_could_not_be_noted_for_too_much_to_do_is_said_so(page):
    page.route("**/say/solved/**", lambda route: route.fulfill(status=503, body="", headers={"Retry-After": "10"}))
    page.goto("/f/40/")
    page.locator(".cause").first.get_by_role("button", name="就是这个原因").click()
    expect(page.locator(".cause").first.get_by_role("alert")).to_have_text("现在忙不过来，没有记下。等一会儿再点。")


def test_by_keyboard_y_says_this_is_it(page, rows):
    page.goto("/f/118/")
    title = page.locator(".cause:visible h3 span").last.inner_text()
    page.keyboard.press("y")
    expect(page.locator(".cause:visible").get_by_role("status")).to_contain_text("记下了")
    assert rows(LAST_SOLVED, (title, "")) == (title, "")


def test_helpful_and_not_helpful_with_a_reason(page, rows):
    page.goto("/f/5/")
    page.get_by_role("button", name="没用").click()
    expect(page.locator(".vote").get_by_role("status")).to_have_text("记下了。差在哪里？")
    page.get_by_label("看不明白").check()
    page.get_by_label("想说的话").fill("第二步在哪个菜单？")
    page.locator(".vote").get_by_role("button", name="告诉编辑").click()
    expect(page.locator(".vote").get_by_role("status")).to_contain_text("编辑会看")
    wanted = (0, "unclear", "第二步在哪个菜单？")
    assert rows(LAST_VOTE, wanted) == wanted
    page.reload()
    page.get_by_role("button", name="有用", exact=True).click()
    expect(page.locator(".vote").get_by_role("status")).to_contain_text("谢谢")
    assert rows(LAST_VOTE, (1, "", "")) == (1, "", "")
    assert rows("SELECT count(*) FROM faults_vote v JOIN faults_fault f ON f.id = v.fault_id WHERE f.number = 5", (1,)) == (1,)


def test_something_is_wrong_from_the_call(page, rows):
    page.goto("/f/40/#c3")
    third = page.locator(".cause").nth(2)
    title = third.locator("h3 span").last.inner_text()
    third.get_by_role("link", name="这里有误").click()
    expect(page.get_by_text(title)).to_be_visible()
    page.get_by_label("哪一步不对").fill("等待时间写短了")
    page.get_by_role("button", name="告诉编辑").click()
    expect(page.get_by_role("status").first).to_contain_text("收到了")
    assert rows(LAST_FLAG, ("等待时间写短了", title)) == ("等待时间写短了", title)


@pytest.mark.parametrize("width", [390, 1280])
def test_all_of_it_without_javascript(browser, base_url, rows, width):
    context = browser.new_context(java_script_enabled=False, base_url=base_url, locale="zh-CN", viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto("/f/12/")
    title = page.locator(".cause:visible h3 span").last.inner_text()
    page.get_by_role("button", name="就是这个原因").first.click()
    expect(page.get_by_role("status").first).to_contain_text("记下了")
    page.get_by_label("工单号").fill(f"W-{width}")
    page.get_by_role("button", name="补上").click()
    assert rows(LAST_SOLVED, (title, f"W-{width}")) == (title, f"W-{width}")
    page.get_by_role("link", name="回到条目").click()
    page.get_by_role("button", name="没用").click()
    page.get_by_label("过时了").check()
    page.get_by_role("button", name="告诉编辑").click()
    expect(page.get_by_role("status").first).to_contain_text("编辑会看")
    assert rows(LAST_VOTE, (0, "outdated", "")) == (0, "outdated", "")
    context.close()


def test_without_a_network_it_says_that_nothing_was_noted(page, context):
    page.goto("/f/40/")
    context.set_offline(True)
    page.get_by_role("button", name="就是这个原因").first.click()
    expect(page.get_by_role("alert")).to_contain_text("网络不通，没有记下")
    context.set_offline(False)
    page.get_by_role("button", name="就是这个原因").first.click()
    expect(page.locator(".cause").first.get_by_role("status")).to_contain_text("记下了")


def test_a_page_older_than_the_entry_says_so(page):
    page.goto("/f/40/")
    page.locator(".solved").first.evaluate("form => { form.setAttribute('hx-post', '/say/solved/999999999/'); htmx.process(form); }")
    page.get_by_role("button", name="就是这个原因").first.click()
    expect(page.get_by_role("alert")).to_contain_text("请刷新")


def test_what_is_opened_from_the_results_is_noted_with_its_rank(page, rows):
    page.goto("/search/?q=签到不成功")
    third = page.locator(".hits h2 a").nth(2)
    number = third.get_attribute("href").strip("/").split("/")[1]
    third.click()
    page.wait_for_url("**/f/*/")
    wanted = ("page", "answered", "fault", number, 3, 0)
    assert rows(SEARCH, wanted, "签到不成功") == wanted


def test_asking_again_at_once_is_noted_and_after_opening_it_is_not(page, rows, told):
    page.goto("/search/?q=刷卡没反应了")
    page.fill("#q", "插卡没反应了")
    page.press("#q", "Enter")
    page.wait_for_url("**/search/**")
    assert rows(SEARCH, ("page", "answered", "", "", None, 1), "刷卡没反应了")[-1] == 1
    page.locator(".hits h2 a").first.click()
    page.wait_for_url("**/f/*/")
    page.goto("/search/?q=挥卡没反应了")
    page.wait_for_load_state("networkidle")
    assert told == ["repeated/", "opened/"]
    assert rows(IS_REPEATED, (1, 0), "插卡没反应了") == (1, 0)


def test_what_is_chosen_while_typing_is_noted(page, rows):
    page.goto("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("拨号音没了")
    expect(page.locator("#suggestions [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/f/118/")
    wanted = ("typing", "answered", "fault", "118", 1, 0)
    assert rows(SEARCH, wanted, "拨号音没了") == wanted


def test_what_is_typed_and_finds_nothing_is_noted_when_it_stands(page, rows, told):
    page.goto("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("qqzzxx", delay=20)
    expect(page.locator("#suggestions .said")).to_contain_text("还没有对得上的")
    assert told == []
    assert rows(SEARCH, ("typing", "near", "", "", None, 0), "qqzzxx") == ("typing", "near", "", "", None, 0)
    page.wait_for_timeout(100)
    assert told == ["typed/"]


def test_no_page_has_a_cookie_and_no_page_is_asked_for_with_one(page, context):
    page.goto("/f/40/")
    page.get_by_role("button", name="就是这个原因").first.click()
    expect(page.locator(".cause").first.get_by_role("status")).to_contain_text("记下了")
    assert [(cookie["name"], cookie["path"]) for cookie in context.cookies()] == [("visitor", "/say/")]
    with page.expect_request("**/f/118/") as asked:
        page.goto("/f/118/")
    assert "cookie" not in asked.value.all_headers()


@pytest.mark.service_worker
def test_a_readers_day_is_counted_with_the_service_worker_on(page, rows):
    """After the first page all that is asked for goes through the worker. It costs eight pages."""
    page.goto("/search/?q=早上好")
    page.wait_for_function("navigator.serviceWorker.controller")
    assert rows(SEARCHES, (1, 1), "早上好", "", "") == (1, 1)  # so whatever came before is in the tables, too
    places, asked = [("fault", "3"), ("fault", "57"), ("code", "A0")], ("小票上字看不清了", "开机没反应了", "说卡号不对了")
    before = [rows(VIEWS, ANY, *place)[0] for place in places]
    for words in asked:
        page.fill("#q", words)
        page.press("#q", "Enter")
        page.wait_for_url("**/search/**")
    for address in ("/f/3/", "/f/57/", "/codes/A0/", "/f/3/"):
        page.goto(address)
    for place, was, more in zip(places, before, (2, 1, 1), strict=True):
        assert rows(VIEWS, (was + more,), *place) == (was + more,)
    assert rows(SEARCHES, (3, 3), *asked) == (3, 3)
