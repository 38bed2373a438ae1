"""The second factor: set up with a code, asked for at each sign-in, its recovery codes good once, and taken off only with a code."""

from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from faults.models import Audited, DeskRules
from posdesk.security.second_factor import is_set_up
from tests.security.sign_in import LOGIN, LOOK_AFTER, PASSWORD, SET_UP, STEP, is_in, shown_on_phone, sign_in, with_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def li(person):
    """An editor."""
    return person("编辑", "li")


def step(client, code, **more):
    return client.post(STEP, {"code": code} | more)


def test_set_up_needs_the_password_and_the_telephones_code_and_shows_ten_codes_once(li):
    client, _ = sign_in("li")
    page = client.get(SET_UP)
    secret = page.context["secret"]
    assert secret in page.content.decode() and "<svg" in page.content.decode()
    assert client.get(SET_UP).context["secret"] == secret
    assert "密码不对" in client.post(SET_UP, {"password": "x", "code": shown_on_phone(li)}).content.decode()
    assert "不对。" in client.post(SET_UP, {"password": PASSWORD, "code": "000000"}).content.decode()
    assert not is_set_up(li)
    codes = client.post(SET_UP, {"password": PASSWORD, "code": shown_on_phone(li)}).context["codes"]
    assert len(set(codes)) == 10 and is_set_up(li) and is_in(client)
    assert client.get(SET_UP).headers["Location"] == LOOK_AFTER
    assert codes[0] not in client.get(LOOK_AFTER).content.decode()


def test_the_codes_are_not_in_the_database(li):
    _, codes = with_factor(li)
    stored = set(StaticToken.objects.values_list("token", flat=True))
    assert len(stored) == 10 and not stored & {form for code in codes for form in (code, code.replace("-", ""))}


def test_sign_in_asks_for_the_code_and_goes_where_one_wanted_to(li):
    with_factor(li)
    client, answer = sign_in("li")
    led = client.get(answer.headers["Location"])
    assert led.headers["Location"] == f"{STEP}?next=%2Fadmin%2F"
    assert client.get(STEP).status_code == 200 and not is_in(client)
    done = step(client, shown_on_phone(li), next="/admin/faults/term/")
    assert done.headers["Location"] == "/admin/faults/term/" and is_in(client)


def test_a_code_leads_to_no_other_site(li):
    with_factor(li)
    client, _ = sign_in("li")
    assert step(client, shown_on_phone(li), next="https://evil.example/").headers["Location"] == "/admin/"


def test_a_code_works_once(li):
    with_factor(li)
    code = shown_on_phone(li)
    first, second = sign_in("li")[0], sign_in("li")[0]
    step(first, code), step(second, code)
    assert is_in(first) and not is_in(second)


def test_a_recovery_code_works_once_however_it_is_written(li):
    _, codes = with_factor(li)
    first, second = sign_in("li")[0], sign_in("li")[0]
    step(first, codes[3].upper().replace("-", " ")), step(second, codes[3])
    assert is_in(first) and not is_in(second)


def test_nobody_elses_code_is_right(li, person):
    wang = person("复核", "wang")
    with_factor(li)
    _, codes = with_factor(wang)
    client, _ = sign_in("li")
    step(client, codes[0]), step(client, shown_on_phone(wang))
    assert not is_in(client)


