"""An installation as deploy/install lays it out, in a folder of the test's own, two versions, and gunicorn as its unit starts it."""

import json
import os
import shlex
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.deploy.test_settings import variables
from tests.deploy.test_units import UNITS, unit
from tests.servers.ports import free_port, wait_for_port
from tests.test_settings import ROOT

OLD, NEW = "v0.1.0", "v0.2.0"
NOT_CHECKED_OUT = {".git", ".venv", "var", "static", "tests", "docs", "bench"}
ADDED = """
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("faults", "{last}")]
    operations = [migrations.RunSQL("CREATE TABLE added (word varchar(9))", "DROP TABLE added")]
"""


def make_repository(folder: Path) -> None:
    """With the tags OLD, this code, and NEW, which has a migration more. Both run on this environment: files are older than it."""
    for path in ROOT.iterdir():
        if path.is_dir() and path.name not in NOT_CHECKED_OUT and not path.name.endswith("_cache"):
            shutil.copytree(path, folder / path.name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    for name in ("Makefile", "manage.py", "requirements.txt", "pyproject.toml"):
        shutil.copy2(ROOT / name, folder)
    (folder / ".venv").symlink_to((ROOT / ".venv").resolve())
    _git(folder, "init", "--quiet")
    _commit(folder, OLD)
    last = max(path.stem for path in (folder / "faults/migrations").glob("0*.py"))
    (folder / "faults/migrations/9999_added.py").write_text(ADDED.format(last=last), encoding="utf-8")
    _commit(folder, NEW)


def _commit(folder: Path, tag: str) -> None:
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", tag)
    _git(folder, "tag", tag)


def _git(folder: Path, *arguments: str) -> None:
    past = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), "2020-01-01T00:00:00Z")
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.cn", *arguments]
    subprocess.run(command, cwd=folder, env=os.environ | past, check=True, capture_output=True)


class Installation:
    """The folders of one, and its commands."""

    def __init__(self, folder: Path):
        self.root, self.repository, self.port = folder / "root", folder / "repository", free_port()
        self.home, self.backups, self.env = self.root / "srv/posdesk", self.root / "var/backups/posdesk", self.root / "etc/posdesk/env"
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
        self._environment = kept | {"POSDESK_ENV": str(self.env), "BACKUPS": str(self.backups)}
        self.database = self.home / "var/posdesk.sqlite3"
        self.repository.mkdir()
        make_repository(self.repository)

    def run(self, *command: str, killed_at: str = "", after: float = 0) -> tuple[int, str]:
        """Its exit code and what it prints. With `killed_at` it and all it has started get SIGKILL when it says that this step begins."""
        process = subprocess.Popen(
            command, env=self._environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
        said = []
        for line in process.stdout:
            said.append(line)
            if killed_at and line.startswith(f"== {killed_at}"):
                time.sleep(after)
                os.killpg(process.pid, signal.SIGKILL)
                break
        process.stdout.close()
        return process.wait(300), "".join(said)

    def install(self, killed_at: str = "") -> tuple[int, str]:
        """deploy/install of OLD in its own folder, with a port of its own."""
        self.env.parent.mkdir(parents=True, exist_ok=True)
        settings = variables() | {"BIND": f"127.0.0.1:{self.port}", "PIDFILE": str(self.root / "gunicorn.pid")}
        self.env.write_text("".join(f"{name}={value}\n" for name, value in settings.items()), encoding="utf-8")
        install = ["env", f"ROOT={self.root}", str(ROOT / "deploy/install")]
        return self.run(*install, settings["ALLOWED_HOSTS"], str(self.repository), OLD, killed_at=killed_at)

    def command(self, name: str, *arguments: str) -> list[str]:
        """One of bin/, of the release that is current."""
        return [str(self.home / "current/bin" / name), *arguments]

    @contextmanager
    def serving(self) -> Iterator["Gunicorn"]:
        """gunicorn as posdesk.service starts it."""
        command = shlex.split(unit(UNITS / "posdesk.service")["Service"]["ExecStart"].replace("/srv/posdesk", str(self.home)))
        with (self.root / "gunicorn.log").open("wb") as log:
            process = subprocess.Popen(
                command, cwd=self.home / "current", env=self._environment | variables(self.env), stdout=log, stderr=log
            )
        try:
            wait_for_port(self.port)
            yield Gunicorn(process, self.port)
        finally:
            process.terminate()
            process.wait(40)


class Gunicorn:
    """The running server: a master and one worker."""

    def __init__(self, process: subprocess.Popen, port: int):
        self.process, self._port = process, port

    def version(self) -> str:
        """What its worker says that it is, ready or not."""
        try:
            answer = urllib.request.urlopen(f"http://127.0.0.1:{self._port}/readyz", timeout=60)  # noqa: S310 (our own address)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return json.load(answer)["version"]

    def version_after_a_worker_died(self) -> str:
        """The same of the worker that comes instead."""
        for worker in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split():
            os.kill(int(worker), signal.SIGKILL)
        return self.version()
