"""The site on a real server, and what asks it: shared by what measures over HTTP (needs wrk)."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 8
CONNECTIONS = 4
PATIENCE = 40  # seconds a server may take to stop
EMPTY = "/empty/"
GUNICORN = (sys.executable, "-m", "gunicorn", "--workers=1", "--bind={address}", "--log-level=error", "posdesk.wsgi")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def process(command: tuple[str, ...], **environment: str):
    """The site, and an empty view, on a server; yields its process and its address, of which `{address}` and `{port}` speak."""
    port = free_port()
    address = f"127.0.0.1:{port}"
    filled = [part.format(address=address, port=port) for part in command]
    settings = {"DJANGO_SETTINGS_MODULE": "served", "PYTHONPATH": f"{ROOT / 'bench'}:{ROOT}"}
    started = subprocess.Popen(filled, cwd=ROOT, env={**os.environ, **settings, **environment}, start_new_session=True)  # noqa: S603
    try:
        _wait_for(f"http://{address}{EMPTY}")
        yield started, f"http://{address}"
    finally:
        _stop(started)


def _stop(started: subprocess.Popen) -> None:
    started.terminate()
    try:
        started.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        print(f"killed, for it went on {PATIENCE} s after it was told to stop: {started.args}", file=sys.stderr)
        os.killpg(started.pid, signal.SIGKILL)  # its workers too
        started.wait()


@contextmanager
def server(**environment: str):
    """One worker of gunicorn with the site; yields its address."""
    with process(GUNICORN, **environment) as (_, address):
        yield address


def _wait_for(url: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(url).close()  # noqa: S310 (our own server)
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"{url} does not answer")


def ask_each(address: str, paths: list[str]) -> None:
    """Asks for every path once, so that what is kept is there."""
    for path in paths:
        urllib.request.urlopen(address + path).close()  # noqa: S310 (our own server)


def per_second(address: str, paths: list[str], seconds: int = SECONDS) -> float:
    """Requests a second that wrk counts, going through the paths over and over; compressed, as every browser asks for it.

    Raises SystemExit if any answer was no 200.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        listed = ",".join(json.dumps(path) for path in paths)
        script.write(f"local paths = {{{listed}}}\nlocal at = 0\nrequest = function() at = at % #paths + 1\n")
        script.write('return wrk.format("GET", paths[at], {["Accept-Encoding"] = "gzip"}) end\n')
        script.flush()
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", script.name, address]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    if "Non-2xx" in printed:
        raise SystemExit(printed)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", printed).group(1))
