"""The units of systemd: systemd can read them, nothing in them is missing from the tree, and they may do little."""

import re
import shlex
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.test_settings import ROOT

UNITS = ROOT / "deploy/systemd"
SERVICES = sorted(UNITS.glob("*.service"))
HARDENING = UNITS / "posdesk.service.d/hardening.conf"
HOME = "/srv/posdesk/"
RELEASE = f"{HOME}current/"
ANALYZE = shutil.which("systemd-analyze")


def unit(path: Path) -> ConfigParser:
    parser = ConfigParser(strict=False, interpolation=None, delimiters=["="], comment_prefixes=["#"])
    parser.optionxform = str
    parser.read(path, encoding="utf-8")
    return parser


def commands(path: Path) -> list[list[str]]:
    return [shlex.split(value) for name, value in unit(path)["Service"].items() if name.startswith("Exec")]


@pytest.fixture
def installed(tmp_path):
    """A machine with the units, the program and the user, as far as systemd looks."""
    shutil.copytree(UNITS, tmp_path / "etc/systemd/system", symlinks=True)
    for program in ("bin/kill", "srv/posdesk/current/.venv/bin/python", "srv/posdesk/current/bin/alert"):
        (tmp_path / program).parent.mkdir(parents=True)
        (tmp_path / program).write_text("#!/bin/sh\n")
        (tmp_path / program).chmod(0o755)
    for target in ("sysinit", "basic", "shutdown", "network-online", "timers", "multi-user"):
        folder = tmp_path / "usr/lib/systemd/system"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{target}.target").write_text("[Unit]\nDescription=of the system\n")
    return tmp_path


@pytest.mark.parametrize("name", sorted(path.name for path in UNITS.glob("*.*") if path.is_file()))
def test_systemd_reads_it(installed, name):
    if not ANALYZE:
        assert unit(UNITS / name).sections()[0] == "Unit"
        return
    finished = subprocess.run([ANALYZE, "verify", f"--root={installed}", "--man=no", name], capture_output=True, text=True)
    assert finished.returncode == 0 and "Unknown" not in finished.stderr and name not in finished.stderr, finished.stderr


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_what_it_runs_is_there(path):
    for program, *arguments in commands(path):
        assert program in ("/bin/kill", f"{RELEASE}.venv/bin/python", f"{RELEASE}bin/alert")
        if arguments[:1] == ["manage.py"]:
            assert arguments[1] in get_commands()
        if "--config" in arguments:
            assert (ROOT / arguments[arguments.index("--config") + 1].removeprefix(RELEASE)).is_file()


def test_the_web_server_finds_its_program_and_its_socket():
    settings = {"__file__": str(ROOT / "deploy/gunicorn.conf.py")}
    exec(compile((ROOT / "deploy/gunicorn.conf.py").read_text(encoding="utf-8"), "gunicorn.conf.py", "exec"), settings)  # noqa: S102
    assert settings["wsgi_app"] == "posdesk.wsgi"
    runtime = unit(UNITS / "posdesk.service")["Service"]["RuntimeDirectory"].split()[0]
    assert settings["bind"].startswith(f"unix:/run/{runtime}/") and settings["pidfile"].startswith(f"/run/{runtime}/")
    assert f"server {settings['bind']} " in (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")


def test_every_path_of_ours_is_in_the_tree():
    made_there = {".venv", "var", "repository.git", "current"}
    texts = [path.read_text() for path in UNITS.rglob("*.*") if path.is_file()]
    named = {name for text in texts for name in re.findall(rf"{HOME}(?:current/)?([\w./-]+)", text)}
    assert {name for name in named if name.split("/")[0] not in made_there and not (ROOT / name).exists()} == set()


def test_every_timer_has_its_service_and_a_time():
    for timer in UNITS.glob("*.timer"):
        assert timer.with_suffix(".service").exists() and unit(timer)["Timer"]["OnCalendar"]


def test_whoever_fails_somebody_is_told():
    for path in SERVICES:
        if path.name != "posdesk-failed@.service":
            assert unit(path)["Unit"]["OnFailure"] == "posdesk-failed@%n.service"
    environment = {"PATH": "/usr/bin:/bin", "ALERT_COMMAND": 'echo "told of $1"'}
    said = subprocess.run([ROOT / "bin/alert", "posdesk-backup.service"], env=environment, capture_output=True)
    first, second = said.stdout.decode().splitlines()
    assert first.startswith("<1>posdesk: posdesk-backup.service has failed") and second == "told of posdesk-backup.service"


def test_one_hardening_holds_for_all():
    # systemd's way of saying: every posdesk-*.service. The file is a link, not the folder: systemd follows no linked folder.
    assert (UNITS / "posdesk-.service.d").is_dir() and not (UNITS / "posdesk-.service.d").is_symlink()
    assert (UNITS / "posdesk-.service.d/hardening.conf").resolve() == HARDENING
    assert all(path.stem == "posdesk" or path.stem.startswith("posdesk-") for path in SERVICES)
    hardening = unit(HARDENING)["Service"]
    assert (hardening["User"], hardening["ReadWritePaths"], hardening["CapabilityBoundingSet"]) == ("posdesk", f"{HOME}var", "")
    assert hardening["EnvironmentFile"] == "/etc/posdesk/env"


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_little_is_exposed(installed, path):
    """systemd's own measure from 0, nothing, to 10, everything."""
    if not ANALYZE:
        assert unit(HARDENING)["Service"]["ProtectSystem"] == "strict"
        return
    command = [ANALYZE, "security", "--offline=yes", f"--root={installed}", "--threshold=20", "--no-pager", path.name]
    finished = subprocess.run(command, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stdout + finished.stderr
