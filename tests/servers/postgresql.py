"""PostgreSQL of Debian's package: a cluster of our own, and streaming replicas of it.

`python -m tests.servers.postgresql COMMAND …` runs a command on one.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from tests.databases import FOLDER, alone, copy_postgresql, digest, sample_postgresql
from tests.servers.ports import free_port

PROGRAMS = max(Path("/usr/lib/postgresql").glob("*/bin"), default=Path("/usr/bin"))
SETTINGS = {"listen_addresses": "'127.0.0.1'", "unix_socket_directories": "''", "max_connections": "200", "wal_level": "replica"}


def _run(program: str, *arguments: str) -> None:
    """Runs one of PostgreSQL's programs; it refuses to run as root, so root becomes postgres. Raises CalledProcessError."""
    as_whom = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    # To files and not to pipes: the server that pg_ctl leaves behind would keep a pipe open.
    with tempfile.TemporaryFile() as said:
        finished = subprocess.run([*as_whom, PROGRAMS / program, *arguments], cwd="/", stdout=said, stderr=said)
        said.seek(0)
        if finished.returncode:
            raise RuntimeError(f"{program}: {said.read().decode()}")


class Cluster:
    """A PostgreSQL server with its data in a folder. Its superuser is `postgres`, without a password, on 127.0.0.1 alone."""

    def __init__(self, data: Path, **settings: str):
        self.data, self.port, self._settings = data, free_port(), settings

    def url(self, database: str = "posdesk") -> str:
        """For DATABASE_URL."""
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Returns when it answers."""
        options = " ".join(f"-c {name}={value}" for name, value in {**SETTINGS, **self._settings, "port": str(self.port)}.items())
        _run("pg_ctl", "start", "--wait", "--pgdata", str(self.data), "--log", str(self.data) + ".log", "--options", options)

    def stop(self, mode: str = "fast") -> None:
        """`mode`: fast (connections are cut) or immediate (as if the power went)."""
        _run("pg_ctl", "stop", "--wait", "--pgdata", str(self.data), "--mode", mode)

    def run_sql(self, statement: str, database: str = "postgres") -> list[tuple]:
        """Runs it outside of a transaction; its rows, none for what has none."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []


def _hand_over(folder: Path) -> None:
    """All in it belongs to whom the server runs as; and nobody else may look inside, or it refuses."""
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, "postgres", "postgres")


@contextmanager
def _folder():
    folder = Path(tempfile.mkdtemp(prefix="posdesk-postgresql-"))
    _hand_over(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def _running(cluster: Cluster):
    cluster.start()
    try:
        yield cluster
    finally:
        if (cluster.data / "postmaster.pid").exists():
            cluster.stop("immediate")


def template() -> Path:
    """The files of a stopped server, whose `posdesk` has the whole knowledge, `sample` a sample, and both nobody's account. Copy them."""
    made = FOLDER / f"{digest()}.postgresql"
    with alone("cluster"):
        if not made.exists():
            for old in FOLDER.glob("*.postgresql*"):
                shutil.rmtree(old)
            _make(made)
    return made


def _make(template: Path) -> None:
    with _folder() as folder:
        arguments = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync", "--wal-segsize=1")
        _run("initdb", "--pgdata", str(folder / "data"), *arguments)
        with _running(Cluster(folder / "data", fsync="off")) as cluster:
            copy_postgresql(cluster.url("postgres"), "posdesk")
            sample_postgresql(cluster.url("postgres"), "posdesk", "sample")
            cluster.stop()
        shutil.copytree(folder / "data", half := template.with_suffix(".postgresql-filling"))
        half.rename(template)


@contextmanager
def filled(**settings: str):
    """A cluster of one's own, whose database `posdesk` has the knowledge."""
    with _folder() as folder:
        shutil.copytree(template(), folder / "data")
        _hand_over(folder)
        with _running(Cluster(folder / "data", **settings)) as cluster:
            yield cluster


@contextmanager
def primary(**settings: str):
    """The same, with somebody of each role in the sample."""
    from tests.servers.filled import make_people  # needs Django, which runs only in tests

    with filled(**settings) as cluster:
        make_people(cluster.url("sample"))
        yield cluster


@contextmanager
def replica_of(cluster: Cluster):
    """A streaming replica, copied from the running cluster and following it."""
    with _folder() as folder:
        source = f"host=127.0.0.1 port={cluster.port} user=postgres"
        _run(
            "pg_basebackup", "--pgdata", str(folder / "data"), "--dbname", source, "--write-recovery-conf", "--no-sync", "--checkpoint=fast"
        )
        with _running(Cluster(folder / "data", fsync="off")) as follower:
            yield follower


if __name__ == "__main__":  # the rest of the command line, with DATABASE_URL of a cluster that lives as long
    with filled(fsync="off") as running:
        sys.exit(subprocess.run(sys.argv[1:], env=os.environ | {"DATABASE_URL": running.url()}).returncode)  # noqa: S603 (our own command)
