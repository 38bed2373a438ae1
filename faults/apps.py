"""The app."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class FaultsConfig(AppConfig):
    name = "faults"
    verbose_name = _("知识库")

    def ready(self):
        from faults import health, triggers
        from faults.checks.stale_index import check_index, rebuild_if_stale
        from faults.editing import audit  # noqa: F401 (receivers)
        from posdesk.operations import exposition, readiness
        from posdesk.operations.backup.restoring import restored
        from posdesk.operations.installation_checks import check_installation
        from posdesk.security import account_audit, lockout, sign_in_audit  # noqa: F401 (receivers)
        from posdesk.settings_checks import check_contradictions, check_production

        register(check_contradictions, Tags.security)
        register(check_production, Tags.security, deploy=True)
        register(check_installation, "installation", deploy=True)
        register(check_index, Tags.database)
        post_migrate.connect(triggers.ensure, sender=self)
        restored.connect(rebuild_if_stale)
        readiness.CHECKS |= {"index": health.index_state, "content": health.content_state}
        exposition.COLLECTORS.append(health.ContentCollector())
