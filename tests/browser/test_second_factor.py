"""The second factor in a browser: set up by the secret in letters, asked for at sign-in, a recovery code instead, and off again."""

from base64 import b32decode

from django_otp.oath import totp
from playwright.sync_api import expect

from tests.servers.filled import PASSWORD


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def sign_in(page):
    page.goto("/admin/login/")
    page.fill("[name=username]", "liang")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")


def sign_out(page):
    page.goto("/admin/")
    with page.expect_navigation():
        page.evaluate("document.querySelector('#logout-form').submit()")


def shown_on_phone(secret):
    """The code that a telephone with the secret shows. The server takes the one before and the one after too."""
    return f"{totp(b32decode(secret.replace(' ', ''))):06}"


def test_from_setting_up_to_taking_off(page):
    sign_in(page)
    page.wait_for_url("**/admin/")
    page.goto("/admin/second-factor/")
    page.wait_for_url("**/set-up/")
    expect(page.locator(".desk-qr")).to_be_visible()
    page.get_by_text("扫不了，手工输").click()
    secret = page.locator(".desk-secret").inner_text()
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=code]", shown_on_phone(secret))
    press(page, "设好")
    expect(page.locator(".desk-codes code")).to_have_count(10)
    codes = page.locator(".desk-codes code").all_inner_texts()
    page.get_by_role("link", name="抄好了，进后台").click()
    page.wait_for_url("**/admin/")

    sign_out(page)
    sign_in(page)
    page.wait_for_url("**/admin/login/code/**")
    page.goto("/admin/faults/fault/")
    page.wait_for_url("**/admin/login/code/**")
    expect(page.locator("[name=code]")).to_be_focused()
    page.fill("[name=code]", "000000")
    press(page, "登录")
    expect(page.get_by_text("不对。")).to_be_visible()
    page.fill("[name=code]", codes[0])
    press(page, "登录")
    page.wait_for_url("**/admin/faults/fault/")

    page.goto("/admin/second-factor/")
    expect(page.get_by_text("备用码还有9个没用过。")).to_be_visible()
    page.fill("[name=code]", codes[1])
    press(page, "关掉两步登录")
    expect(page.get_by_text("两步登录关掉了")).to_be_visible()
    sign_out(page)
    sign_in(page)
    page.wait_for_url("**/admin/")
