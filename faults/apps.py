"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FaultsConfig(AppConfig):
    name = "faults"
    verbose_name = _("知识库")

    def ready(self):
        from faults.editing import history

        history.register()
