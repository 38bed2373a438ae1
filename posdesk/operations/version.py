"""Which version this process runs."""

import tomllib
from pathlib import Path

from django.conf import settings


def version_of(folder: Path) -> str:
    """The tag, where the code lies in releases/ of an installation, such as v0.2.0; elsewhere what pyproject.toml says, such as 0.2.0."""
    if folder.parent.name == "releases":
        return folder.name
    return tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


VERSION = version_of(settings.BASE_DIR)  # now: another release may become the current one while this process runs
