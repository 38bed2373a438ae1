"""What can be done to several rows at once."""

from django.contrib import admin, messages
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from faults.models import Status


@admin.action(description=_("发布"), permissions=["change"])
def publish(model_admin, request, queryset):
    """Puts the chosen rows before readers."""
    _take(model_admin, request, queryset, Status.PUBLISHED)


@admin.action(description=_("下架"), permissions=["change"])
def archive(model_admin, request, queryset):
    """Takes the chosen rows from readers; nothing is lost."""
    _take(model_admin, request, queryset, Status.ARCHIVED)


@transaction.atomic
def _take(model_admin, request, queryset, status):
    count = model_admin.take_status(request, queryset, status)
    sentence = ngettext("%(count)d 条已改为“%(status)s”。", "%(count)d 条已改为“%(status)s”。", count)
    model_admin.message_user(request, sentence % {"count": count, "status": status.label}, messages.SUCCESS)
