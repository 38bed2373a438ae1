"""Merging two entries that say the same: one lives on with the words of both, the other's number and links lead to it."""

from django.db import transaction
from django.utils.translation import gettext as _

from faults.editing import permissions
from faults.editing.describe import snapshot
from faults.editing.edits import apply_row
from faults.editing.history import record
from faults.editing.publishing import Refused, require_seen
from faults.editing.revisions import lock, reindex, revision_of
from faults.models import Action, Alias, Fault, RelatedFault, Status, Wording
from faults.search.documents import name_of
from posdesk.stored_language import in_stored_language

JOINED = ("screen_texts", "aliases", "codes", "sources")  # what callers say and see, and what it rests on: none of it may be lost


def merged_row(entry: Fault, target: Fault) -> dict:
    """What the heir will say: its own words, and of the other what callers say and see. Causes and fixes are for an editor to choose."""
    old, row = snapshot(entry), snapshot(target)
    title = [entry.title] if len(entry.title) <= Alias._meta.get_field("text").max_length and entry.title != target.title else []
    for key in JOINED:
        row[key] = list(dict.fromkeys([*row[key], *old[key], *(title if key == "aliases" else [])]))
    known = {link["number"] for link in row["related"]} | {target.number, entry.number}
    row["related"] = [link for link in row["related"] if link["number"] != entry.number]
    row["related"] += [link for link in old["related"] if link["number"] not in known]
    return row


def merged_wordings(entry: Fault, target: Fault) -> tuple[list[str], list[str]]:
    """In what words callers ask for the heir now, and then: in those for the other entry too. Lists that nobody uses say nothing."""
    said = {wording.name: wording.word_list for wording in Wording.objects.filter(name__in=[name_of(entry), name_of(target)])}
    now = said.get(name_of(target), [])
    return now, list(dict.fromkeys([*now, *said.get(name_of(entry), [])]))


@transaction.atomic
def merge(entry: Fault, target: Fault, user, seen: int, why: str = "") -> None:
    """Merges the entry into its heir, which readers see at once. `seen`: the newest change of the two that the user knows.

    Raises PermissionDenied, Refused.
    """
    locked = {
        one.pk: lock(one) for one in sorted((entry, target), key=lambda one: one.pk)
    }  # in one order, so that two don't wait for each other
    entry, target = locked[entry.pk], locked[target.pk]
    for one in (entry, target):
        require_seen(one, seen)
    permissions.require(permissions.may_publish(user, entry) and permissions.may_publish(user, target))
    _check(entry, target)
    why = why or _reason(entry, target)
    _redirect_links(entry, target, user, why)
    _move_wordings(entry, target, user, why)
    target = apply_row(target, merged_row(entry, target))
    entry.links.all().delete()
    entry.merged_into, entry.status = target, Status.ARCHIVED
    entry.save(update_fields=["merged_into", "status", "updated_at"])
    for item in (entry, target):
        reindex(item)
        record(item, Action.MERGED, user, why)


@in_stored_language()
def _reason(entry: Fault, target: Fault) -> str:
    return _("%(number)s号并入%(heir)s号") % {"number": entry.number, "heir": target.number}


def _check(entry: Fault, target: Fault) -> None:
    if entry.pk == target.pk or entry.pk in Fault.everything.merge_chain(target.pk):
        raise Refused(_("一条不能并入它自己，也不能绕一圈并回来。"))
    if target.status != Status.PUBLISHED:
        raise Refused(_("只能并入已发布的条目，不然读者就找不到了。"))
    if any((revision := revision_of(one)) and revision.row is not None for one in (entry, target)):
        raise Refused(_("两条里有一条还有没发布的修改。先发布或丢弃它，再合并。"))
    for wording in Wording.everything.filter(name__in=[name_of(entry), name_of(target)]):
        if wording.status in (Status.DRAFT, Status.REVIEW) or revision_of(wording):
            raise Refused(_("%(wording)s还没有发布。先发布或丢弃它，再合并。") % {"wording": wording})


def _move_wordings(entry: Fault, target: Fault, user, why: str) -> None:
    """What callers say for the merged entry, they say for the heir; its own list stays in history. The index is written afterwards."""
    now, then = merged_wordings(entry, target)
    old = Wording.objects.select_for_update().filter(name=name_of(entry)).first()
    if old is None:
        return
    heirs = Wording.everything.filter(name=name_of(target)).first() or Wording(name=name_of(target))
    heirs.words, heirs.status, old.status = "\n".join(then), Status.PUBLISHED, Status.ARCHIVED
    for wording in (heirs, old):
        wording.save()
        record(wording, Action.MERGED, user, why)


def _redirect_links(entry: Fault, target: Fault, user, why: str) -> None:
    """Links of other entries to the merged one lead to the heir."""
    for link in RelatedFault.objects.filter(other=entry).exclude(fault=target).select_related("fault"):
        if link.fault.links.filter(other=target).exists():
            link.delete()
        else:
            link.other = target
            link.save(update_fields=["other"])
        record(link.fault, Action.MERGED, user, why)
