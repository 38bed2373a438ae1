"""Settings are safe as they stand, and refuse nonsense with a sentence that says what to write."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from posdesk import environment

ROOT = Path(__file__).resolve().parent.parent


def manage(*arguments, **variables):
    """Runs manage.py in a process of its own with these environment variables."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=kept | variables, capture_output=True, text=True, timeout=60
    )


def test_debug_is_off_unless_asked_for():
    assert "False" in manage("shell", "-v0", "-c", "from django.conf import settings; print(settings.DEBUG)").stdout
    assert "True" in manage("shell", "-v0", "-c", "from django.conf import settings; print(settings.DEBUG)", DEBUG="1").stdout


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DEBUG", "maybe", "Not a valid boolean"),
        ("HTTPS", "perhaps", "Not a valid boolean"),
        ("SESSION_IDLE_SECONDS", "-1", "whole number"),
        ("PROXIES", "one", "Not a valid integer"),
        ("SECRET_KEY", "short", "50 or more"),
        ("DATABASE_URL", "mysql://a@b/c", "sqlite:/// or postgres://"),
        ("DATABASE_URL", "postgres://user:pa/ss@host:port/x", "can't be read"),
        ("ALLOWED_HOSTS", " , ", "ALLOWED_HOSTS is empty"),
        ("CSRF_TRUSTED_ORIGINS", "help.example.cn", "https://help.example.cn"),
        ("LOG_FORMAT", "xml", "write line or json"),
        ("ACCESS_LOG", "often", "Not a valid boolean"),
        ("METRICS_TOKEN", "short", "20 or more"),
        ("PROMETHEUS_MULTIPROC_DIR", "/nowhere/at/all", "make this folder"),
        ("PROMETHEUS_MULTIPROC_DIR", "", "make this folder"),
    ],
)
def test_nonsense_stops_the_start(name, value, sentence):
    finished = manage("check", **{name: value})
    assert finished.returncode != 0 and sentence in finished.stderr and name in finished.stderr


def test_no_secret_key_is_said(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="make setup"):
        environment.secret_key(tmp_path / "none")


PRAGMAS = """
from django.conf import settings
from django.db import connection
cursor = connection.cursor()
print(*(cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "foreign_keys", "synchronous")))
print(settings.DATABASES["default"]["OPTIONS"]["transaction_mode"], settings.DATABASES["default"]["OPTIONS"]["timeout"])
"""


def test_sqlite_is_set_for_many_readers_and_writers(tmp_path):
    shown = manage("shell", "-v0", "-c", PRAGMAS, DATABASE_URL=f"sqlite:///{tmp_path}/new.sqlite3").stdout.split()
    assert shown == ["wal", "1", "2", "IMMEDIATE", "50"]


COOKIES = """
from django.conf import settings
from faults.views.visitors import COOKIE
names = [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME]
print(all(name.startswith("__Host-") for name in names), COOKIE.startswith("__Secure-"), settings.LANGUAGE_COOKIE_SECURE)
"""


@pytest.mark.parametrize(("https", "shown"), [("1", ["True"] * 3), ("0", ["False"] * 3)])
def test_on_tls_cookies_are_named_so_that_no_other_host_can_set_them(https, shown):
    assert manage("shell", "-v0", "-c", COOKIES, HTTPS=https).stdout.split() == shown