@pytest.mark.parametrize("code", ["", "０００００１", "١٢٣٤٥٦", "123456\0", "-12345", "1e5", "x" * 5000, "null", "\ud800"])
def test_nonsense_is_no_code(li, code):
    with_factor(li)
    client, _ = sign_in("li")
    sent = urlencode({"code": code}, errors="surrogatepass")
    answer = client.post(STEP, sent, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200 and not is_in(client)


def test_after_a_wrong_code_even_the_right_one_waits(li):
    with_factor(li)
    client, _ = sign_in("li")
    right = shown_on_phone(li)
    step(client, "000000"), step(client, right)
    assert not is_in(client)


def test_five_wrong_codes_end_the_session(li):
    with_factor(li)
    client, _ = sign_in("li")
    answers = [step(client, "000000") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [302]
    assert answers[-1].headers["Location"] == LOGIN
    step(client, shown_on_phone(li))
    assert not is_in(client) and "从密码重新开始" in client.get(LOGIN).content.decode()
    assert Audited.objects.filter(what="code-wrong", who=li).count() == 5


def test_new_recovery_codes_need_a_code_and_make_the_old_ones_worthless(li):
    client, old = with_factor(li)
    assert client.post(LOOK_AFTER, {"code": "000000", "renew": ""}).context["form"].errors
    new = client.post(LOOK_AFTER, {"code": shown_on_phone(li), "renew": ""}).context["codes"]
    other, _ = sign_in("li")
    step(other, old[0])
    assert not is_in(other) and is_in(client)
    shown_on_phone(li), step(sign_in("li")[0], new[0])
    assert StaticToken.objects.count() in (9, 10)


def test_it_is_taken_off_only_with_a_code_and_ends_the_other_sessions(li):
    client, _ = with_factor(li)
    other, _ = sign_in("li")
    step(other, shown_on_phone(li))
    client.post(LOOK_AFTER, {"code": "000000", "off": ""})
    assert is_set_up(li) and is_in(other)
    client.post(LOOK_AFTER, {"code": shown_on_phone(li), "off": ""})
    assert not is_set_up(li) and is_in(client) and not is_in(other)


def test_setting_it_up_ends_the_other_sessions(li):
    other, _ = sign_in("li")
    assert is_in(other)
    with_factor(li)
    assert not is_in(other) and other.get("/admin/").headers["Location"].startswith(LOGIN)


def test_who_has_signed_in_with_the_password_alone_can_set_no_other_up(li):
    with_factor(li)
    client, _ = sign_in("li")
    assert client.get(SET_UP).status_code == 302
    client.post(SET_UP, {"password": PASSWORD, "code": "000000"})
    assert TOTPDevice.objects.filter(user=li).count() == 1


def test_an_administrator_resets_a_colleagues_and_it_is_written_down(li, person):
    head, _ = sign_in(person("管理员", "guan").username)
    colleague, _ = with_factor(li)
    url = f"/admin/auth/user/{li.pk}/second-factor/"
    assert "设好了" in head.get(f"/admin/auth/user/{li.pk}/change/").content.decode()
    assert head.get(url).status_code == 200 and is_set_up(li)
    head.post(url)
    assert not is_set_up(li) and not is_in(colleague)
    row = Audited.objects.get(what="factor-reset")
    assert (row.who_name, row.about) == ("guan", "li")


def test_nobody_else_resets_a_colleagues_and_nobody_their_own(li, person):
    with_factor(li)
    reviewer, _ = sign_in(person("复核", "fu").username)
    assert reviewer.post(f"/admin/auth/user/{li.pk}/second-factor/").status_code == 403
    head = person("管理员", "guan")
    own, _ = with_factor(head)
    assert own.post(f"/admin/auth/user/{head.pk}/second-factor/").status_code == 403
    assert is_set_up(li) and is_set_up(head)


@pytest.mark.parametrize(("whom", "led"), [("nobody", set()), ("deciders", {"复核", "管理员"}), ("staff", {"", "编辑", "复核", "管理员"})])
def test_whom_the_rules_name_is_led_to_set_it_up_and_can_do_nothing_else(person, whom, led):
    DeskRules.objects.filter(pk=1).update(second_factor=whom)
    for role in ("", "编辑", "复核", "管理员"):
        client, _ = sign_in(person(role, f"user-{role}").username)
        answer = client.get("/admin/faults/term/")
        is_led = answer.status_code == 302 and answer.headers["Location"].startswith(SET_UP)
        assert is_led == (role in led) and is_in(client) == (role not in led)


def test_who_must_have_one_gets_in_after_setting_it_up(person):
    DeskRules.objects.filter(pk=1).update(second_factor="staff")
    li = person("编辑", "li")
    client, _ = with_factor(li)
    assert is_in(client)
    client.post(LOOK_AFTER, {"code": shown_on_phone(li), "off": ""})
    assert client.get("/admin/").headers["Location"].startswith(SET_UP)


def test_signing_in_again_asks_for_the_code_again(li):
    client, _ = with_factor(li)
    sign_in("li", client=client)
    assert not is_in(client)


def test_halfway_one_can_sign_out(li):
    with_factor(li)
    client, _ = sign_in("li")
    client.post("/admin/logout/")
    assert not client.session.keys() and client.get("/admin/").headers["Location"].startswith(LOGIN)


def test_the_secrets_have_no_page_in_the_admin(admin_client):
    assert admin_client.get("/admin/otp_totp/totpdevice/").status_code == 404
    assert admin_client.get("/admin/otp_static/staticdevice/").status_code == 404


def test_a_stranger_finds_no_page_of_it():
    client = Client()
    assert all(client.get(page).headers["Location"].startswith(LOGIN) or page == STEP for page in (SET_UP, LOOK_AFTER))
    assert client.get(STEP).headers["Location"] == "/admin/"


def test_a_reader_with_an_account_but_no_desk_sets_nothing_up():
    User.objects.create_user("reader", password=PASSWORD)
    client = Client()
    client.force_login(User.objects.get(username="reader"))
    assert client.get(SET_UP).status_code == 302 and not TOTPDevice.objects.exists()
