"""Disks that are full: a small file system where mounting is allowed, and a limit on the size of files anywhere."""

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOM = 24 * 2**20  # bytes; the filled database takes a third of it


class _Mounted:
    """A file system of its own in memory. What fills it is a file that is taken away again."""

    def __init__(self, folder: Path):
        self.folder = folder

    def fill(self, pids: Callable[[], list[int]]) -> None:
        """Leaves not a page."""
        with (self.folder / "filler").open("wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(b"\0" * 4096)
            except OSError:
                return

    def free(self, pids: Callable[[], list[int]]) -> None:
        (self.folder / "filler").unlink()


class _Limited:
    """Files may grow no further than the database is now."""

    def __init__(self, folder: Path):
        self.folder = folder

    def fill(self, pids: Callable[[], list[int]]) -> None:
        """For the processes that there are and those they will start."""
        largest = max(file.stat().st_size for file in self.folder.glob("*-wal"))
        _limit(pids(), largest)

    def free(self, pids: Callable[[], list[int]]) -> None:
        _limit(pids(), resource.RLIM_INFINITY)


def _limit(pids: list[int], size: int) -> None:
    for pid in pids:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@contextmanager
def mounted(folder: Path) -> Iterator[_Mounted]:
    """A file system of ROOM bytes."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", folder], check=True)
    try:
        yield _Mounted(folder)
    finally:
        subprocess.run(["umount", folder], check=True)


@contextmanager
def limited(folder: Path) -> Iterator[_Limited]:
    """The folder as it is; only how long files may get changes."""
    yield _Limited(folder)


def _may_mount() -> bool:
    """Whether this user may, on this machine: root in many containers may not."""
    folder = Path(os.environ.get("TMPDIR", "/tmp")) / f"posdesk-mount-{os.getpid()}"  # noqa: S108 (empty, ours, removed at once)
    folder.mkdir()
    try:
        with mounted(folder):
            return True
    except (subprocess.CalledProcessError, FileNotFoundError):
        return False
    finally:
        folder.rmdir()


WAYS = [limited, mounted] if os.geteuid() == 0 and _may_mount() else [limited]
