"""Reads settings from environment variables and refuses nonsense, naming the variable and what it takes."""

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}
SCHEMES = ("sqlite", "postgres", "postgresql")


def flag(name: str, default: bool) -> bool:
    """The variable as a yes or no. Raises ImproperlyConfigured for any other word."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    word = raw.strip().lower()
    if word in YES | NO:
        return word in YES
    raise ImproperlyConfigured(f"{name}={raw!r}: write 1 or 0 (also true/false, yes/no, on/off).")


def words(name: str, default: str) -> list[str]:
    """The variable as a list, split at commas, blanks removed."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def seconds(name: str, default: int) -> int:
    """The variable as a whole number of seconds, 0 or more. Raises ImproperlyConfigured otherwise."""
    raw = os.environ.get(name, str(default)).strip()
    if raw.isascii() and raw.isdigit() and len(raw) < 10:
        return int(raw)
    raise ImproperlyConfigured(f"{name}={raw!r}: write a whole number of seconds, such as {default}.")


def origins(name: str) -> list[str]:
    """The variable as a list of addresses with their scheme. Raises ImproperlyConfigured for one without."""
    found = words(name, "")
    for origin in found:
        if not origin.startswith(("http://", "https://")):
            raise ImproperlyConfigured(f"{name}: {origin!r} needs its scheme, such as https://{origin}.")
    return found


def secret_key(key_file: Path) -> str:
    """SECRET_KEY, or the content of the file that `make setup` wrote. Raises ImproperlyConfigured for neither or a short one."""
    key = os.environ.get("SECRET_KEY") or (key_file.read_text().strip() if key_file.exists() else "")
    if not key:
        raise ImproperlyConfigured("No SECRET_KEY. Run `make setup`, which writes one, or set SECRET_KEY to 50 or more random characters.")
    if len(key) < 50:
        raise ImproperlyConfigured(f"SECRET_KEY has {len(key)} characters: use 50 or more random ones.")
    return key


def database(default_file: Path) -> dict:
    """Django's settings for DATABASE_URL, or for the SQLite file. Raises ImproperlyConfigured for what it can't read."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{default_file}"
    if url.split(":", 1)[0] not in SCHEMES:
        raise ImproperlyConfigured(f"DATABASE_URL must begin with sqlite:/// or postgres://, not {url.split(':', 1)[0]!r}.")
    try:
        return dj_database_url.parse(url, conn_max_age=60, conn_health_checks=not url.startswith("sqlite"))
    except ValueError as error:
        raise ImproperlyConfigured("DATABASE_URL can't be read: write postgres://user:password@host:5432/name.") from error
