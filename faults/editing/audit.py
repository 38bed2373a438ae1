"""Changes of the desk's rules, and of what readers see, in the audit log of the accounts that did it."""

from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _

from faults.models import Action, AuditEvent, Change, DeskRules, Status
from posdesk.security.account_audit import differences, remember_old_row
from posdesk.security.audit import record_event
from posdesk.stored_language import in_stored_language

PUBLICATION_EVENTS = {
    Action.PUBLISHED: AuditEvent.PUBLISHED,
    Action.ARCHIVED: AuditEvent.ARCHIVED,
    Action.DELETED: AuditEvent.DELETED,
    Action.MERGED: AuditEvent.MERGED,
    Action.CONFIRMED: AuditEvent.CONFIRMED,
}
WITHOUT_REVIEW = (Action.CHANGED, Action.RESTORED)  # of a published item, where the rules ask for none; an import is an event of its own

pre_save.connect(remember_old_row, sender=DeskRules)


@receiver(post_save, sender=DeskRules)
@in_stored_language()
def audit_rules(sender, instance, created, **kwargs) -> None:
    """What the administrator decided otherwise."""
    if instance.old_row and (said := differences(instance.old_row, instance)):
        record_event(AuditEvent.RULES_CHANGED, said)


@receiver(post_save, sender=Change)
@in_stored_language()
def audit_publication(instance, created, **kwargs) -> None:
    """What readers see now, or no longer; its words are in the item's history, under that number."""
    if created and (event := _event_of(instance)):
        about = _("%(name)s（历史第%(number)s号）") % {"name": instance.name, "number": instance.pk}
        record_event(event, about, who=instance.made_by)


def _event_of(change: Change) -> AuditEvent | None:
    """What the change is in the audit log; None for work that readers don't see."""
    if change.action == Action.RESTORED and _was_deleted(change):
        return AuditEvent.RESTORED
    if change.action in WITHOUT_REVIEW and not change.is_pending and change.row.get("status") == Status.PUBLISHED:
        return AuditEvent.PUBLISHED
    return PUBLICATION_EVENTS.get(change.action)


def _was_deleted(change: Change) -> bool:
    """Whether the item was gone before the change."""
    earlier = Change.objects.filter(kind=change.kind, item_id=change.item_id, pk__lt=change.pk).order_by("-pk")
    return earlier.values_list("action", flat=True).first() == Action.DELETED
