"""Changes of the desk's rules, and what was published or withdrawn, in the audit log of the accounts that did it."""

from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _

from faults.models import Action, AuditEvent, Change, DeskRules
from posdesk.security.account_audit import differences, remember_old_row
from posdesk.security.audit import record_event

PUBLICATION_EVENTS = {Action.PUBLISHED: AuditEvent.PUBLISHED, Action.ARCHIVED: AuditEvent.ARCHIVED, Action.DELETED: AuditEvent.DELETED}

pre_save.connect(remember_old_row, sender=DeskRules)


@receiver(post_save, sender=DeskRules)
def audit_rules(sender, instance, created, **kwargs) -> None:
    """What the administrator decided otherwise."""
    if instance.old_row and (said := differences(instance.old_row, instance)):
        record_event(AuditEvent.RULES_CHANGED, said)


@receiver(post_save, sender=Change)
def audit_publication(instance, created, **kwargs) -> None:
    """What readers see now, or no longer; its words are in the item's history, under that number."""
    if created and instance.action in PUBLICATION_EVENTS:
        about = _("%(name)s（历史第%(number)s号）") % {"name": instance.name, "number": instance.pk}
        record_event(PUBLICATION_EVENTS[instance.action], about, who=instance.made_by)
