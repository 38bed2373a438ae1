"""What is stored is written in one language, whoever writes it: pages are translated, rows, search documents and logs are not."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation


@contextmanager
def in_stored_language() -> Iterator[None]:
    """Within, or in a function that it decorates, texts come in the language of the source."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
