"""What every page is made of beside the knowledge: one word that is another one with each new installation."""

from functools import cache

from django.conf import settings

from faults.page_fingerprints import digest

SUFFIXES = {".html", ".mo", ".py", ".js", ".css", ".svg"}


@cache
def build_id() -> str:
    """Of the program, its templates, translations and static files. Read once a process."""
    folders = [settings.BASE_DIR / "faults", settings.BASE_DIR / "posdesk", *settings.LOCALE_PATHS, settings.BASE_DIR / "templates"]
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in SUFFIXES)
    return digest(*(path.read_bytes() for path in files))
