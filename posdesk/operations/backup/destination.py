"""The folder that backups lie in: a new one appears whole or not at all, older ones go when told to."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _

from posdesk.operations.backup.container import BadBackup

UNFINISHED = ".posdesk.part"
OURS = re.compile(r"posdesk-\d{8}-\d{6}\.zip")


@contextmanager
def new_file(folder: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A file to write into and the name it gets when all went well; only its owner may read it. Raises BadBackup and OSError.

    The folder is made if it is missing, for its owner alone; not what it lies in, which may be a disk that isn't there.
    """
    if not folder.exists():
        folder.mkdir(mode=0o700)
    part = folder / UNFINISHED
    with _locked(part) as file:
        path = _free_name(folder)
        try:
            yield file, path
            file.flush()
            os.fsync(file.fileno())
            part.rename(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        _fsync(folder)


@contextmanager
def _locked(part: Path) -> Iterator[BinaryIO]:
    """One name and a lock, so that what a killed backup left behind is written over and two at once don't meet."""
    with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "r+b") as file:
        try:
            flock(file, LOCK_EX | LOCK_NB)
            # Whoever held the lock may have finished meanwhile: then this is their backup.
            is_ours = os.path.samestat(os.fstat(file.fileno()), part.stat())
        except (BlockingIOError, FileNotFoundError):
            is_ours = False
        if not is_ours:
            raise BadBackup(_("另一个备份正在写 %(folder)s。等它写完再来。") % {"folder": part.parent})
        os.fchmod(file.fileno(), 0o600)
        file.truncate(0)
        yield file


def _free_name(folder: Path) -> Path:
    while (path := folder / f"posdesk-{timezone.localtime():%Y%m%d-%H%M%S}.zip").exists():
        time.sleep(0.1)
    return path


def _fsync(folder: Path) -> None:
    """Makes the name last, not only the bytes."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_older(newest: Path, keep: int) -> list[Path]:
    """Removes backups of ours beside the newest until `keep` are left with it; returns those."""
    others = (path for path in newest.parent.iterdir() if OURS.fullmatch(path.name) and path.is_file() and path != newest)
    older = sorted(others, key=lambda path: path.name, reverse=True)[keep - 1 :]
    for path in older:
        path.unlink()
    return older
