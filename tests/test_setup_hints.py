"""make run says how to make the first administrator, and only then."""

from io import StringIO

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def said():
    out = StringIO()
    call_command("setup_hints", stdout=out)
    return out.getvalue()


def test_a_new_installation_is_told_how():
    assert "createsuperuser" in said() and "没有默认密码" in said() and "两步登录" in said()


def test_later_nothing_is_said(editor):
    assert said() == ""
