"""Where the addresses of static files come from."""

import logging

from whitenoise.storage import CompressedManifestStaticFilesStorage

log = logging.getLogger(__name__)


class StaticStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's. What isn't collected costs a page its looks, not its words: Django's would make an error of every page, the one for
    errors too. Readiness, the system check and the log say what is missing."""

    def load_manifest(self) -> tuple[dict[str, str], str]:
        """None for one that can't be read, either."""
        try:
            return super().load_manifest()
        except ValueError:
            return {}, ""

    def stored_name(self, name: str) -> str:
        """With its digest; as it is written, if it isn't known."""
        try:
            return super().stored_name(name)
        except ValueError:
            log.error("Static file %s was not collected: run manage.py collectstatic, and restart", name)
            return name
