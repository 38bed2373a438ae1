"""Where the shared knowledge was renewed and an editor had changed the same: what it said, both wordings, and one click that decides."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from faults.admin.seen import seen_in
from faults.editing import permissions
from faults.editing.difference import differences
from faults.editing.display_names import display_names
from faults.editing.edits import current_row, save_edit
from faults.editing.history import last_change
from faults.editing.labels import LABELS
from faults.editing.row_writer import named
from faults.models import Action, LoadedItem, Publication


def renewal(request, pk: int):
    """Shows each field that both changed, and takes what is decided of one of them."""
    if not request.user.has_perm("faults.change_fault"):
        raise PermissionDenied
    loaded = get_object_or_404(LoadedItem.objects.in_conflict(), pk=pk)
    item = named(loaded.kind, loaded.row)
    if item is None:  # the next load takes it off the list
        messages.info(request, _("这一条已经不在了，没有什么要决定的。"))
        return HttpResponseRedirect(reverse("work_list", args=["renewals"]))
    if request.method == "POST" and _decide(request, loaded, item):
        return HttpResponseRedirect(reverse("renewal", args=[pk]) if loaded.conflicts else reverse("work_list", args=["renewals"]))
    context = {
        "title": _("知识更新：%(item)s") % {"item": item},
        "original": item,
        "seen": last_change(item),
        "fields": _fields(loaded, item),
    }
    return TemplateResponse(request, "admin/knowledge/renewal.html", admin.site.each_context(request) | context)


def _fields(loaded: LoadedItem, item: Publication) -> list[dict]:
    """For each field that both changed: its name, what was changed here, and what the files changed."""
    row, names = current_row(item), display_names()
    return [
        {
            "key": key,
            "label": LABELS[loaded.kind][key],
            "ours": differences(loaded.kind, row | {key: said["before"]}, row, names),
            "theirs": differences(loaded.kind, row | {key: said["before"]}, row | {key: said["theirs"]}, names),
        }
        for key, said in loaded.conflicts.items()
    ]


@transaction.atomic
def _decide(request, loaded: LoadedItem, item: Publication) -> bool:
    """Takes the files' wording of a field, or keeps our own. Returns whether it is decided; else a message says why it isn't."""
    permissions.require(permissions.may_write(request.user, item))
    loaded.refresh_from_db(from_queryset=LoadedItem.objects.select_for_update())  # another may be deciding about another field
    key = request.POST.get("take") or request.POST.get("keep")
    if (said := loaded.conflicts.get(key)) is None:
        messages.error(request, _("请在下面选一项。"))
        return False
    if "take" in request.POST:
        if seen_in(request.POST) != last_change(item):
            messages.error(request, _("您看过以后这一条又改了，请再看一遍。"))
            return False
        try:
            save_edit(loaded.kind, current_row(item) | {key: said["theirs"]}, request.user, Action.CHANGED, _("用知识更新的写法"), item)
        except (ValidationError, LookupError) as error:
            messages.error(request, " ".join(error.messages) if isinstance(error, ValidationError) else str(error.args[0]))
            return False
    loaded.conflicts = {other: value for other, value in loaded.conflicts.items() if other != key}
    loaded.save(update_fields=["conflicts"])
    chosen = _("“%(field)s”用了知识更新的写法。") if "take" in request.POST else _("“%(field)s”留着本台的写法。")
    messages.success(request, chosen % {"field": LABELS[loaded.kind][key]})
    return True
