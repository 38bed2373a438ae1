"""What can be done to several items at once: each by itself through the gate, and those it refuses are named."""

from collections.abc import Callable

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from faults.admin.seen import seen_in
from faults.editing import permissions, publishing
from faults.editing.revisions import lock

SHOWN = 20  # reasons why something was not done


def one_by_one(request, items, step: Callable) -> None:
    """Takes the step with each item that is as the posted page showed it, and says how many went through and why the others didn't."""
    refused, seen = [], seen_in(request.POST)
    for item in items:
        try:
            with transaction.atomic():
                item = lock(item)
                publishing.require_seen(item, seen)
                step(item)
        except (publishing.Refused, PermissionDenied) as error:
            refused.append(f"{item}：{error}")
    if done := len(items) - len(refused):
        messages.success(request, ngettext("%(count)d 条已改好。", "%(count)d 条已改好。", done) % {"count": done})
    for sentence in refused[:SHOWN]:
        messages.error(request, sentence)
    if left := len(refused[SHOWN:]):
        messages.error(
            request,
            ngettext("还有%(count)d 条也没改成，原因没有列出。", "还有%(count)d 条也没改成，原因没有列出。", left) % {"count": left},
        )


@admin.action(description=_("提交复核"), permissions=["change"])
def submit(model_admin, request, queryset):
    """Hands the chosen items to the reviewers, those that cross no red line."""

    def step(item) -> None:
        if not permissions.is_reviewed(item):
            raise publishing.Refused(_("这一类不用复核，直接发布就行。"))
        if refused := model_admin.red_lines_crossed(item):
            raise refused
        publishing.submit(item, request.user)

    one_by_one(request, list(queryset), step)


@admin.action(description=_("发布"), permissions=["change"])
def publish(model_admin, request, queryset):
    """Puts the chosen items before readers, those that may be, once that was confirmed."""
    return _once_confirmed(model_admin, request, list(queryset), publishing.publish)


@admin.action(description=_("下架"), permissions=["change"])
def archive(model_admin, request, queryset):
    """Takes the chosen items from readers, once that was confirmed; nothing is lost."""
    return _once_confirmed(model_admin, request, list(queryset), publishing.archive)


def _once_confirmed(model_admin, request, items, step: Callable):
    """Takes the gate's step with each item, or asks for it first."""
    if "confirmed" in request.POST:
        return one_by_one(request, items, lambda item: step(item, request.user))
    names = ("action", "seen", "select_across", ACTION_CHECKBOX_NAME)
    sent = [(name, value) for name in names for value in request.POST.getlist(name)]
    return model_admin.ask_page(request, step.__name__, items, [*sent, ("confirmed", "yes")], {})


@admin.action(description=_("仍然正确"), permissions=["change"])
def confirm(model_admin, request, queryset):
    """Says of the chosen items that they are still true."""
    one_by_one(request, list(queryset), lambda item: publishing.confirm(item, request.user))


@admin.action(description=_("改类别、负责人、复核日期"), permissions=["change"])
def assign(model_admin, request, queryset):
    """Asks which category, owner and date of review the chosen items get."""
    ids = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True))
    return HttpResponseRedirect(f"{reverse('admin:faults_fault_assign')}?ids={ids}")


GATE = [submit, publish, archive, confirm]
