"""History: every change of content is written down here, with who, when, why, and what the item says since."""

from collections.abc import Collection

from django.db.models import Count, Max

from faults.editing.describe import snapshot
from faults.models import NO_WORDS, WITH_HISTORY, WRITING, Action, Change, Fault, Publication, kind_of
from faults.text.normalize import normalized
from posdesk.masking import mask_card_numbers
from posdesk.stored_language import in_stored_language


def record(item: Publication, action: Action, user=None, why: str = "", row: dict | None = None, is_pending: bool = False) -> Change:
    """Writes a change down, in the transaction that made it. `row`: what the item says now, looked up if it isn't given."""
    change = new_change(item, action, user, why, row or snapshot(item), is_pending)
    change.save(force_insert=True)
    return change


@in_stored_language()
def new_change(item: Publication, action: Action, user, why: str, row: dict, is_pending: bool = False) -> Change:
    """The change, for whoever writes many at once. `user` None: the operator at the command line."""
    return Change(
        kind=kind_of(item),
        item_id=item.pk,
        name=str(item)[:90],
        action=action,
        why=mask_card_numbers(normalized(why)),
        made_by=user,
        made_by_name=(user.get_full_name() or user.get_username()) if user else "",
        is_pending=is_pending,
        row=row,
    )


def record_missing_history() -> None:
    """Writes down every item that has no history yet, so that its next change can be compared and undone; one query a kind if all have."""
    for kind, model in WITH_HISTORY.items():
        for item in getattr(model, "everything", model._default_manager).exclude(pk__in=Change.objects.filter(kind=kind).values("item_id")):
            record(item, Action.LOADED)


def last_change(item: Publication) -> int:
    """The number of the item's last change, 0 if none is known. Whoever edits it starts from there."""
    return Change.objects.of(item).values_list("pk", flat=True).first() or 0


def last_writer(item: Publication) -> int | None:
    """The id of whoever last wrote words of the item; bringing old ones back is no writing. None if no account is known."""
    written = Change.objects.of(item).filter(action__in=WRITING, made_by__isnull=False).exclude(action=Action.RESTORED)
    return written.values_list("made_by", flat=True).first()


def newest_change() -> int:
    """The number of the last change of anything: what a page with many items knows of all of them."""
    return Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def count_publications(faults: Collection[Fault]) -> dict[int, int]:
    """How often each entry's words have come before readers, by its id; one query. Entries that never did are left out."""
    made = Change.objects.filter(kind="fault", item_id__in=[fault.pk for fault in faults], row__status="published", is_pending=False)
    return dict(made.order_by().values_list("item_id").annotate(Count("pk")))


def version_read(fault: Fault) -> int:
    """The number of the change that put the entry's words, as they are, before readers; 0 if none is known."""
    return versions_read([fault]).get(fault.pk, 0)


def versions_read(faults: Collection[Fault]) -> dict[int, int]:
    """The same for many, by the entry's id; one query. What changes no words, such as a date of review, makes no new version."""
    made = Change.objects.filter(kind="fault", item_id__in=[fault.pk for fault in faults], is_pending=False).exclude(action__in=NO_WORDS)
    return dict(made.order_by().values_list("item_id").annotate(Max("pk")))
