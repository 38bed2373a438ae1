"""Whether a backup can be restored: tries it in a temporary database, and compares every table with what was backed up."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Model

from posdesk.operations.backup import restoring, rows, schema
from posdesk.operations.backup.container import Reader, as_bad_backup
from posdesk.operations.backup.saving import CountedLines


@dataclass(frozen=True)
class ComparedTable:
    """A table, or a file, and how many rows it came back with."""

    name: str
    rows: int
    is_same: bool


@as_bad_backup()
def verify(backup: Reader) -> list[ComparedTable]:
    """Raises BadBackup, OSError and DatabaseError. The database that is in use isn't touched."""
    nodes = restoring.nodes_of(backup)
    with temporary_database():
        with connection.constraint_checks_disabled(), transaction.atomic():
            restoring.load(backup, nodes, lambda table, count: None)
            found = [_table(backup, table, model) for table, model in schema.backed_up_at(nodes).items()]
            restoring.finish()
        ContentType.objects.clear_cache()
    return [*found, *(_file(backup, name) for name in backup.manifest["files"])]


def _table(backup: Reader, table: str, model: type[Model]) -> ComparedTable:
    pieces, digest = CountedLines(rows.read(model)), sha256()
    for piece in pieces:
        digest.update(piece)
    said = backup.manifest["tables"][table]
    return ComparedTable(table, pieces.lines, (pieces.lines, digest.hexdigest()) == (said["rows"], said["sha256"]))


def _file(backup: Reader, name: str) -> ComparedTable:
    digest = sha256()
    for piece in backup.pieces(name):
        digest.update(piece)
    return ComparedTable(name, 1, digest.hexdigest() == backup.manifest["files"][name])


@contextmanager
def temporary_database() -> Iterator[None]:
    """The default database is an empty temporary one within, of the same kind, and is gone afterwards."""
    used = connection.settings_dict["NAME"]
    with _postgresql() if connection.vendor == "postgresql" else _sqlite() as name:
        connection.close()
        connection.settings_dict["NAME"] = name
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = used


@contextmanager
def _sqlite() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="posdesk-verify-") as folder:  # only its owner may look inside
        yield Path(folder) / "posdesk.sqlite3"


@contextmanager
def _postgresql() -> Iterator[str]:
    name = f"posdesk_verify_{token_hex(6)}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        yield name
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
