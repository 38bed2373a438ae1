"""Django's command line in the language of the terminal."""

import os
from collections.abc import Mapping

from django.conf import settings
from django.core.management import ManagementUtility
from django.utils import translation


def language_of(environment: Mapping[str, str]) -> str:
    """Which of LANGUAGES its messages are in, as POSIX looks for it. C, and what nobody translates, get the language of the source."""
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    try:
        return translation.get_supported_language_variant(translation.to_language(locale.partition(".")[0].partition("@")[0]))
    except LookupError:
        return settings.LANGUAGE_CODE


class CommandLine(ManagementUtility):
    """Commands speak the language of the environment; runserver doesn't: each of its readers has their own."""

    def fetch_command(self, subcommand: str):
        """As Django's."""
        if settings.configured and subcommand != "runserver":
            translation.activate(language_of(os.environ))
        return super().fetch_command(subcommand)
