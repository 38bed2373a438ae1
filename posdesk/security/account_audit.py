"""Changes of accounts, roles and rights are written down, before → after, through whatever door they come."""

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _

from posdesk.security.audit import record_event
from posdesk.security.models import AuditEvent
from posdesk.security.roles import in_words
from posdesk.security.sessions import end_all
from posdesk.stored_language import in_stored_language

SECRET, OF_USE = "password", "last_login"  # never shown; changes by itself


@receiver(pre_save, sender=User)
@receiver(pre_save, sender=Group)
def remember_old_row(sender, instance, raw=False, update_fields=None, **kwargs) -> None:
    """Keeps what the row said before, for whoever audits it."""
    is_of_use = raw or set(update_fields or ()) == {OF_USE}
    instance.old_row = None if is_of_use or instance._state.adding else sender.objects.filter(pk=instance.pk).first()


@receiver(post_save, sender=User)
@receiver(post_save, sender=Group)
@in_stored_language()
def audit_account(sender, instance, created, raw=False, **kwargs) -> None:
    """A password that was only hashed anew, at sign-in, is no change."""
    if created and not raw:
        record_event(AuditEvent.ACCOUNT_CREATED, _label(instance))
    elif instance.old_row and (said := differences(instance.old_row, instance)):
        record_event(AuditEvent.ACCOUNT_CHANGED, f"{_label(instance)}：{said}")
    if not created and getattr(instance, "_password", None) is not None:
        record_event(AuditEvent.PASSWORD_CHANGED, _label(instance))


@receiver(post_save, sender=User)
def end_sessions_of_closed(sender, instance, raw=False, **kwargs) -> None:
    """For good: opened again, the account signs in anew."""
    old_row = getattr(instance, "old_row", None)
    if old_row and old_row.is_active and not instance.is_active:
        end_all(instance)


@receiver(pre_delete, sender=User)
@receiver(pre_delete, sender=Group)
@in_stored_language()
def audit_deletion(sender, instance, **kwargs) -> None:
    """Before, because whoever deletes may be deleting themselves."""
    record_event(AuditEvent.ACCOUNT_DELETED, _label(instance))


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
@receiver(m2m_changed, sender=Group.permissions.through)
@in_stored_language()
def audit_permissions(instance, action, model, pk_set, **kwargs) -> None:
    """Which roles and permissions were given or taken."""
    if action == "pre_clear":
        record_event(
            AuditEvent.ACCOUNT_CHANGED, _("%(whom)s：去掉所有%(what)s") % {"whom": _label(instance), "what": model._meta.verbose_name}
        )
    sentence = {"post_add": _("%(whom)s：加上 %(what)s"), "post_remove": _("%(whom)s：去掉 %(what)s")}.get(action)
    if sentence and pk_set:
        rows = model.objects.filter(pk__in=pk_set)
        what = in_words(rows.select_related("content_type")) if model is Permission else "、".join(str(row) for row in rows)
        record_event(AuditEvent.ACCOUNT_CHANGED, sentence % {"whom": _label(instance), "what": what})


def _label(instance: Model) -> str:
    return f"{instance._meta.verbose_name} {instance}"


def differences(before: Model, after: Model) -> str:
    """Each field that says something else, before → after, by the names that people know."""
    fields = [field for field in after._meta.concrete_fields if field.name not in (SECRET, OF_USE)]
    changed = [field for field in fields if getattr(before, field.attname) != getattr(after, field.attname)]
    return "；".join(f"{field.verbose_name} {_display(before, field)} → {_display(after, field)}" for field in changed)


def _display(instance: Model, field) -> str:
    if field.choices:
        return getattr(instance, f"get_{field.name}_display")()
    value = getattr(instance, field.attname)
    return {True: _("是"), False: _("否")}.get(value) if isinstance(value, bool) else str(value)
