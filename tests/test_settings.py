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


SHOW = """
from django.conf import settings
from django.db import connection
from faults.views.visitors import COOKIE
names = [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME]
print(settings.DEBUG)
print(all(name.startswith("__Host-") for name in names), COOKIE.startswith("__Secure-"), settings.LANGUAGE_COOKIE_SECURE)
cursor = connection.cursor()
print(*(cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "foreign_keys", "synchronous")))
print(settings.DATABASES["default"]["OPTIONS"]["transaction_mode"], settings.DATABASES["default"]["OPTIONS"]["timeout"])
"""


def test_what_a_process_is_started_with(tmp_path):
    """Two processes, as each takes a second: DEBUG is off unless it is asked for, on TLS no other host can set the cookies.

    In both, SQLite is set for many readers and writers.
    """
    sqlite = ["wal 1 2", "IMMEDIATE 50"]
    cases = [({"DEBUG": "1", "HTTPS": "0"}, ["True", "False False False"]), ({"HTTPS": "1"}, ["False", "True True True"])]
    for place, (asked, shown) in enumerate(cases):
        said = manage("shell", "-v0", "-c", SHOW, DATABASE_URL=f"sqlite:///{tmp_path}/{place}.sqlite3", **asked)
        assert said.stdout.splitlines() == shown + sqlite, (asked, said.stderr)
