"""Guessing passwords is slow, and shuts nobody else out."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.utils import timezone

from tests.security.sign_in import PASSWORD, is_in, sign_in

pytestmark = pytest.mark.django_db
ATTACKER, HOME = "198.51.100.7", "192.0.2.1"


def guess(name, times, address=ATTACKER):
    answers = [sign_in(name, "wrong", address)[1] for _ in range(times)]
    return answers[-1]


def test_after_five_wrong_passwords_the_page_says_when_to_try_again(person):
    person("编辑", "li")
    assert guess("li", 4).status_code == 200
    answer = guess("li", 1)
    assert answer.status_code == 429 and 890 < int(answer.headers["Retry-After"]) <= 900
    shown = answer.content.decode()
    assert "登录先停一停" in shown and "15分钟以后" in shown
    _, right = sign_in("li", address=ATTACKER)
    assert right.status_code == 429


def test_the_colleague_gets_in_from_another_address_while_the_attacker_is_locked_out(person):
    person("编辑", "li")
    guess("li", 8)
    client, answer = sign_in("li", address=HOME)
    assert answer.status_code == 302 and is_in(client)
    assert guess("li", 1).status_code == 429


def test_another_name_from_the_same_address_gets_in(person):
    person("编辑", "li"), person("编辑", "wang")
    guess("li", 5)
    client, _ = sign_in("wang", address=ATTACKER)
    assert is_in(client)


@pytest.mark.postgresql
def test_it_cools_off_and_trying_during_it_makes_it_no_longer(person):
    person("编辑", "li")
    guess("li", 5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14, seconds=50))
    answer = guess("li", 3)
    assert answer.status_code == 429 and int(answer.headers["Retry-After"]) <= 10
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))
    client, _ = sign_in("li", address=ATTACKER)
    assert is_in(client)


def test_success_forgets_the_names_wrong_passwords_and_not_the_addresss(person):
    person("编辑", "li")
    guess("wang", 4)
    guess("li", 4)
    sign_in("li", address=ATTACKER)
    assert guess("li", 4).status_code == 200
    assert AccessAttempt.objects.filter(username="wang").exists()


@pytest.mark.postgresql
def test_an_address_that_tries_many_names_is_stopped(person):
    person("编辑", "li")
    for number in range(49):
        assert sign_in(f"nobody{number}", "wrong", ATTACKER)[1].status_code == 200
    assert guess("one more", 1).status_code == 429
    assert sign_in("li", address=ATTACKER)[1].status_code == 429
    assert is_in(sign_in("li", address=HOME)[0])


def test_a_forwarded_address_is_not_believed(person):
    person("编辑", "li")
    for number in range(5):
        client, answer = sign_in("li", "wrong", ATTACKER)
        answer = client.post(
            "/admin/login/", {"username": "li", "password": "wrong"}, REMOTE_ADDR=ATTACKER, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}"
        )
    assert answer.status_code == 429


def lasting(page) -> str:
    """The page without the form's token and the time of day, which are others for each answer."""
    lines = (line for line in page.content.decode().splitlines() if "csrf" not in line and "value=" not in line)
    return re.sub("（[0-9]{2}:[0-9]{2}）", "", "\n".join(lines))


def test_the_answer_is_the_same_whether_the_account_exists_or_not(person):
    person("编辑", "liwei")
    User.objects.create_user("idle1", password=PASSWORD, is_staff=True, is_active=False)
    pages = [
        [sign_in(name, "wrong", address)[1] for _ in range(5)]
        for name, address in (("liwei", "198.51.100.1"), ("ghost", "198.51.100.2"), ("idle1", "198.51.100.3"))
    ]
    for there, ghost, idle in zip(*pages, strict=True):
        assert there.status_code == ghost.status_code == idle.status_code
        assert lasting(there) == lasting(ghost) == lasting(idle)


def test_nothing_typed_is_stored_but_the_name_and_no_card_number_in_it():
    sign_in("6222021234567890123", "geheim, geheim", ATTACKER)
    row = AccessAttempt.objects.get()
    assert row.username == "***************0123"
    stored = " ".join(str(value) for value in vars(row).values())
    assert "geheim" not in stored and "622202" not in stored and row.post_data == row.get_data == row.user_agent == ""


def test_one_household_has_no_more_tries_because_it_has_many_addresses(person):
    person("编辑", "li")
    for n in range(5):
        answer = guess("li", 1, f"2001:db8:1:2::{n + 1:x}")
    assert answer.status_code == 429 and guess("li", 1, "2001:db8:1:2:ffff::9").status_code == 429
    assert is_in(sign_in("li", address="2001:db8:1:3::1")[0])
