"""Sessions end: when nobody uses them, when they are old, when the password changes, and when one signs out."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session

from faults.usage.upkeep import tend
from posdesk.security import sessions
from tests.security.crawling import writes
from tests.security.sign_in import PASSWORD, is_in, sign_in

pytestmark = pytest.mark.django_db
NEW = "another long phrase"


@pytest.fixture
def li(person):
    """An editor."""
    return person("编辑", "li")


def made_older(client, began=0, seen=0):
    session = client.session
    session[sessions.BEGAN] -= began
    session[sessions.SEEN] -= seen
    session.save()


@pytest.mark.postgresql
@pytest.mark.parametrize(("seconds", "lives"), [(-60, True), (60, False)])
def test_after_two_hours_unused_it_is_over(li, seconds, lives):
    client, _ = sign_in("li")
    made_older(client, seen=settings.SESSION_IDLE_SECONDS + seconds)
    assert is_in(client) == lives


@pytest.mark.parametrize(("seconds", "lives"), [(-60, True), (60, False)])
def test_after_twelve_hours_it_is_over_however_much_it_is_used(li, seconds, lives):
    client, _ = sign_in("li")
    made_older(client, began=settings.SESSION_MAX_SECONDS + seconds)
    assert is_in(client) == lives
    assert Session.objects.exists() == lives


def test_using_it_keeps_it_alive_and_is_written_once_a_minute(li):
    client, _ = sign_in("li")
    made_older(client, seen=settings.SESSION_IDLE_SECONDS - 60)
    assert is_in(client)
    with writes() as tables:
        assert is_in(client)
    assert "django_session" not in tables
    made_older(client, seen=61)
    with writes() as tables:
        assert is_in(client)
    assert "django_session" in tables


def test_a_reader_has_no_session(client):
    client.get("/f/40/")
    assert not client.cookies and not Session.objects.exists()


def test_the_key_is_another_one_after_sign_in(li):
    client, _ = sign_in("li")
    before = client.session.session_key
    sign_in("li", client=client)
    assert client.session.session_key != before


def test_signing_out_ends_it_for_whoever_kept_the_cookie(li):
    client, _ = sign_in("li")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/admin/logout/")
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert not is_in(client) and not Session.objects.exists()


def test_a_new_password_ends_the_persons_other_sessions(li):
    here, there = sign_in("li")[0], sign_in("li")[0]
    sent = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert here.post("/admin/password_change/", sent).status_code == 302
    assert is_in(here) and not is_in(there)


def test_a_password_set_by_an_administrator_ends_all_of_the_persons_sessions(li, admin_client):
    client, _ = sign_in("li")
    sent = {"password1": NEW, "password2": NEW, "usable_password": "true"}
    assert admin_client.post(f"/admin/auth/user/{li.pk}/password/", sent).status_code == 302
    assert not is_in(client) and is_in(sign_in("li", NEW)[0])


def test_the_cookie_is_for_the_browser_alone(li):
    client, _ = sign_in("li")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and int(cookie["max-age"]) == settings.SESSION_MAX_SECONDS


@pytest.mark.postgresql
def test_what_is_left_of_old_sessions_is_deleted_every_hour(li):
    sign_in("li")
    Session.objects.update(expire_date="2020-01-01T00:00:00Z")
    tend()
    assert not Session.objects.exists()


def test_a_closed_account_stays_out_also_when_it_is_opened_again(li):
    client, _ = sign_in("li")
    assert is_in(client)
    for is_active in (False, True):
        li.is_active = is_active
        li.save()
        assert not is_in(client)
    assert is_in(sign_in("li")[0])


@pytest.mark.parametrize("stamp", [sessions.BEGAN, sessions.SEEN])
@pytest.mark.parametrize(("ahead", "lives"), [(30, True), (3600, False), (10**9, False)])
def test_one_that_was_made_while_the_clock_was_ahead_is_over(li, stamp, ahead, lives):
    client, _ = sign_in("li")
    made_older(client, **{"began" if stamp == sessions.BEGAN else "seen": -ahead})
    assert is_in(client) == lives


def test_five_wrong_old_passwords_end_the_session(li):
    client, _ = sign_in("li")
    sent = {"new_password1": NEW, "new_password2": NEW}
    answers = [client.post("/admin/password_change/", sent | {"old_password": f"wrong {n}"}) for n in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [302] and not is_in(client)
    assert "错得太多" in client.get("/admin/login/").content.decode()
    client, _ = sign_in("li")
    assert client.post("/admin/password_change/", sent | {"old_password": PASSWORD}).status_code == 302 and is_in(client)
