"""Where one is signed in can be seen and ended: one's own by oneself, a colleague's by an administrator, never without the password."""

import re
import time

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from faults.models import Audited
from posdesk.security import sessions
from tests.security.sign_in import PASSWORD, is_in, sign_in

pytestmark = pytest.mark.django_db
OWN = "/admin/sessions/"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"
ON_PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36"


@pytest.fixture
def li(person):
    """An editor."""
    return person("编辑", "li")


@pytest.fixture
def here(li):
    """At the desk."""
    return signed_in(EDGE, "192.0.2.1")


@pytest.fixture
def there(li):
    """On the telephone."""
    return signed_in(ON_PHONE, "192.0.2.77")


def signed_in(browser, address, name="li"):
    return sign_in(name, address=address, client=Client(HTTP_USER_AGENT=browser))[0]


def marks(page) -> list[str]:
    """What can be ticked, in the page's order."""
    return re.findall(r'name="session" value="(\w+)"', page.content.decode())


def end(client, marked, password=PASSWORD, url=OWN):
    return client.post(url, {"session": marked, "password": password})


def test_it_shows_browser_system_and_address_this_one_first(here, there):
    shown = here.get(OWN).content.decode()
    assert shown.index("就是这里") < shown.index("Edge · Windows") < shown.index("Chrome Mobile · Android")
    assert "192.0.2.1<" in shown and "192.0.2.77<" in shown


def test_a_key_stands_on_no_page(here, there):
    shown = here.get(OWN).content.decode()
    assert here.session.session_key not in shown and there.session.session_key not in shown


def test_this_one_is_not_among_those_to_end(here, there):
    assert len(marks(here.get(OWN))) == 1


@pytest.mark.postgresql
def test_what_is_ticked_ends_and_nothing_else(here, there):
    third = signed_in(EDGE, "192.0.2.3")
    telephone = next(place.public_id for place in here.get(OWN).context["sessions"] if place.address == "192.0.2.77")
    assert end(here, telephone).status_code == 302
    assert is_in(here) and is_in(third) and not is_in(there)
    assert Audited.objects.filter(what="sessions-ended").values_list("who_name", "about").get() == ("li", "li：1")


def test_without_the_right_password_nothing_ends_and_what_was_ticked_stays(here, there):
    marked = marks(here.get(OWN))
    shown = end(here, marked, "wrong").content.decode()
    assert "密码不对" in shown and re.search(r'name="session" value="\w+" id="\w+" checked', shown)
    assert is_in(there)


def test_whoever_guesses_the_password_there_is_signed_out(here, there):
    marked = marks(here.get(OWN))
    for _ in range(5):
        answer = end(here, marked, "wrong")
    assert answer.headers["Location"].startswith("/admin/login/") and not is_in(here) and is_in(there)


def test_with_nothing_ticked_it_says_so(here, there):
    assert "还没有选" in end(here, []).content.decode()
    assert "还没有选" in end(here, ["nonsense"]).content.decode()
    assert is_in(there)


def test_an_ended_one_is_not_listed(here, there):
    session = there.session
    session[sessions.SEEN] = int(time.time()) - settings.SESSION_IDLE_SECONDS - 60
    session.save()
    assert marks(here.get(OWN)) == []


def test_nobody_elses_are_listed_or_ended(here, there, person):
    person("编辑", "wang")
    stranger = signed_in(EDGE, "192.0.2.9", "wang")
    assert marks(stranger.get(OWN)) == []
    end(stranger, marks(here.get(OWN)))
    assert is_in(there)


def test_a_browser_that_says_nothing_or_nonsense_is_listed(here, li):
    for name in ("", "\0", "x" * 5_000, "6222021234567890123"):
        signed_in(name, "192.0.2.5")
    shown = here.get(OWN).content.decode()
    assert shown.count("没有说是什么浏览器") == 4


def test_a_card_number_that_a_browser_sends_is_not_kept(li):
    client = signed_in("6222021234567890123", "192.0.2.5")
    assert "567890" not in client.session[sessions.BROWSER]


def test_an_administrator_ends_a_colleagues_with_their_own_password(here, li, person):
    person("管理员", "chen")
    chen = signed_in(EDGE, "192.0.2.8", "chen")
    page = f"/admin/auth/user/{li.pk}/sessions/"
    assert page in chen.get(f"/admin/auth/user/{li.pk}/change/").content.decode()
    assert end(chen, marks(chen.get(page)), url=page).status_code == 302
    assert not is_in(here) and is_in(chen)
    assert Audited.objects.filter(what="sessions-ended").values_list("who_name", "about").get() == ("chen", "li：1")


def test_an_administrator_ends_everybodys_but_a_superusers_and_this_one(here, there, li, editor, person):
    chen = person("管理员", "chen")
    at_desk, boss = signed_in(EDGE, "192.0.2.8", "chen"), signed_in(EDGE, "192.0.2.4", "editor")
    sent = {"action": "end_sessions", "_selected_action": [user.pk for user in (li, editor, chen)]}
    page = at_desk.post("/admin/auth/user/", sent, follow=True)
    assert "2处登录结束了" in page.content.decode() and "超级用户的登录只有超级用户能结束" in page.content.decode()
    assert not is_in(here) and not is_in(there) and is_in(boss) and is_in(at_desk)


def test_a_superusers_are_out_of_an_administrators_sight(editor, signed_in_as):
    page = f"/admin/auth/user/{editor.pk}/sessions/"
    assert signed_in_as("管理员").get(page).status_code == 403
    assert User.objects.filter(pk=editor.pk).exists()


def test_a_colleague_who_is_nowhere(li, admin_client):
    assert "哪里都没有登录" in admin_client.get(f"/admin/auth/user/{li.pk}/sessions/").content.decode()


def test_nobody_by_that_number(admin_client):
    assert admin_client.get("/admin/auth/user/99999/sessions/").status_code == 404


@pytest.mark.postgresql
def test_as_many_queries_for_twenty_sessions_as_for_one(here, django_assert_num_queries):
    here.get(OWN)
    with CaptureQueriesContext(connection) as asked:
        here.get(OWN)
    of_one = len(asked)
    for number in range(20):
        signed_in(EDGE, f"192.0.2.{number + 100}")
    with django_assert_num_queries(of_one):
        assert len(marks(here.get(OWN))) == 20
