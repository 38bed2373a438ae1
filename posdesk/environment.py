"""What environs doesn't know of our settings. Nonsense in an environment variable is refused, naming the variable and what it takes."""

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env, ValidationError, validate

LOCAL_CACHE = {
    "BACKEND": "posdesk.page_cache.local_cache.BoundedLocMemCache",
    "LOCATION": "posdesk",
    "OPTIONS": {"MAX_ENTRIES": 6_000, "MAX_BYTES": 16 * 2**20},  # a page 9 kB, results 40 kB, a list while typing 2 kB, a row of codes 1 kB
}
SCHEMES = ("sqlite", "postgres", "postgresql")
SQLITE_OPTIONS = {
    "timeout": 50,  # seconds a writer waits before it gives up; whoever comes later may be first, so in a crowd one waits long
    "transaction_mode": "IMMEDIATE",  # takes the write lock at once: no deadlock when a reader turns writer
    # FULL: what was acknowledged is on the disk, also when the power goes.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA mmap_size=134217728;",
}


env = Env()
NATURAL = validate.Range(min=0, max=999_999_999, error="write a whole number, 0 or more.")
TOKEN = validate.Regexp(r"([!-~]{20,})?\Z", error="use 20 or more random letters and digits, or none.")


@env.parser_for("words")
def words(said: str) -> list[str]:
    """A list, split at commas, blanks removed."""
    return [word.strip() for word in said.split(",") if word.strip()]


@env.parser_for("origins")
def origins(said: str) -> list[str]:
    """A list of addresses with their scheme. Raises ValidationError for one without."""
    for origin in words(said):
        if not origin.startswith(("http://", "https://")):
            raise ValidationError(f"{origin!r} needs its scheme, such as https://{origin}.")
    return words(said)


def check_folder(name: str) -> None:
    """Raises ImproperlyConfigured if the variable names no folder that this process can write into. Not set is fine."""
    folder = os.environ.get(name)
    if folder is not None and not (Path(folder).is_dir() and os.access(folder, os.W_OK)):
        raise ImproperlyConfigured(f"{name}={folder!r}: make this folder, writable by posdesk, or leave the variable out.")


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
    return _database("DATABASE_URL", os.environ.get("DATABASE_URL") or f"sqlite:///{default_file}", SCHEMES)


def replica() -> dict | None:
    """Django's settings for DATABASE_REPLICA_URL, a copy in PostgreSQL that follows the primary; None without.

    Raises ImproperlyConfigured for what it can't read.
    """
    url = os.environ.get("DATABASE_REPLICA_URL")
    if not url:
        return None
    # In tests it is the primary under another name.
    return _database("DATABASE_REPLICA_URL", url, SCHEMES[1:]) | {"TEST": {"MIRROR": "default"}}


def _database(name: str, url: str, schemes: tuple[str, ...]) -> dict:
    scheme = url.split(":", 1)[0]
    if scheme not in schemes:
        known = "sqlite:/// or postgres://" if "sqlite" in schemes else "postgres://"
        raise ImproperlyConfigured(f"{name} must begin with {known}, not {scheme!r}.")
    try:
        found = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=scheme != "sqlite")
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} can't be read: write postgres://user:password@host:5432/name.") from error
    options = found.setdefault("OPTIONS", {})
    if scheme == "sqlite":
        options.update(SQLITE_OPTIONS)
    else:
        options.setdefault("connect_timeout", 5)  # seconds, instead of some minutes
    return found


def shared_cache() -> dict | None:
    """Django's settings for CACHE_URL, a Redis that several processes share; None without. Raises ImproperlyConfigured.

    While it gives no answer, everything goes on without it: it is asked once, and not waited for.
    """
    url = os.environ.get("CACHE_URL")
    if not url:
        return None
    if not url.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured("CACHE_URL must begin with redis://, such as redis://127.0.0.1:6379/0.")
    from redis.backoff import NoBackoff  # only those who have a Redis wait for its client to load
    from redis.retry import Retry

    waits = {"socket_connect_timeout": 0.25, "socket_timeout": 0.5, "retry": Retry(NoBackoff(), 0)}  # seconds
    signed = "posdesk.page_cache.signed_serializer.SignedSerializer"
    options = {"IGNORE_EXCEPTIONS": True, "CONNECTION_POOL_KWARGS": waits, "SERIALIZER": signed}
    return {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": url, "KEY_PREFIX": "posdesk", "OPTIONS": options}
