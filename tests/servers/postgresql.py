"""PostgreSQL of Debian's package: a cluster of our own, and streaming replicas of it."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

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

    def __init__(self, data: Path):
        self.data, self.port = data, free_port()

    def url(self, database: str = "posdesk") -> str:
        """For DATABASE_URL."""
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Returns when it answers."""
        options = " ".join(f"-c {name}={value}" for name, value in {**SETTINGS, "port": str(self.port)}.items())
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


@contextmanager
def _folder():
    folder = Path(tempfile.mkdtemp(prefix="posdesk-postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
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


@contextmanager
def primary():
    """A fresh cluster with an empty database `posdesk`."""
    with _folder() as folder:
        _run("initdb", "--pgdata", str(folder / "data"), "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync")
        with _running(Cluster(folder / "data")) as cluster:
            cluster.run_sql("CREATE DATABASE posdesk")
            yield cluster


@contextmanager
def replica_of(cluster: Cluster):
    """A streaming replica, copied from the running cluster and following it."""
    with _folder() as folder:
        source = f"host=127.0.0.1 port={cluster.port} user=postgres"
        _run(
            "pg_basebackup", "--pgdata", str(folder / "data"), "--dbname", source, "--write-recovery-conf", "--no-sync", "--checkpoint=fast"
        )
        with _running(Cluster(folder / "data")) as follower:
            yield follower
