"""The name under which an answer is kept: of what was asked for, and of the program that answered."""

from functools import cache, lru_cache
from hashlib import sha256

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language

SUFFIXES = {".html", ".mo", ".py", ".js", ".css", ".svg"}


def digest(*pieces: str | bytes) -> str:
    """A short word that is another one if any of the pieces is."""
    return sha256(repr(pieces).encode()).hexdigest()[:12]


@cache
def build_id() -> str:
    """Of the program, its templates, translations and static files, as they are written and as they are served. Read once a process."""
    folders = [settings.BASE_DIR / "faults", settings.BASE_DIR / "posdesk", *settings.LOCALE_PATHS, settings.BASE_DIR / "templates"]
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in SUFFIXES)
    served = getattr(staticfiles_storage, "manifest_hash", "")  # a page made without static files is not for who has them
    return digest(served, *(path.read_bytes() for path in files))


def cached_view_of(request: HttpRequest) -> ResolverMatch | None:
    """The view that answers, if readers share its answers."""
    if request.method not in ("GET", "HEAD"):
        return None
    return _cached_view_at(request.path_info)


@lru_cache(maxsize=2_000)
def _cached_view_at(path: str) -> ResolverMatch | None:
    """Remembered, for going through all addresses takes as long as asking the database for the version."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match if hasattr(match.func, "parameters") else None


def clean_query(request: HttpRequest, parameters: frozenset[str], repeated: frozenset[str] = frozenset()) -> None:
    """Leaves in the address what the page depends on, each once and in one order; of a name in `repeated` all values, in theirs.

    So no word that somebody adds makes it anew, or gets into the page: whatever reads the query or the full path reads this.
    """
    values = {name: dict.fromkeys(request.GET.getlist(name)) if name in repeated else [request.GET[name]] for name in request.GET}
    asked = urlencode([(name, value) for name in sorted(values.keys() & parameters) for value in values[name]])
    request.GET, request.META["QUERY_STRING"] = QueryDict(asked), asked


def cache_key(request: HttpRequest, version: str) -> str:
    """The name of the answer under this version of the content, in the present language. Raises DisallowedHost.

    Hashed, so that nothing that was typed can be read from it. With the day: overnight a review becomes overdue. With the host and
    the scheme, because a page holds its own address.
    """
    where = (request.scheme, request.get_host(), request.path, sorted(request.GET.lists()))
    asked = (version, build_id(), timezone.localdate(), get_language(), where)
    return sha256(repr(asked).encode()).hexdigest()
