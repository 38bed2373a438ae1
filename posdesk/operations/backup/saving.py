"""Makes a backup: every table as it was at one moment, while everybody goes on working."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from posdesk.operations.backup import destination, media, rows, schema, sequences
from posdesk.operations.backup.container import PIECE, Writer

FORMAT = 1
TABLE = "tables/{}.jsonl"


def save(folder: Path) -> Path:
    """Writes a backup into the folder; its path. Raises BadBackup, OSError and DatabaseError, and then leaves nothing behind."""
    with destination.new_file(folder) as (file, path):
        _write(file)
    return path


def _write(file: BinaryIO) -> None:
    with Writer(file) as writer, snapshot():
        nodes = schema.applied()
        models = schema.backed_up_at(nodes)
        manifest = {"format": FORMAT, "made_at": timezone.now().isoformat(), "database": connection.vendor, "migrations": nodes}
        tables = {table: _table(writer, table, model) for table, model in models.items()}
        files = {name: writer.add(name, _pieces(path)) for name, path in media.files().items()}
        writer.finish(manifest | {"tables": tables, "counters": sequences.read(models), "files": files})


@contextmanager
def snapshot() -> Iterator[None]:
    """Every question within is answered as of one moment. Nobody waits: by hand, because Django's own would lock SQLite for writers."""
    begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if connection.vendor == "postgresql" else "BEGIN DEFERRED"
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _table(writer: Writer, table: str, model: type[Model]) -> dict:
    counted = CountedLines(rows.read(model))
    digest = writer.add(TABLE.format(table), counted)
    return {"rows": counted.lines, "sha256": digest, "columns": [field.column for field in rows.fields_of(model)]}


class CountedLines:
    """Pieces of lines as they pass, and how many lines that were."""

    def __init__(self, pieces: Iterator[bytes]):
        self._pieces, self.lines = pieces, 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.lines += piece.count(b"\n")
            yield piece


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
