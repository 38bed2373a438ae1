"""Settings that contradict each other are said, with what to write instead."""

from types import SimpleNamespace

import pytest

from posdesk import settings_checks as rules
from posdesk.settings_checks import network_file_system
from tests.test_settings import manage

HOST = "help.example.cn"
POSTGRES = {"ENGINE": "django.db.backends.postgresql", "HOST": "one", "PORT": 5432, "NAME": "posdesk"}
REDIS = {"default": {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": "redis://127.0.0.1"}}
LOCAL = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# What is right, then the id and what breaks it.
GOOD = {
    "DEBUG": False,
    "HTTPS": True,
    "PROXIES": 1,
    "ALLOWED_HOSTS": [HOST],
    "CSRF_TRUSTED_ORIGINS": [],
    "SECURE_HSTS_SECONDS": 31_536_000,
    "DATABASES": {"default": POSTGRES, "replica": POSTGRES | {"HOST": "two"}},
    "WEB_WORKERS": 2,
    "CACHES": REDIS,
}
BROKEN = [
    ("posdesk.E001", {"DEBUG": True, "ALLOWED_HOSTS": ["localhost"]}),
    ("posdesk.E002", {"DEBUG": True, "HTTPS": False}),
    ("posdesk.E003", {"ALLOWED_HOSTS": [HOST, "*"]}),
    ("posdesk.E004", {"CSRF_TRUSTED_ORIGINS": [f"http://{HOST}"]}),
    ("posdesk.E005", {"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "x"}, "replica": POSTGRES}}),
    ("posdesk.E006", {"DATABASES": {"default": POSTGRES, "replica": POSTGRES}}),
    ("posdesk.W001", {"HTTPS": False}),
    ("posdesk.W001", {"HTTPS": False, "ALLOWED_HOSTS": ["127.0.0.1", "192.168.1.20"]}),
    ("posdesk.W002", {"CSRF_TRUSTED_ORIGINS": ["https://other.example.cn"]}),
    ("posdesk.W003", {"PROXIES": 0}),
    ("posdesk.W004", {"CACHES": LOCAL}),
    ("posdesk.W006", {"SECURE_HSTS_SECONDS": 3600}),
]
FINE = [
    {},
    {"DEBUG": True, "HTTPS": False, "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]", "desk.localhost"]},
    {"HTTPS": False, "PROXIES": 0, "ALLOWED_HOSTS": ["127.0.0.1"]},
    {"CSRF_TRUSTED_ORIGINS": [f"https://{HOST}:8443"]},
    {"CSRF_TRUSTED_ORIGINS": ["https://*.example.cn"], "ALLOWED_HOSTS": [".example.cn"]},
    {"CACHES": LOCAL, "WEB_WORKERS": 1},
    {"DATABASES": {"default": POSTGRES}},
]


@pytest.fixture
def var(tmp_path):
    """A folder that is as it should be."""
    key = tmp_path / "secret-key"
    key.write_text("k")
    key.chmod(0o600)
    return tmp_path


@pytest.fixture
def said(var, monkeypatch):
    """The ids of what is wrong with these settings."""

    def say(changed: dict) -> list[str]:
        monkeypatch.setattr(rules, "settings", SimpleNamespace(**{"VAR_DIR": var} | GOOD | changed))
        found = rules.check_contradictions(None) + rules.check_production(None)
        assert all(message.hint and "{" not in message.msg for message in found)
        return [message.id for message in found]

    return say


@pytest.mark.parametrize(("wrong", "changed"), BROKEN)
def test_what_is_wrong_is_said(said, wrong, changed):
    assert said(changed) == [wrong]


@pytest.mark.parametrize("changed", FINE)
def test_what_is_right_is_not(said, changed):
    assert said(changed) == []


def test_a_key_that_others_can_read(said, var):
    (var / "secret-key").chmod(0o640)
    assert said({}) == ["posdesk.W007"]
    (var / "secret-key").unlink()  # it is in the environment
    assert said({}) == []


def test_a_folder_that_can_not_be_written(said, var):
    assert said({"VAR_DIR": var / "gone"}) == ["posdesk.W008"]


def test_sqlite_on_another_machine(said, monkeypatch):
    monkeypatch.setattr(rules, "network_file_system", lambda path: "nfs4" if path.name == "there.sqlite3" else "")
    there = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "/mnt/there.sqlite3"}}
    assert said({"DATABASES": there}) == ["posdesk.W005"]


MOUNTS = """/dev/sda1 / ext4 rw 0 0
server:/share {}/share nfs4 rw 0 0
tmpfs {}/share/near tmpfs rw 0 0
"""


def test_file_systems_of_other_machines(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS.format(tmp_path, tmp_path))
    names = ["share/posdesk.sqlite3", "share/near/posdesk.sqlite3", "posdesk.sqlite3"]
    assert [network_file_system(tmp_path / name, mounts) for name in names] == ["nfs4", "", ""]
    assert network_file_system(tmp_path, tmp_path / "none") == ""


def test_every_rule_has_an_id_of_its_own_and_a_test():
    ids = [rule.id for rule in rules.ALWAYS + rules.IN_PRODUCTION]
    alone = {"posdesk.W005", "posdesk.W007", "posdesk.W008"}
    assert len(ids) == len(set(ids)) and set(ids) == {wrong for wrong, _ in BROKEN} | alone


def test_django_runs_them():
    finished = manage("check", HTTPS="1", DEBUG="1")
    assert finished.returncode == 1 and "posdesk.E001" in finished.stderr
    assert "posdesk.W006" in manage("check", "--deploy", HTTPS="1", HSTS_SECONDS="60").stderr
