"""posdesk itself, as an installation runs it: gunicorn with several workers, on any database."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from tests.servers.ports import free_port, wait_for_port

ROOT = Path(__file__).resolve().parent.parent.parent


def settings(**changed: str) -> dict[str, str]:
    """The environment of a posdesk process: this one's, with these variables changed."""
    return os.environ | changed


def manage(*arguments: str, **changed: str) -> str:
    """What manage.py prints in a process of its own. Raises CalledProcessError."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=settings(**changed), check=True, capture_output=True, text=True).stdout


class Server:
    """One web node: a gunicorn with its workers. `log` is the file it writes to.

    The program and its dictionaries are loaded once, by the master, where deploy/ lets each worker load them: three seconds of a
    processor for each. tests/deploy runs it as deploy/ has it.
    """

    def __init__(self, log: Path, workers: int = 2, **changed: str):
        self.port, self.log, self._settings, self._process = free_port(), log, settings(**changed), None
        self._command = [sys.executable, "-m", "gunicorn", "--preload", f"--workers={workers}", "--threads=4"]
        self._command += [f"--bind=127.0.0.1:{self.port}"]
        self._command += ["--error-logfile=-", "--log-level=warning", "tests.servers.loaded"]

    @property
    def address(self) -> str:
        """Without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """Of gunicorn's master."""
        return self._process.pid

    def start(self) -> None:
        """Returns when a worker answers."""
        with self.log.open("ab") as written:
            # A session of its own, so that kill() reaches the workers too.
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._settings, stdout=written, stderr=written, start_new_session=True
            )
        wait_for_port(self.port)
        self._wait_for_an_answer()

    def _wait_for_an_answer(self, seconds: float = 30) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"{self.address}/robots.txt", timeout=10).close()  # noqa: S310 (our own address)
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
        raise TimeoutError(self.address)

    def stop(self) -> None:
        """Lets requests end first."""
        self._process.terminate()
        self._process.wait(40)

    def kill(self) -> None:
        """kill -9 for the master and every worker, as if the power went."""
        os.killpg(self._process.pid, 9)
        self._process.wait()

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None


@contextmanager
def serving(log: Path, workers: int = 2, **changed: str):
    """A running web node with these environment variables."""
    server = Server(log, workers, **changed)
    server.start()
    try:
        yield server
    finally:
        if server.is_running:
            server.stop()
