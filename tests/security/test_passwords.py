"""Passwords: twelve characters or more, kept as Argon2, older hashes made anew when somebody signs in."""

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User

from faults.models import Audited
from tests.security.sign_in import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


def test_a_new_password_is_kept_as_argon2(person):
    assert person("编辑", "li").password.startswith("argon2$argon2id$")


def test_an_old_hash_is_made_anew_at_sign_in_and_that_is_no_change_of_password(person):
    li = person("编辑", "li")
    User.objects.filter(pk=li.pk).update(password=make_password(PASSWORD, hasher="pbkdf2_sha256"))
    sign_in("li")
    assert User.objects.get(pk=li.pk).password.startswith("argon2$")
    assert not Audited.objects.filter(what="password-changed").exists()


@pytest.mark.parametrize("password", ["elf zeichen", "password12345", "admin@example.cn"])
def test_a_weak_password_is_refused(admin_client, admin_user, password):
    sent = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    answer = admin_client.post("/admin/password_change/", sent)
    assert answer.status_code == 200 and list(answer.context["form"].errors) == ["new_password2"]


def test_a_password_with_a_word_of_the_house_is_refused_and_the_word_is_named(admin_client, admin_user):
    sent = {"old_password": PASSWORD, "new_password1": "my PosDesk is fine", "new_password2": "my PosDesk is fine"}
    answer = admin_client.post("/admin/password_change/", sent)
    assert "posdesk" in str(answer.context["form"].errors) and "单位和产品的名字" in answer.content.decode()
    admin_user.refresh_from_db()
    assert admin_user.check_password(PASSWORD)
