"""A database with the whole knowledge: made once, then copied for each worker and for each server that a test starts.

SQLite: a file in var/test-databases/, copied. PostgreSQL: a database that others are made from with TEMPLATE.
Its name holds a digest of all that it is made of, so it is made anew when migrations, loading or the knowledge change.

Beside it a sample, a fifth of the knowledge, for tests of what is done with all rows of any tables: backups, kills, crowds. It is made
of the whole, and holds rows of every table that the whole has rows in.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "test-databases"
_FILLING = """
import posdesk.wsgi
from django.core.management import call_command
for command in ("migrate", "load_knowledge"):
    call_command(command, verbosity=0)
"""
# The older entries, which tests name, and the codes and wordings that they speak of.
_SAMPLING = """
import posdesk.wsgi
from django.core.management import call_command
from faults.editing.history import record_missing_history
from faults.models import Change, Fault, ReturnCode, Wording
from faults.search.documents import items_of
Fault.everything.filter(number__gt=45).delete()
ReturnCode.everything.exclude(scheme_id__in=("cup", "terminal", "kuaiqian")).delete()
kept = items_of(Wording.everything.values_list("name", flat=True))
Wording.everything.exclude(name__in=kept).delete()
Change.objects.all().delete()
record_missing_history()
call_command("rebuild_search", verbosity=0)
"""
MADE_OF = ("faults/**/*.py", "posdesk/**/*.py", "faults/search/*.npz", "fixtures/**/*.yaml", "requirements.txt")


@cache
def digest() -> str:
    """Of every file that a filled database depends on."""
    whole = sha256()
    for path in sorted(path for pattern in MADE_OF for path in ROOT.glob(pattern)):
        whole.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return whole.hexdigest()[:12]


def sqlite_template() -> Path:
    """A SQLite file with all migrations and all knowledge, and nobody's account. Never written to: copy it.

    TEST_DATABASE names one to take as it is, for tests of code that is spoilt on purpose (bench/mutants.py).
    """
    if given := os.environ.get("TEST_DATABASE"):
        return Path(given)
    template = FOLDER / f"{digest()}.sqlite3"
    with alone("sqlite"):
        if not template.exists():
            for old in FOLDER.glob("*.sqlite3*"):
                old.unlink()
            filling = template.with_suffix(".sqlite3-filling")
            _run(_FILLING, f"sqlite:///{filling}")
            with closing(sqlite3.connect(filling)) as connection:
                connection.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
            filling.rename(template)
    return template


def sqlite_sample() -> Path:
    """The same with the sample."""
    whole = sqlite_template()
    sample = whole.with_suffix(".sqlite3-sample")
    with alone("sqlite-sample"):
        if not sample.exists():
            shutil.copyfile(whole, filling := sample.with_suffix(".sqlite3-sampling"))
            _run(_SAMPLING, f"sqlite:///{filling}")
            with closing(sqlite3.connect(filling)) as connection:
                connection.execute("PRAGMA journal_mode = DELETE")
                connection.execute("VACUUM")
            filling.rename(sample)
    return sample


def copy_sqlite(target: Path, template: Path | None = None) -> Path:
    """A filled SQLite database of the test's own at that path, with the whole knowledge unless another template is given."""
    return Path(shutil.copyfile(template or sqlite_template(), target))


def copy_postgresql(server_url: str, name: str) -> str:
    """A filled database of that name on the server; an older one of that name is dropped. Returns its URL.

    `server_url`: of any database there, such as postgres://postgres@127.0.0.1:5432/postgres; its user may create databases.
    """
    server = server_url.rpartition("/")[0]
    template = f"posdesk_template_{digest()}"
    with alone("postgresql"), closing(psycopg.connect(f"{server}/postgres", autocommit=True)) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            connection.execute(f"DROP DATABASE IF EXISTS {template}_filling")
            connection.execute(f"CREATE DATABASE {template}_filling")
            _run(_FILLING, f"{server}/{template}_filling")
            connection.execute(f"ALTER DATABASE {template}_filling RENAME TO {template}")
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return f"{server}/{name}"


def sample_postgresql(server_url: str, whole: str, name: str) -> None:
    """A database with the sample under that name, made of one with the whole on the same server."""
    server = server_url.rpartition("/")[0]
    with closing(psycopg.connect(f"{server}/postgres", autocommit=True)) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {whole}")
    _run(_SAMPLING, f"{server}/{name}")


def _run(program: str, database_url: str) -> None:
    environment = os.environ | {"DATABASE_URL": database_url}
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def alone(what: str) -> Iterator[None]:
    """One process at a time: the others wait, and find it made."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
