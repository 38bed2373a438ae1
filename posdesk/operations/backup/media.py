"""Files that were sent in and lie beside the database."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from posdesk.operations.backup.container import BadBackup, Reader

PREFIX = "media/"


def folder() -> Path:
    """Where they lie."""
    return Path(settings.MEDIA_ROOT or settings.VAR_DIR / "media")


def files() -> dict[str, Path]:
    """Every file by its name in a backup."""
    here = folder()
    return {PREFIX + path.relative_to(here).as_posix(): path for path in sorted(here.rglob("*")) if path.is_file()}


def require_empty() -> None:
    """Raises BadBackup if any file is there."""
    if files():
        raise BadBackup(_("%(folder)s 里已经有文件。先把它移走，再恢复。什么也没改。") % {"folder": folder()})


@contextmanager
def unpacked(backup: Reader) -> Iterator[None]:
    """Lays the files beside their folder, and moves them into it in one step when everything within has gone well."""
    names = list(backup.manifest["files"])
    waiting = folder().with_name(f".{folder().name}.restoring")
    shutil.rmtree(waiting, ignore_errors=True)  # of one that was killed
    try:
        for name in names:
            _unpack(backup, name, waiting)
        yield
        if names:
            _replace(waiting)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def _unpack(backup: Reader, name: str, waiting: Path) -> None:
    path = waiting / name.removeprefix(PREFIX)
    if not path.resolve().is_relative_to(waiting.resolve()):
        raise BadBackup(_("里面有个文件想写到别处：%(name)s。这不是 posdesk 写的，什么也没改。") % {"name": name})
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.writelines(backup.pieces(name))


def _replace(waiting: Path) -> None:
    if folder().exists():
        shutil.rmtree(folder())  # only folders, all empty
    waiting.rename(folder())
