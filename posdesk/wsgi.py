"""The WSGI entry point: `posdesk.wsgi:application`."""

import os
import re
from collections.abc import Callable, Iterable

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "posdesk.settings")
_CHARSET = re.compile(r";\s*charset\b[^;]*", re.IGNORECASE)
_django = get_wsgi_application()


def in_utf_8(content_type: str) -> str:
    """The type without the charset that the sender names: our pages send UTF-8.

    For any other, Django takes the query apart before there is anybody who could answer that it holds too much (400).
    """
    return _CHARSET.sub("", content_type)


def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
    """posdesk."""
    environ["CONTENT_TYPE"] = in_utf_8(environ.get("CONTENT_TYPE", ""))
    return _django(environ, start_response)
