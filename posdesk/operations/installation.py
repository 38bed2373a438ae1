"""What lies beside the database, and whose absence no page would tell: static files, translations, room on the disk, the secret key.

Each part is looked at anew and says in a few words what is wrong, nothing if it is well: for readiness, the system check and the metrics.
"""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.translation import override
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from posdesk.database_errors import AWAY

# Bytes: an upload and its plan, a large import in SQLite's log, and a day of sessions and searches, while somebody makes room.
LEAST_FREE = 100 * 2**20


def static_files() -> str:
    """Those that pages name, under the names that this process knows, are collected, and none has been changed since."""
    if settings.DEBUG:
        return ""  # they are served from where they are written
    storage = staticfiles_storage
    if not storage.exists(storage.manifest_name):
        return "no manifest"
    if not storage.hashed_files:
        return "manifest not read by this process"
    if missing := [name for name in storage.hashed_files.values() if not storage.exists(name)]:
        return f"{len(missing)} missing"
    return "older than the program" if _is_older(Path(storage.path(storage.manifest_name)), _static_sources()) else ""


def _static_sources() -> Iterator[Path]:
    found = (storage.path(name) for finder in get_finders() for name, storage in finder.list([]))
    return map(Path, found)


def _is_older(made: Path, sources: Iterable[Path]) -> bool:
    at = made.stat().st_mtime
    return any(source.stat().st_mtime > at for source in sources)


def translations() -> str:
    """Every language is compiled from the texts as they are, and read by this process."""
    for folder in map(Path, settings.LOCALE_PATHS):
        for texts in sorted(folder.glob("*/LC_MESSAGES/*.po")):
            compiled, name = texts.with_suffix(".mo"), texts.parent.parent.name
            if not compiled.exists():
                return f"{name} not compiled"
            if _is_older(compiled, [texts]):
                return f"{name} older than its texts"
    return "" if _said_in("en") != _said_in(settings.LANGUAGE_CODE) else "en not read by this process"


def _said_in(language: str) -> str:
    with override(language):
        return str(AWAY)


def disk() -> str:
    """There is room where files are written, also for new ones."""
    for name, folder in _written_to().items():
        free = os.statvfs(folder)
        if free.f_bavail * free.f_frsize < LEAST_FREE:
            return f"{name}: {free.f_bavail * free.f_frsize // 2**20} MB free"
        if free.f_files and not free.f_favail:  # some file systems count none
            return f"{name}: no more files"
    return ""


def _written_to() -> dict[str, Path]:
    """Uploads wait in the temporary folder."""
    file = sqlite_file()
    folders = {"var": settings.VAR_DIR, "temporary": Path(tempfile.gettempdir()), "database": file and file.parent}
    return {name: folder for name, folder in folders.items() if folder and folder.exists()}


def sqlite_file() -> Path | None:
    """The database, where it is a file."""
    database = settings.DATABASES["default"]
    file = Path(database["NAME"])
    return file if database["ENGINE"].endswith("sqlite3") and file.is_absolute() else None


def secret_key() -> str:
    """The next start finds the key that this process signs with."""
    if os.environ.get("SECRET_KEY"):
        return ""
    file = settings.VAR_DIR / "secret-key"
    try:
        return "" if file.read_text().strip() == settings.SECRET_KEY else "changed since the start"
    except OSError:
        return "gone or not readable"


PARTS: dict[str, Callable[[], str]] = {"static": static_files, "translations": translations, "disk": disk, "secret_key": secret_key}


class InstallationCollector(Collector):
    """Asked when it is read."""

    def collect(self) -> Iterator[Metric]:
        well = GaugeMetricFamily("posdesk_part_ready", "1 if nothing is wrong with that part of the installation", labels=["part"])
        for name, look in PARTS.items():
            well.add_metric([name], 0 if _wrong(look) else 1)
        free = GaugeMetricFamily("posdesk_free_bytes", "Room on the disk of that folder", labels=["folder"])
        for name, folder in _written_to().items():
            room = os.statvfs(folder)
            free.add_metric([name], room.f_bavail * room.f_frsize)
        yield from (well, free)


def _wrong(look: Callable[[], str]) -> str:
    """Whoever scrapes gets the rest, too."""
    try:
        return look()
    except OSError as error:
        return error.strerror or "failed"
