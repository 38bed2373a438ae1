"""posdesk behind nginx as deploy/ describes it: the example's own files, on ports of this machine and with a certificate of its own."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.deploy.test_settings import variables
from tests.servers.filled import sampled_sqlite
from tests.servers.ports import free_port, wait_for_port
from tests.test_settings import ROOT

HOST = "help.example.cn"


class Site(NamedTuple):
    """Where nginx listens, what it shows as its certificate, where it logs, and where the site keeps its database."""

    http: int
    https: int
    certificate: Path
    folder: Path
    database: Path
    gunicorn: subprocess.Popen


@pytest.fixture(scope="session")
def django_db_setup():
    """These tests touch no database but the server's own."""


@pytest.fixture(scope="session")
def certificate(tmp_path_factory) -> Path:
    """Self-signed, for the example's name and this machine; the key lies beside it as key.pem."""
    folder = tmp_path_factory.mktemp("tls")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
    command += ["-addext", f"subjectAltName=DNS:{HOST},IP:127.0.0.1"]
    command += ["-keyout", str(folder / "key.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "fullchain.pem"


def configuration(folder: Path, certificate: Path, socket: Path, http: int, https: int) -> Path:
    """The example as part of an nginx.conf that needs no rights and writes into the folder alone."""
    text = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    text = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.MULTILINE)
    swaps = {
        "listen 80;": f"listen 127.0.0.1:{http};",
        "listen 443 ": f"listen 127.0.0.1:{https} ",
        "/etc/posdesk/tls": str(certificate.parent),
        "/srv/posdesk/static": str(ROOT / "static"),
        "/var/log/nginx": str(folder),
        "/var/www/posdesk": str(folder / "www"),
        "unix:/run/posdesk/gunicorn.sock": f"unix:{socket}",
    }
    for there, here in swaps.items():
        assert there in text, f"deploy/nginx.conf names no {there}"
        text = text.replace(there, here)
    paths = "".join(f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;\n" if os.geteuid() == 0 else ""
    head = f"{user}daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
    path = folder / "nginx.conf"
    http_part = f"include /etc/nginx/mime.types;\ngzip on;\n{paths}{text}"  # gzip: as Debian's file has it
    path.write_text(f"{head}http {{\n{http_part}}}\n", encoding="utf-8")
    return path


@contextmanager
def running(command: list[str], log: Path, cwd: Path = ROOT, **environment: str) -> Iterator[subprocess.Popen]:
    """A process with its output in a file, stopped at the end."""
    with log.open("wb") as written:
        process = subprocess.Popen(command, cwd=cwd, env=os.environ | environment, stdout=written, stderr=written)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(40)


def wait_for(path: Path, seconds: float = 60) -> None:
    """Returns when the file is there. Raises TimeoutError."""
    until = time.monotonic() + seconds
    while not path.exists():
        if time.monotonic() > until:
            raise TimeoutError(path)
        time.sleep(0.1)


@pytest.fixture(scope="session")
def site(tmp_path_factory, certificate) -> Iterator[Site]:
    """nginx and gunicorn with the example's settings, all knowledge, and an `editor`."""
    folder, http, https = tmp_path_factory.mktemp("site"), free_port(), free_port()
    socket, database, metrics = folder / "gunicorn.sock", folder / "posdesk.sqlite3", folder / "metrics"
    metrics.mkdir()
    settings = variables() | {"DATABASE_URL": sampled_sqlite(database), "PROMETHEUS_MULTIPROC_DIR": str(metrics)}
    settings |= {"BIND": f"unix:{socket}", "PIDFILE": str(folder / "gunicorn.pid")}
    nginx = [
        "nginx",
        "-p",
        str(folder),
        "-e",
        str(folder / "start.log"),
        "-c",
        str(configuration(folder, certificate, socket, http, https)),
    ]
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
    with running(gunicorn, folder / "gunicorn.log", **settings) as server, running(nginx, folder / "nginx.log"):
        wait_for(socket)
        wait_for_port(https)
        yield Site(http, https, certificate, folder, database, server)
