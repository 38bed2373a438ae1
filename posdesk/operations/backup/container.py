"""The file of a backup: a ZIP whose last bytes are the SHA-256 of all before them. Any ZIP program opens it."""

import json
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import file_digest, sha256
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.db.migrations.exceptions import AmbiguityError, InconsistentMigrationHistory, NodeNotFoundError
from django.db.migrations.state import InvalidBasesError
from django.utils.translation import gettext as _

SEAL = b"posdesk backup, SHA-256 of all before these 64 characters: "
DIGEST = 64
MANIFEST = "manifest.json"
FAST = 1  # of zlib's levels: half as large again as the best, in a quarter of the time
PIECE = 1 << 20


class BadBackup(Exception):
    """This can't be restored. The sentence says why, and what to do."""


# What reading a backup that is whole and makes no sense ends in: which of them depends on where the nonsense is.
_NONSENSE = (
    *(BadZipFile, zlib.error, EOFError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RuntimeError, AssertionError),
    *(ValidationError, AmbiguityError, InconsistentMigrationHistory, InvalidBasesError, NodeNotFoundError),
)


class Writer:
    """Writes members one after the other, then the manifest and the seal."""

    def __init__(self, file: BinaryIO):
        self._file = file
        self._zip = ZipFile(file, "w", ZIP_DEFLATED, compresslevel=FAST)
        self._zip.comment = SEAL + b"0" * DIGEST

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *of_error) -> None:
        self._zip.close()

    def add(self, name: str, pieces: Iterable[bytes]) -> str:
        """Writes one member; the SHA-256 of what went in."""
        digest = sha256()
        with self._zip.open(name, "w", force_zip64=True) as member:
            for piece in pieces:
                digest.update(piece)
                member.write(piece)
        return digest.hexdigest()

    def finish(self, manifest: dict) -> None:
        """Writes the manifest, and the seal over everything."""
        self.add(MANIFEST, [json.dumps(manifest, ensure_ascii=False, indent=1).encode()])
        self._zip.close()
        self._file.flush()
        end = self._file.seek(-DIGEST, os.SEEK_END)
        self._file.seek(0)
        digest = file_digest(_Until(self._file, end), "sha256").hexdigest()
        self._file.seek(end)
        self._file.write(digest.encode())


class Reader:
    """A backup whose seal is whole."""

    def __init__(self, archive: ZipFile):
        self._zip = archive
        self.manifest = json.loads(archive.read(MANIFEST))
        if not isinstance(self.manifest, dict):
            raise TypeError(MANIFEST)

    def lines(self, name: str) -> Iterator[bytes]:
        """The member's lines, a few at a time in memory. Raises BadBackup if there is no such member."""
        with as_bad_backup(), self._zip.open(name) as member, BufferedReader(member, PIECE) as lines:
            yield from lines

    def pieces(self, name: str) -> Iterator[bytes]:
        """The member in pieces. Raises BadBackup if there is no such member."""
        with as_bad_backup(), self._zip.open(name) as member:
            while piece := member.read(PIECE):
                yield piece


@contextmanager
def open_backup(path: Path) -> Iterator[Reader]:
    """The backup in that file. Raises BadBackup for anything but a whole one, and OSError."""
    with path.open("rb") as file:
        _check_seal(file)
        with as_bad_backup():
            reader = Reader(ZipFile(file))
        yield reader


@contextmanager
def as_bad_backup() -> Iterator[None]:
    """The seal can be right and the rest wrong only if somebody meant it; what it was is shown by `restore --traceback`."""
    try:
        yield
    except _NONSENSE as error:
        said = next(iter(str(error).splitlines()), "")[:200]
        what = {"kind": type(error).__name__, "said": said}
        raise BadBackup(_("里面的内容不是 posdesk 写的（%(kind)s：%(said)s）。换一份备份。什么也没改。") % what) from error


def _check_seal(file: BinaryIO) -> None:
    size = file.seek(0, os.SEEK_END)
    if not size:
        raise BadBackup(_("文件是空的。换一份备份。"))
    end = file.seek(max(size - DIGEST, 0))
    said = file.read(DIGEST)
    file.seek(max(end - len(SEAL), 0))
    if file.read(len(SEAL)) != SEAL:
        raise BadBackup(_("结尾没有 posdesk 的校验和：不是 posdesk 的备份，或者没有传完。重新传一遍，或换一份。"))
    file.seek(0)
    if file_digest(_Until(file, end), "sha256").hexdigest().encode() != said:
        raise BadBackup(_("校验和对不上：文件坏了。重新传一遍，或换一份。"))


class _Until:
    """The file up to there, for file_digest."""

    def __init__(self, file: BinaryIO, end: int):
        self._file, self._left = file, end

    def readinto(self, buffer) -> int:
        count = self._file.readinto(memoryview(buffer)[: self._left])
        self._left -= count
        return count

    def readable(self) -> bool:
        return True
