"""deploy/env.example is a production environment that Django has nothing to say about."""

import re
import string
from pathlib import Path

from tests.test_settings import ROOT, manage


def variables(path: Path = ROOT / "deploy/env.example") -> dict[str, str]:
    """What systemd takes from such a file."""
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", path.read_text(encoding="utf-8"), re.MULTILINE))


def check(tmp_path, **changed):
    database = f"sqlite:///{tmp_path}/posdesk.sqlite3"
    settings = variables() | {"SECRET_KEY": string.ascii_letters, "DATABASE_URL": database} | changed
    return manage("check", "--deploy", "--fail-level", "WARNING", **settings)


def test_the_example_is_ready_for_production(tmp_path):
    finished = check(tmp_path, HSTS_SECONDS="31536000")
    assert finished.stderr == "" and finished.returncode == 0
    assert finished.stdout.startswith("System check identified no issues")


def test_it_promises_tls_for_an_hour_at_first_and_is_reminded_of_that(tmp_path):
    finished = check(tmp_path)
    assert variables()["HSTS_SECONDS"] == "3600" and re.findall(r"posdesk\.\w+|security\.\w+", finished.stderr) == ["posdesk.W006"]


def test_what_is_missing_is_said(tmp_path):
    finished = check(tmp_path, PROXIES="0")
    assert finished.returncode == 1 and "posdesk.W003" in finished.stderr
