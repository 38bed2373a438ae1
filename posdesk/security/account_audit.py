"""Changes of accounts, roles, rights and rules are written down, before → after, through whatever door they come."""

from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _

from faults.models import Action, Change, Deed, DeskRules
from posdesk.security.audit import note
from posdesk.security.sessions import end_all

SECRET, OF_USE = "password", "last_login"  # never shown; changes by itself
DECISIONS = {Action.PUBLISHED: Deed.PUBLISHED, Action.ARCHIVED: Deed.ARCHIVED, Action.DELETED: Deed.DELETED}


@receiver(pre_save, sender=User)
@receiver(pre_save, sender=Group)
@receiver(pre_save, sender=DeskRules)
def look_before(sender, instance, raw=False, update_fields=None, **kwargs) -> None:
    """Keeps what the row said, for `tell_difference`."""
    is_of_use = raw or set(update_fields or ()) == {OF_USE}
    instance.was = None if is_of_use or instance._state.adding else sender.objects.filter(pk=instance.pk).first()


@receiver(post_save, sender=User)
@receiver(post_save, sender=Group)
def tell_difference(sender, instance, created, raw=False, **kwargs) -> None:
    """A password that was only hashed anew, at sign-in, is no change."""
    if created and not raw:
        note(Deed.ACCOUNT_CREATED, _named(instance))
    elif instance.was and (said := _differences(instance.was, instance)):
        note(Deed.ACCOUNT_CHANGED, f"{_named(instance)}：{said}")
    if not created and getattr(instance, "_password", None) is not None:
        note(Deed.PASSWORD_CHANGED, _named(instance))


@receiver(post_save, sender=User)
def end_sessions_of_closed(sender, instance, raw=False, **kwargs) -> None:
    """For good: opened again, the account signs in anew."""
    was = getattr(instance, "was", None)
    if was and was.is_active and not instance.is_active:
        end_all(instance)


@receiver(post_save, sender=DeskRules)
def tell_of_rules(sender, instance, created, **kwargs) -> None:
    """What the administrator decided otherwise."""
    if instance.was and (said := _differences(instance.was, instance)):
        note(Deed.RULES_CHANGED, said)


@receiver(pre_delete, sender=User)
@receiver(pre_delete, sender=Group)
def tell_of_deletion(sender, instance, **kwargs) -> None:
    """Before, because whoever deletes may be deleting themselves."""
    note(Deed.ACCOUNT_DELETED, _named(instance))


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
@receiver(m2m_changed, sender=Group.permissions.through)
def tell_of_rights(instance, action, model, pk_set, **kwargs) -> None:
    """Which roles and permissions were given or taken."""
    if action == "pre_clear":
        note(Deed.ACCOUNT_CHANGED, _("%(whom)s：去掉所有%(what)s") % {"whom": _named(instance), "what": model._meta.verbose_name})
    sentence = {"post_add": _("%(whom)s：加上 %(what)s"), "post_remove": _("%(whom)s：去掉 %(what)s")}.get(action)
    if sentence and pk_set:
        what = "、".join(str(row) for row in model.objects.filter(pk__in=pk_set))
        note(Deed.ACCOUNT_CHANGED, sentence % {"whom": _named(instance), "what": what})


@receiver(post_save, sender=Change)
def tell_of_decisions(instance, created, **kwargs) -> None:
    """What readers see now, or no longer; its words are in the item's history, under that number."""
    if created and instance.action in DECISIONS:
        about = _("%(name)s（历史第%(number)s号）") % {"name": instance.name, "number": instance.pk}
        note(DECISIONS[instance.action], about, who=instance.made_by)


def _named(instance: Model) -> str:
    return f"{instance._meta.verbose_name} {instance}"


def _differences(before: Model, after: Model) -> str:
    fields = [field for field in after._meta.concrete_fields if field.name not in (SECRET, OF_USE)]
    changed = [field for field in fields if getattr(before, field.attname) != getattr(after, field.attname)]
    return "；".join(f"{field.verbose_name} {_shown(before, field)} → {_shown(after, field)}" for field in changed)


def _shown(instance: Model, field) -> str:
    if field.choices:
        return getattr(instance, f"get_{field.name}_display")()
    value = getattr(instance, field.attname)
    return {True: _("是"), False: _("否")}.get(value) if isinstance(value, bool) else str(value)
